"""For every test: no socket beyond loopback, no telemetry, few threads."""

# ruff: noqa: TID251

from __future__ import annotations

import ipaddress
import os
import socket
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import pytest

from corpus.settings import silence_telemetry

silence_telemetry()
for _name in [name for name in os.environ if name.startswith("WENNUO_")]:
    del os.environ[_name]  # a developer's own library and endpoint are none of the tests' business

_connect, _connect_ex, _sendto = socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto
_getaddrinfo = socket.getaddrinfo


class OutsideWorldError(AssertionError):
    """A test, or what it tests, reached beyond loopback."""


def _is_here(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost", socket.gethostname()):
        return True
    try:
        address = ipaddress.ip_address(str(host).split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _check(family: int, address: Any) -> None:
    if family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
        raise OutsideWorldError(f"a connection to {address!r} was tried")


class _Socket:
    """The guarded methods, at the lowest level that Python code passes."""

    def connect(self: Any, address: Any) -> None:
        _check(self.family, address)
        return _connect(self, address)

    def connect_ex(self: Any, address: Any) -> int:
        _check(self.family, address)
        return _connect_ex(self, address)

    def sendto(self: Any, data: Any, *rest: Any) -> int:
        _check(self.family, rest[-1])
        return _sendto(self, data, *rest)


def _look_up(host: Any, *arguments: Any, **options: Any) -> Any:
    if not _is_here(host):
        raise OutsideWorldError(f"a look-up of {host!r} was tried")
    return _getaddrinfo(host, *arguments, **options)


@pytest.fixture(autouse=True)
def _stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets of this process reach loopback only."""
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, getattr(_Socket, name))
    monkeypatch.setattr(socket, "getaddrinfo", _look_up)
