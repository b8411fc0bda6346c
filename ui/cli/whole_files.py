"""Files that are written wholly or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from corpus.errors import WenNuoError


def write_whole(path: Path, data: bytes) -> None:
    """Make `path` hold `data`; until it does, whatever stood there stands. A link is followed.

    Raises WenNuoError where that cannot be done, or where `path` is something else than a file.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise WenNuoError(f"cannot write {path}: it is no ordinary file; choose another name")
    if target.exists() and not os.access(target, os.W_OK):
        raise WenNuoError(f"cannot write {path}: it may not be written; choose another name")
    draft = target.with_name(f".wennuo-{secrets.token_hex(8)}.draft")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o777)
        draft.replace(target)
    except OSError as error:
        raise WenNuoError(
            f"cannot write {path}: {error.strerror}; choose another place, or close the program that holds it"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
