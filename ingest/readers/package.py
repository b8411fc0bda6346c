"""The parts of a Word file and how they refer to each other (Open Packaging Conventions)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from corpus.errors import UnreadableFileError
from ingest.readers.container import Container, parse

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


class WordPackage:
    """A container by its parts' kinds ("styles", "header"), not their names, which every writer chooses freely.

    The strict dialect of the format is read as the usual one: their elements differ in nothing but the namespace.
    """

    def __init__(self, container: Container) -> None:
        self._container = container
        self._main = self._main_part()
        self._related = sorted(self._relations())

    def document(self) -> etree._Element:
        """The root of the main part. Raises UnreadableFileError where the container holds no Word document."""
        root = self._parse(self._main)
        if root is None:
            raise UnreadableFileError("is a zip file that holds no Word document")
        return root

    def parts(self, kind: str) -> Iterator[etree._Element]:
        """The roots of all parts of `kind` that the main part refers to, in order of their names."""
        for found, member in self._related:
            root = self._parse(member) if found == kind else None
            if root is not None:
                yield root

    def part(self, kind: str) -> etree._Element | None:
        """The first part of `kind`, or None."""
        return next(self.parts(kind), None)

    def title(self) -> str:
        """The title among the file's properties; "" for none."""
        root = self._container.parse("docProps/core.xml")
        title = None if root is None else root.find(_TITLE)
        return "" if title is None else " ".join((title.text or "").split())

    def _parse(self, member: str) -> etree._Element | None:
        data = self._container.read(member)
        return parse(data.replace(_STRICT, _TRANSITIONAL), "a part") if data else None

    def _main_part(self) -> str:
        root = self._container.parse("_rels/.rels")
        for relation in [] if root is None else root:
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
        return "word/document.xml"

    def _relations(self) -> Iterator[tuple[str, str]]:
        """(kind, member) of every part that the main part refers to inside the container."""
        folder, name = posixpath.split(self._main)
        root = self._container.parse(f"{folder}/_rels/{name}.rels")
        for relation in [] if root is None else root:
            if relation.get("TargetMode") != "External":
                member = posixpath.join(f"/{folder}", relation.get("Target", ""))
                yield relation.get("Type", "").rpartition("/")[2], posixpath.normpath(member).lstrip("/")
