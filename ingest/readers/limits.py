"""How much one file may hold before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file; the defaults leave room for the longest reports and stop what would fill the memory.

    text_bytes: size of a .txt or .md file. container_bytes: size of a .docx, .pdf or .xlsx file. unpacked_bytes: all
    members of a container together, counted while they are unpacked. ratio: unpacked to packed size of one member, looked
    at from ratio_floor bytes on (small files of blank styles pack very well). characters: canonical text. cells and pages:
    of one workbook, of one PDF. memory_bytes and seconds: of one worker process and of one file in it.
    """

    text_bytes: int = 10_000_000
    container_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000
    members: int = 5_000
    ratio: int = 200
    ratio_floor: int = 2_000_000
    characters: int = 10_000_000
    cells: int = 500_000
    pages: int = 5_000
    memory_bytes: int = 3 * 2**30
    seconds: int = 120


DEFAULT = Limits()
