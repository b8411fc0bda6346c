"""One error tree. Every message says what happened and what to do next."""

from __future__ import annotations


class WenNuoError(Exception):
    """Whatever a face reports in one line and exits with 1 for."""


class UnreadableFileError(WenNuoError):
    """A file that cannot be turned into text; the message names the reason, not the file."""


class UnsupportedFormatError(UnreadableFileError):
    """No reader takes this kind of file."""


class DocumentNotFoundError(WenNuoError):
    """The library holds no document of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no document named {name!r} in the library; `wennuo documents` lists them")
        self.name = name


class CommitmentNotFoundError(WenNuoError):
    """The ledger holds no commitment of that identity, and nobody noted anything on it."""

    def __init__(self, identity: str) -> None:
        super().__init__(f"no commitment {identity!r} in the ledger; `wennuo ledger --json` lists them")
        self.identity = identity


class CollectionNotFoundError(WenNuoError):
    """The library has no collection of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no collection named {name!r} in the library; `wennuo collections` lists them")
        self.name = name


class NameTakenError(WenNuoError):
    """A document of that name is there, but is not for whoever wants to put another in its place."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"a document cannot be taken in as {name!r}: the name is taken; give the file another name"
        )
        self.name = name


class NotAllowedError(WenNuoError):
    """What is asked for is not for this role."""


class LibraryBusyError(WenNuoError):
    """Another process is writing to this library."""


class EncoderMismatchError(WenNuoError):
    """The index was built by another encoder than the configured one."""


class LibraryDamagedError(WenNuoError):
    """The library's files cannot be read, or are of another version."""


class StaleCitationError(WenNuoError):
    """A citation is not what the library holds now: its document was replaced since; ask again."""


class SettingsError(WenNuoError):
    """A setting has a value that cannot be used."""


class EndpointError(WenNuoError):
    """The configured model endpoint failed; the message is fit to be shown."""


class QuestionSetError(WenNuoError):
    """A question set or a run cannot be read; the message names file and line."""


class AddressError(WenNuoError):
    """The web app cannot listen where it was told to."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"cannot listen on {host} port {port} ({reason}); choose another with --port")


class WorkersError(WenNuoError):
    """The processes that read files cannot be started."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            f"the processes that read files cannot be started ({type(error).__name__}); "
            "free some memory, or read in this process: wennuo ingest --jobs 1"
        )
