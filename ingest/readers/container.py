"""Zip containers of Word and Excel, opened without trust.

What a zip's directory says of its own sizes is a claim; here every member is counted while it is unpacked, so a bomb is
refused after a few million bytes whatever it claims. XML is parsed without entities, document types and network.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from corpus.errors import UnreadableFileError
from ingest.readers.limits import Limits
from ingest.readers.signature import true_format

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old binary Office format; also the wrapper of a protected new one
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20
_DAMAGED = "is damaged or cut off: {what}; get a whole copy"


class Container:
    """The members of one zip file, by name."""

    def __init__(self, data: bytes, limits: Limits, *, save_as: str) -> None:
        """save_as is the right ending (".docx", ".xlsx"). Raises UnreadableFileError for what is no sound, open zip."""
        _refuse_other_formats(data, save_as)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableFileError(_DAMAGED.format(what="its zip directory is missing")) from error
        self._limits = limits
        self._unpacked = 0
        self.names = tuple(self._zip.namelist())
        if len(self.names) > limits.members:
            raise UnreadableFileError(
                f"holds {len(self.names):,} members, at most {limits.members:,} are taken"
            )

    def read(self, name: str) -> bytes | None:
        """The unpacked bytes of one member; None where there is none of that name.

        Raises UnreadableFileError where it is damaged, protected or grows beyond the limits.
        """
        try:
            return b"".join(self._chunks(self._zip.getinfo(name)))
        except KeyError:
            return None

    def parse(self, name: str) -> etree._Element | None:
        """The root element of an XML member; None where it is missing. Raises UnreadableFileError where it is no XML."""
        data = self.read(name)
        return None if data is None else parse(data, name)

    def check_all(self) -> None:
        """Unpack every member once and drop it: what a library may then open by itself. Raises UnreadableFileError."""
        for info in self._zip.infolist():
            for chunk in self._chunks(info):
                if info.filename.endswith((".xml", ".rels", ".vml")):
                    _refuse_document_type(chunk)

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        if info.flag_bits & 0x1:
            raise UnreadableFileError("is protected by a password; save a copy without one")
        limits, size = self._limits, 0
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    self._unpacked += len(chunk)
                    swollen = size > limits.ratio_floor and size > limits.ratio * max(info.compress_size, 1)
                    if swollen or self._unpacked > limits.unpacked_bytes:
                        raise UnreadableFileError(
                            "unpacks to far more than a document holds (a zip bomb?); refused"
                        )
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise UnreadableFileError(_DAMAGED.format(what="a part cannot be unpacked")) from error


def parse(data: bytes, name: str = "a part") -> etree._Element:
    """The root element of `data`. Raises UnreadableFileError for bad XML and for any document type or entity."""
    _refuse_document_type(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(_DAMAGED.format(what=f"{name} is no XML")) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError("declares XML entities, as no Office file does; refused")
    return root


def _refuse_document_type(data: bytes) -> None:
    head = data[:4096]
    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        if "<!DOCTYPE".encode(encoding) in head or "<!ENTITY".encode(encoding) in head:
            raise UnreadableFileError("declares XML entities, as no Office file does; refused")


def _refuse_other_formats(data: bytes, save_as: str) -> None:
    if data.startswith(_CFB):
        if _ENCRYPTED in data:
            raise UnreadableFileError("is protected by a password; save a copy without one")
        raise UnreadableFileError(
            f"is an old binary Office file (.doc, .wps, .xls) by content; save it as {save_as}"
        )
    if not data.startswith(b"PK"):
        found = true_format(data)
        reason = f"is {found} by content" if found else f"is no {save_as} file by content, or is damaged"
        raise UnreadableFileError(f"{reason}; save it as {save_as}")
