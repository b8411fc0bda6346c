"""How the web app is served: the only reader of the environment in this floor."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field

from corpus.errors import SettingsError

TRUE, FALSE = ("1", "on", "true", "yes"), ("", "0", "off", "false", "no")
HERE = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """A server that says who somebody is (OpenID Connect). issuer is its address, without the /.well-known part."""

    issuer: str
    client: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """accounts: whether one has to log in. hours: how long a session lasts. questions: how many a person may ask in a minute.

    path: where a reverse proxy puts the app ("/wennuo"), "" for the root. hosts: the names under which it may be asked for
    beside those of this machine; without any, an app that listens on loopback takes only those, any other takes all.
    proxies: the addresses of the reverse proxies whose X-Forwarded headers are believed. oidc: a server for log-in beside
    passwords.
    """

    accounts: bool = False
    hours: float = 12
    questions: int = 60
    path: str = ""
    hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = HERE
    oidc: OidcSettings | None = None

    @classmethod
    def from_environment(cls) -> OfficeSettings:
        """The settings of $WENNUO_ACCOUNTS and its kin. Raises SettingsError for a value that cannot be used."""
        accounts, oidc = _switch("WENNUO_ACCOUNTS"), _oidc()
        if oidc and not accounts:
            raise SettingsError(
                "WENNUO_OIDC_ISSUER is set while log-in is off; set WENNUO_ACCOUNTS=on as well"
            )
        return cls(
            accounts=accounts,
            hours=_number("WENNUO_SESSION_HOURS", 12),
            questions=int(_number("WENNUO_QUESTIONS_PER_MINUTE", 60)),
            path=_path("WENNUO_ROOT_PATH"),
            hosts=_names("WENNUO_HOSTS"),
            proxies=_names("WENNUO_TRUSTED_PROXIES") or HERE,
            oidc=oidc,
        )


def _switch(name: str) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value not in (*TRUE, *FALSE):
        raise SettingsError(f"{name} is {value!r}; it must be on or off")
    return value in TRUE


def _number(name: str, otherwise: float) -> float:
    value = os.environ.get(name, "").strip()
    try:
        number = float(value) if value else float(otherwise)
    except ValueError:
        number = 0.0
    if not 1 / 60 <= number <= 100_000:
        raise SettingsError(f"{name} is {value!r}; it must be a number above 0")
    return number


def _path(name: str) -> str:
    value = os.environ.get(name, "").strip().strip("/")
    if not re.fullmatch(r"[\w~.-]+(/[\w~.-]+)*|", value, re.ASCII):
        raise SettingsError(
            f"{name} is {value!r}; it must be a path of letters, digits, - and _ such as /wennuo"
        )
    return f"/{value}" if value else ""


def _names(name: str) -> tuple[str, ...]:
    value = os.environ.get(name, "")
    return tuple(each.strip().lower() for each in value.split(",") if each.strip())


def _oidc() -> OidcSettings | None:
    names = ("WENNUO_OIDC_ISSUER", "WENNUO_OIDC_CLIENT_ID", "WENNUO_OIDC_CLIENT_SECRET")
    values = [os.environ.get(name, "").strip() for name in names]
    if not any(values):
        return None
    if not all(values):
        raise SettingsError(f"set all of {', '.join(names)}, or none")
    if not values[0].startswith(("https://", "http://")):
        raise SettingsError(f"{names[0]} must begin with https://")
    return OidcSettings(values[0].rstrip("/"), values[1], values[2])
