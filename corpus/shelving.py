"""The shelves of the library: collections, who may see them, and the revisions of documents."""

from __future__ import annotations

from collections.abc import Collection as Several

from corpus import shelves
from corpus.collections import Collection, Revision, Role
from corpus.keeping import LedgerLibrary


class ShelvedLibrary(LedgerLibrary):
    """The collections of an open library. Every change of them grows `generation` and `ledger_generation`."""

    def collections(self) -> tuple[Collection, ...]:
        """All collections, sorted by name."""
        with self._catalogue.reading_shelves() as connection:
            return () if connection is None else shelves.all_collections(connection)

    def collections_of(self, document: str) -> tuple[str, ...]:
        """Names of the collections that documents of that name are in, sorted; they outlive the document."""
        with self._catalogue.reading_shelves() as connection:
            return () if connection is None else shelves.of_document(connection, document)

    def revisions(self, name: str) -> tuple[Revision, ...]:
        """The revisions that documents of that name have had, newest first; they outlive the document.

        In a library of an older layout, the present one alone.
        """
        with self._catalogue.reading_shelves() as connection:
            if connection is not None:
                return shelves.revisions_of(connection, name)
        return tuple(
            Revision(entry.revision, entry.ingested_at, entry.characters, entry.metadata.title.value)
            for entry in self._catalogue.entries()
            if entry.name == name
        )

    def set_collection(self, name: str, audience: Role) -> None:
        """Make a collection, or change who may see the documents of the one of that name.

        Raises ValueError for a name or an audience that Collection cannot hold.
        """
        made = Collection(name, audience)
        self._change(lambda connection: shelves.set_collection(connection, made))

    def rename_collection(self, old: str, new: str) -> None:
        """Give a collection another name. Raises CollectionNotFoundError, and ValueError where `new` cannot be one or is taken."""
        made = Collection(new, "reader")
        self._change(lambda connection: shelves.rename_collection(connection, old, made.name))

    def remove_collection(self, name: str) -> None:
        """Take a collection away; its documents stay in the library, seen by whom the others they are in allow.

        Raises CollectionNotFoundError.
        """
        self._change(lambda connection: shelves.remove_collection(connection, name))

    def assign(self, document: str, names: Several[str]) -> None:
        """Let documents of that name be in exactly these collections; one that is yet to come is in them from the start.

        Raises CollectionNotFoundError, and ValueError for an empty name of a document.
        """
        if not document:
            raise ValueError("a document has a name")
        self._change(lambda connection: shelves.assign(connection, document, names))
