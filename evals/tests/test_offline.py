"""The guard itself: what it lets through and what it refuses, here and in a child process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

OUTSIDE = "192.0.2.1"  # TEST-NET-1 of RFC 5737: nobody's address


@pytest.fixture
def attempts():
    """The attempts so far, taken off the log so that the test itself does not fail by them."""
    log = Path(os.environ["OFFLINE_LOG"])

    def take():
        text = log.read_text(encoding="utf-8")
        log.write_text("", encoding="utf-8")
        return text

    yield take
    take()


def test_loopback_and_unix_sockets_are_let_through(tmp_path):
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()
    assert socket.getaddrinfo("localhost", 80)
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(tmp_path / "s"))


@pytest.mark.parametrize(
    "reach",
    [
        lambda udp: udp.connect((OUTSIDE, 9)),
        lambda udp: udp.connect_ex((OUTSIDE, 9)),
        lambda udp: udp.sendto(b"x", (OUTSIDE, 9)),
        lambda _: socket.getaddrinfo("example.invalid", 443),
        lambda _: socket.gethostbyname("example.invalid"),
    ],
)
def test_the_outside_world_is_refused_and_noted(reach, attempts):
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
        pytest.raises(AssertionError, match=r"socket\."),
    ):
        reach(udp)
    assert attempts().startswith("socket.")


def test_a_child_process_is_held_too_even_where_it_swallows_the_refusal(attempts):
    code = f"import socket\ntry: socket.create_connection(('{OUTSIDE}', 9), 1)\nexcept BaseException: pass"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert OUTSIDE in attempts()
