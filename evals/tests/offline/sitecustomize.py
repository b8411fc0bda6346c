"""Keeps a Python process on this machine: whatever reaches beyond loopback is refused and written down.

Python imports this module at its start where the folder is on PYTHONPATH, so that it also holds in processes that tests start. An audit hook
sees every connection and look-up that goes through Python's sockets, however it was made. The attempt is also written to
the file named by $OFFLINE_LOG, since the code that made it may swallow the refusal.
"""

import ipaddress
import os
import socket
import sys


class OutsideWorldError(AssertionError):
    """A test, or what it tests, reached beyond loopback."""


def is_here(host):
    """Whether a host is this machine: loopback, the unspecified address or its own name."""
    name = host.decode("idna") if isinstance(host, bytes) else host
    if name in (None, "", "localhost", HOSTNAME):
        return True
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def refuse_outside(event, arguments):
    """Raise OutsideWorldError for an event that leaves this machine."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        inet = arguments[0].family in (socket.AF_INET, socket.AF_INET6)
        host = address[0] if inet and address else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    if not is_here(host):
        told = f"{event} {host!r}"
        if log := os.environ.get("OFFLINE_LOG"):
            with open(log, "a", encoding="utf-8") as file:
                file.write(f"{told} in {' '.join(sys.argv)[:200]}\n")
        raise OutsideWorldError(told)


HOSTNAME = socket.gethostname()
sys.addaudithook(refuse_outside)
