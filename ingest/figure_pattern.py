"""The pattern of a figure, and of what looks like one: one alternative each, named groups tell which."""

from __future__ import annotations

import re

from ingest.units import ARABIC, HAN, MASK, NO_FIGURE, PER, PLAIN_END, SCALE, THROUGH, UNIT

_NUMBER = rf"(?:{ARABIC})(?:(?:{SCALE})(?:{ARABIC})(?=(?:{SCALE})))*|{HAN}"
_TOKEN = (
    rf"(?:(?P<of>[百千万]|[二两三四五六七八九十]{{1,3}})分之)?(?:(?P<mask>\d{{0,4}}(?:{MASK})\d{{0,3}})|(?:(?<![\d.])|(?<=第\d\.))(?<![A-Za-z])(?<![A-Za-z]-)(?P<number>{_NUMBER}))"
    rf"(?P<more>[余多几来](?=[万亿千百]|\s?(?:{UNIT})))?\s?(?P<scale>{SCALE})?(?P<over>[余多](?!种|元化|样|次|方面))?(?:\s?(?P<unit>(?:{UNIT})(?:{PER})?))?"
)
_RANK_END = rf"{PLAIN_END}|进|领|强省"
_PLACE = r"(?:(?<=第[一二三四五六七八九]、)|(?<=[居列名省国市区位奔争保排球界入均次统县]))"
_STARTS = "0-9零〇一二两三四五六七八九十百千万亿第前首榜全翻XxＸ×*…○_N〔（("
FIGURE = re.compile(
    rf"(?=[{_STARTS}A-Za-z])(?:"
    rf"(?P<lost>第\d{{1,2}}(?=\.\d+[个项家名件]))|"
    rf"(?P<ranked>(?:第|(?<![底以之月日年末节会汛目此当提面跟])前)(?:(?P<rank>\d{{1,4}}|[一二三四五六七八九十]{{1,3}}|百|(?:{MASK}))"
    rf"(?:(?:{THROUGH})(?P<rank_upper>\d{{1,4}}|[一二三四五六七八九十]{{1,3}}))?)\s?(?P<rank_unit>[名位强%](?![的副]|列|书记)))|"
    rf"(?P<placed>{_PLACE}(?:第|前)(?:\d{{1,3}}|[一二三四五六七八九十]{{1,2}}|(?:{MASK}))(?={_RANK_END}))|"
    rf"(?P<word>第一(?:方阵|梯队|阵营)|(?<![提向往])前列(?!腺)|前茅|中上游(?=[,，。;；、水]|$))|(?P<head>(?<=[居列位据省国市区])(?:首位(?!度)|榜首))|"
    rf"(?P<whole>(?:[二两三四五六七八九十]个)?(?:百分之百|百分百|100\s?%)(?:\s?全覆盖)?|(?P<cover>(?<!健)全(?:面|部|域)?覆盖(?!城乡|所有|了)))|"
    rf"(?P<multiple>翻(?:了)?(?P<times>[一两二三四]|\d)?(?P<double>番|倍))|"
    rf"零(?P<zero>扣分|事故|差错|投诉|缺陷|失误|感染|死亡|伤亡|上访|违规|违纪|舆情|发生|增长|差评|逾期|积压|新增|举报|失泄密|复议|败诉|信访)|"
    rf"(?P<none>{NO_FIGURE})|(?P<token>{_TOKEN}))"
)
UPPER_END = re.compile(rf"(?P<through>{THROUGH})(?:百分之)?(?P<token>{_TOKEN})")
