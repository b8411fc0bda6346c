"""Plain text: which encoding the bytes are in, and the characters they hold, not one lost.

Chinese offices send UTF-8 with and without byte order mark, GB18030 (called GBK or ANSI by the editors) and UTF-16. The
mark decides where there is one; then strict UTF-8; then the candidate whose characters look most like Chinese prose, by
the share of the 3,755 level-1 hanzi of GB2312. GB files are never decoded as gbk or gb2312: both are parts of
gb18030 and lack 镕, 䶮 and 𠮷.
"""

from __future__ import annotations

import codecs
import unicodedata
from functools import cache

from corpus.errors import UnreadableFileError
from ingest.readers.signature import true_format
from ingest.reading import Reading

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with theirs
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("gb18030", "utf-16-le", "utf-16-be", "big5")
_SAMPLE = 100_000  # characters looked at to weigh an encoding
_SHORT = 16  # characters below which a share says nothing
_LEAST_SHARE = 0.35  # of familiar characters; UTF-16 garbage made of Latin text reaches .2, Chinese prose .8
_ALL_COMMON = 0.95
_HARMLESS_CONTROLS = "\t\n\r\f\v\x1a"  # 1a ends old DOS files
_MOST_CONTROLS = 0.002
_MOST_UNASSIGNED = 0.02


def read(data: bytes) -> Reading:
    """The whole of a text file. Raises UnreadableFileError for what is no text or holds none."""
    return Reading(text=decode(data))


def decode(data: bytes) -> str:
    """The characters of `data`, byte order mark apart: encoding them again gives the same bytes.

    Line ends stay as they are. Raises UnreadableFileError where `data` is empty, binary or in no known encoding.
    """
    found = true_format(data)
    if found:
        raise UnreadableFileError(f"is {found}, not text; give it its true file ending")
    text = _decoded(data)
    refuse_garbage(text)
    if not text.strip():
        raise UnreadableFileError("is empty")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                place = len(mark) + error.start
                raise UnreadableFileError(
                    f"is marked as {encoding.upper()} but breaks off at byte {place:,}; save it again as UTF-8"
                ) from error
    try:
        text = data.decode("utf-8")
        if "\0" not in text:
            return _hanzi_in_disguise(data, text) or text
        failed_at = None
    except UnicodeDecodeError as error:
        failed_at = error.start
    return _best_guess(data, failed_at)


def _hanzi_in_disguise(data: bytes, text: str) -> str:
    """The GB18030 reading of bytes that are valid UTF-8 by chance; "" for true UTF-8.

    The two bytes of some hanzi are also those of a Latin or Cyrillic letter (一: D2 BB, Cyrillic shha). A short text of
    nothing else is meant as hanzi, where all of them are common ones.
    """
    letters = [character for character in text if character > "\x7f"]
    if not letters or max(letters) > "\u07ff":
        return ""
    try:
        other = data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    hanzi = [character for character in other if character > "\x7f"]
    common = _common_hanzi()
    return other if sum(character in common for character in hanzi) >= _ALL_COMMON * len(hanzi) else ""


def _best_guess(data: bytes, utf8_failed_at: int | None) -> str:
    best, best_share = "", -1.0
    for encoding in _CANDIDATES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = familiar_share(text[:_SAMPLE])
        if share > best_share:
            best, best_share = text, share
    if best_share < 0 or (len(best) >= _SHORT and best_share < _LEAST_SHARE):
        where = "" if utf8_failed_at is None else f" (not UTF-8 from byte {utf8_failed_at:,} on)"
        raise UnreadableFileError(
            f"is binary or in an unknown encoding{where}; save it again as text in UTF-8"
        )
    return best


def familiar_share(text: str) -> float:
    """How much of `text` is what Chinese prose is made of, 0..1; 0.0 for no text.

    Level-1 hanzi count fully; ASCII and Chinese punctuation a little less, since UTF-16 hanzi read as a byte encoding look
    like ASCII in part, but not the other way round.
    """
    if not text:
        return 0.0
    common = _common_hanzi()
    hanzi = sum(character in common for character in text)
    plain = sum(
        " " <= character <= "~"
        or character in "\t\r\n"
        or "\u3000" <= character <= "〟"
        or "！" <= character <= "～"
        or "‐" <= character <= "…"
        for character in text
    )
    return (hanzi + 0.9 * plain) / len(text)


@cache
def _common_hanzi() -> frozenset[str]:
    """The 3,755 level-1 characters of GB2312: rows 16 to 55, the commonest hanzi in order of pinyin."""
    rows = (bytes([0xA0 + row, 0xA0 + cell]) for row in range(16, 56) for cell in range(1, 95))
    return frozenset("".join(pair.decode("gb2312", errors="ignore") for pair in rows))


def refuse_garbage(text: str) -> None:
    """Raises UnreadableFileError where `text` is no text: control characters, or characters that nobody assigned."""
    sample = text[:_SAMPLE]
    categories = [
        unicodedata.category(character) for character in sample if character > "~" or character < " "
    ]
    controls = sum(
        character not in _HARMLESS_CONTROLS and unicodedata.category(character) == "Cc"
        for character in sample
    )
    unassigned = sum(category in ("Cn", "Co", "Cs") for category in categories) + sample.count("\ufffd")
    if "\0" in text or controls > _MOST_CONTROLS * len(sample) + 1:
        raise UnreadableFileError("holds control characters: a binary file, not text")
    if unassigned > _MOST_UNASSIGNED * len(sample) + 1:
        raise UnreadableFileError("holds characters that no writing has: a binary file, not text")
