"""`wennuo users`: who may log in to the web app, and as what. Works while the web app runs: accounts are a database of their own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from ui.cli.commands import Settings, connect, home_option, json_option
from ui.cli.console import complain, harmless, heard, say, say_json, say_table
from ui.people import POSTS, ROLES, Person, Post, Role

if TYPE_CHECKING:
    from ui.store.accounts import Accounts

PASSWORD = click.option(
    "--password-stdin", "piped", is_flag=True, help="Read the password from standard input, one line."
)


@click.group(invoke_without_command=True)
@json_option
@home_option
@connect
def users(settings: Settings, as_json: bool) -> None:
    """List the accounts of the web app; add, change and remove them."""
    context = click.get_current_context()
    if context.invoked_subcommand:
        if any(context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in context.params):
            raise click.UsageError(f"options of `{context.invoked_subcommand}` come after its name")
        return
    found = _accounts(settings).users()
    if as_json:
        for user in found:
            entry = "password" if user.local else "oidc"
            say_json(
                {
                    "name": user.name,
                    "role": user.role,
                    "post": user.post,
                    "login": entry,
                    "made_at": user.made_at,
                }
            )
        return
    if not found:
        complain("no accounts yet; `wennuo users add NAME --role admin` makes the first")
        return
    rows = [
        [user.name, user.role, user.post, "password" if user.local else "oidc", user.made_at]
        for user in found
    ]
    say_table([["name", "role", "post", "login", "since"], *rows], figures=False)


@users.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True)
@click.option(
    "--oidc", is_flag=True, help="Without a password: the office's log-in server (OpenID Connect) knows it."
)
@click.option(
    "--post", type=click.Choice(POSTS), default="staff", show_default=True, help="Where the page opens."
)
@PASSWORD
@home_option
@connect
def add(settings: Settings, name: str, role: Role, oidc: bool, piped: bool, post: Post) -> None:
    """Make the account NAME. The password is asked for twice, or read from standard input."""
    if oidc and piped:
        raise click.UsageError("--oidc takes no password")
    accounts, name = _accounts(settings), heard(name)
    made = accounts.add(name, None if oidc else _password(piped), role)
    if post != "staff":
        accounts.set_post(made.name, post)
    _note(settings, "user_add", made.name, given=role, login="oidc" if oidc else "password")
    say(harmless(f"added   {made.name} ({role})"))


@users.command()
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@home_option
@connect
def role(settings: Settings, name: str, role: Role) -> None:
    """Give the account NAME another ROLE; whoever is logged in has to do so again."""
    name = heard(name)
    _accounts(settings).set_role(name, role)
    _note(settings, "user_role", name, given=role)
    say(harmless(f"{name} is {role} now"))


@users.command()
@click.argument("name")
@click.argument("post", type=click.Choice(POSTS))
@home_option
@connect
def post(settings: Settings, name: str, post: Post) -> None:
    """Let the page open for NAME at the questions (staff), the guide (newcomer) or the overview (leader)."""
    name = heard(name)
    _accounts(settings).set_post(name, post)
    say(harmless(f"{name} is {post} now"))


@users.command()
@click.argument("name")
@PASSWORD
@home_option
@connect
def password(settings: Settings, name: str, piped: bool) -> None:
    """Give the account NAME another password; whoever is logged in has to do so again."""
    name = heard(name)
    _accounts(settings).set_password(name, _password(piped))
    _note(settings, "user_password", name)
    say(harmless(f"{name} has a new password"))


@users.command()
@click.argument("name")
@home_option
@connect
def remove(settings: Settings, name: str) -> None:
    """Remove the account NAME with its sessions and tokens."""
    name = heard(name)
    _accounts(settings).remove(name)
    _note(settings, "user_remove", name)
    say(harmless(f"removed   {name}"))


@users.command()
@click.argument("name")
@click.option("--label", required=True, help="What the token is for.")
@click.option(
    "--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="How long it holds."
)
@home_option
@connect
def token(settings: Settings, name: str, label: str, days: int) -> None:
    """Make a token for programs of the account NAME, and print it: it is not shown again."""
    name = heard(name)
    secret = _accounts(settings).issue(name, heard(label), days)
    _note(settings, "token", name, label=heard(label), days=days)
    say(secret)


def _accounts(settings: Settings) -> Accounts:
    from ui.store.accounts import Accounts
    from ui.store.schema import Store

    return Accounts(Store.open(settings.library_settings.home))


def _password(piped: bool) -> str:
    """What was typed twice, or the first line of standard input. Never an argument: those can be seen by others."""
    if piped:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.UsageError("no terminal to ask for the password; use --password-stdin")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


def _note(settings: Settings, act: str, name: str, **facts: Any) -> None:
    from ui.audit import AuditLog

    log = AuditLog(settings.library_settings.home)
    log.note(Person("", "admin", ""), act, name, via="command line", **facts)
