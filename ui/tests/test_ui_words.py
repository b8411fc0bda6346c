from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import ingest
from corpus.errors import DocumentNotFoundError, EndpointError, LibraryBusyError
from ui.reasons import reason
from ui.words import WORDS, language_of, say, sentence

KNOWN = {"txt", "md", "docx", "pdf", "xlsx", "UTF", "MB", "Word"}  # Latin words that a Chinese reader expects


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same_things() -> None:
    chinese, english = WORDS["zh-CN"], WORDS["en"]
    assert chinese.keys() == english.keys()
    for key in chinese:
        assert places(chinese[key]) == places(english[key]), key


def test_the_chinese_interface_has_no_stray_english() -> None:
    for key, text in WORDS["zh-CN"].items():
        latin = set(re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}", "", text)))
        assert latin <= KNOWN, key


def test_an_unknown_language_is_chinese() -> None:
    assert language_of("en") == "en"
    for other in ("", "fr", None, 3, "<script>"):
        assert language_of(other) == "zh-CN"


@pytest.mark.parametrize(
    "error",
    [
        DocumentNotFoundError("甲.txt"),
        EndpointError("connection refused at http://10.0.0.1"),
        LibraryBusyError("another process holds the lock"),
        RuntimeError("Traceback: secret at /srv/x.py"),
    ],
)
def test_errors_become_sentences(error: Exception) -> None:
    told = sentence(error, "zh-CN")
    assert not re.findall(r"[A-Za-z]{3,}", told.replace("甲.txt", ""))
    assert "secret" not in sentence(error, "en")
    assert say("en", "error") == sentence(RuntimeError("secret"), "en")


def said_by_readers() -> list[str]:
    """Every literal that ingest raises as the reason for an unreadable file, its {places} filled with a number."""
    found = []
    for path in sorted(Path(ingest.__file__).parent.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "UnreadableFileError",
                "UnsupportedFormatError",
            ):
                for argument in node.args[:1]:
                    text = "".join(
                        str(part.value) if isinstance(part, ast.Constant) else "7"
                        for part in (argument.values if isinstance(argument, ast.JoinedStr) else [argument])
                    )
                    found.append(text)
    return [text for text in found if len(text) > 1]


def test_the_readers_reasons_are_known_in_chinese() -> None:
    said = said_by_readers()
    assert len(said) > 10
    unknown = [text for text in said if reason(text, "zh-CN").startswith("文件读不出来")]
    assert not unknown


def test_reasons_are_told_in_the_readers_language() -> None:
    assert (
        reason("is a .doc file, which is not read; save it as .docx", "zh-CN") == "请另存为 .docx 格式再上传"
    )
    assert reason("has the same content as 甲.txt", "zh-CN") == "与资料库里的“甲.txt”内容相同"
    assert reason("is empty", "en") == "is empty"
    assert reason("", "zh-CN") == ""
    assert not re.findall(r"[A-Za-z]", reason("an unheard-of thing", "zh-CN"))
