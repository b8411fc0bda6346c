"""The served app and the network: listening, stopping, what a reverse proxy is believed, and who must be there first."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import logging
import socket
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from corpus.errors import AddressError, SettingsError
from ui.guard import LOOPBACK
from ui.settings import OfficeSettings
from ui.store.accounts import Accounts

_M_ARENA_MAX = -8  # of malloc.h


def keep_memory_together() -> None:
    """Let the process's threads allocate from two arenas; to be called before there are threads.

    glibc gives every thread its own, eight a core, and what is freed in one helps no other: a day of questions and uploads
    grows by half and never shrinks. Does nothing where the C library is another.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises AddressError when the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
        held.listen(128)
    except OSError as error:
        held.close()
        raise AddressError(host, port, error.strerror or str(error)) from None
    return held


def server_of(app: ASGIApp, settings: OfficeSettings = OfficeSettings()) -> uvicorn.Server:  # noqa: B008 - a frozen value
    """What serves `app`. Open pages hold connections; they are cut a second after it is told to stop.

    A reverse proxy strips the path of the settings; from its addresses, and no other, it is believed who asks and by which scheme.
    """
    config = uvicorn.Config(
        app,
        log_level="warning",
        ws="none",
        timeout_graceful_shutdown=1,
        server_header=False,
        root_path=settings.path,
        proxy_headers=True,
        forwarded_allow_ips=list(settings.proxies),
    )
    return uvicorn.Server(config)


def run(app: ASGIApp, held: socket.socket, settings: OfficeSettings = OfficeSettings()) -> None:  # noqa: B008 - a frozen value
    """Serve `app` on the listening socket `held` until interrupted."""
    logging.getLogger("uvicorn.error").addFilter(worth_telling)
    with contextlib.suppress(KeyboardInterrupt):
        server_of(app, settings).run(sockets=[held])


def worth_telling(record: logging.LogRecord) -> bool:
    """Whether a line of the server's log tells a person something: connections cut at the end do not."""
    cut = record.exc_info is not None and isinstance(record.exc_info[1], asyncio.CancelledError)
    return not cut and "graceful shutdown exceeded" not in record.getMessage()


def cautions(host: str, settings: OfficeSettings) -> list[str]:
    """What one should know who serves the app so; a line each."""
    told = []
    if host not in LOOPBACK and not settings.accounts:
        told.append(
            "anyone who reaches this address can add and remove documents; WENNUO_ACCOUNTS=on asks for log-in"
        )
    if host not in LOOPBACK and settings.accounts:
        told.append(
            "without a reverse proxy that speaks https, passwords cross the network as they are typed"
        )
    if settings.path:
        told.append(f"people reach the app at {settings.path}/ of a reverse proxy, not at the address below")
    return told


def expect_an_admin(accounts: Accounts, home: Path) -> None:
    """Raises SettingsError where log-in is on and nobody could manage the accounts."""
    if not any(user.role == "admin" for user in accounts.users()):
        command = f"wennuo users add NAME --role admin --home {home}"
        raise SettingsError(f"WENNUO_ACCOUNTS is on and there is no administrator yet; make one: {command}")
