"""The visible words of Word's paragraphs, and where else in a paragraph words may hide."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.readers.numbering import W

ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PROPERTIES = ("pPr", "rPr", "sectPr", "tblPr", "tcPr", "sdtPr")
# Deleted, moved away, codes of fields, readings over hanzi.
_NOT_SAID = ("del", "moveFrom", "delText", "instrText", "rt")
DROPPED = frozenset(W + name for name in _PROPERTIES + _NOT_SAID)
_BREAKS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}


def words_of(element: etree._Element) -> str:
    """The visible text of one paragraph, without what floats in its text boxes."""
    return "".join(_runs(element))


def _runs(element: etree._Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in (W + "t", _MATH_TEXT):
            yield (child.text or "").replace("\r", "").replace("\n", " ")
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag == W + "br":
            if child.get(f"{W}type", "textWrapping") == "textWrapping":
                yield "\n"
        elif tag == ALTERNATE:
            yield from _runs(alternative(child))
        elif tag == W + "txbxContent" or tag in DROPPED or (tag == W + "r" and _is_hidden(child)):
            continue
        else:
            yield from _runs(child)


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def alternative(element: etree._Element) -> etree._Element:
    """The one branch of mc:AlternateContent to read: Word writes each text box twice, new and old."""
    branches = [branch for branch in element if isinstance(branch.tag, str)]
    worded = (branch for branch in branches if next(branch.iter(f"{W}t"), None) is not None)
    return next(worded, branches[0] if branches else element)


def is_passed_over(element: etree._Element) -> bool:
    """Whether an element stands in a branch of mc:AlternateContent that is not read, or in a tracked deletion."""
    below = element
    for above in element.iterancestors():
        if above.tag == ALTERNATE and alternative(above) is not below:
            return True
        if above.tag in (W + "del", W + "moveFrom"):
            return True
        if above.tag == W + "body":
            return False
        below = above
    return False


def text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes anchored in a paragraph, outermost only, each once."""
    for box in paragraph.iter(f"{W}txbxContent"):
        outer = next(
            (up for up in box.iterancestors() if up is paragraph or up.tag == W + "txbxContent"), None
        )
        if outer is paragraph and not is_passed_over(box):
            yield box
