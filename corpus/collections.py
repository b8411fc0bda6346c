"""Collections: documents put together under a name, and who may see them; and the revisions that a document has had.

A document is seen by a role that is at least the audience of every collection it is in; one in no collection is seen by all.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["reader", "curator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Lowest first; each may do and see what those before it may."""

LONGEST_COLLECTION = 40  # characters of its name


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents under one name. audience: the lowest role that may see them. documents: names of those that are there, sorted."""

    name: str
    audience: Role
    documents: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.name) <= LONGEST_COLLECTION:
            raise ValueError(
                f"the name of a collection has 1 to {LONGEST_COLLECTION} characters, not {len(self.name)}"
            )
        if self.name != self.name.strip():
            raise ValueError(f"the name of a collection neither begins nor ends with a blank: {self.name!r}")
        if any(unicodedata.category(character).startswith("C") for character in self.name):
            raise ValueError(f"the name of a collection holds no control characters: {self.name!r}")
        if self.audience not in ROLES:
            raise ValueError(f"{self.audience!r} is no role: {', '.join(ROLES)}")


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision that a document has had; its text is kept only while it is the document's own.

    revision: sha256 (hex) of the file's bytes. ingested_at: when it was first put, ISO 8601, UTC, to the second. characters:
    of its text. title: as last known while it was the document's own. by: who put it; "" where that was not said.
    """

    revision: str
    ingested_at: str
    characters: int
    title: str
    by: str = ""


def reaches(role: Role, audience: Role) -> bool:
    """Whether `role` may see what is for `audience`."""
    return ROLES.index(role) >= ROLES.index(audience)
