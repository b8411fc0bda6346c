"""Who is asking, and what a role may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from corpus.collections import ROLES, Role, reaches

__all__ = ["POSTS", "ROLES", "Person", "Post", "Role", "allowed", "person_of", "post_of", "role_of"]

Post = Literal["staff", "newcomer", "leader"]
POSTS: tuple[Post, ...] = get_args(Post)
"""What somebody uses WenNuo for; it gives no rights."""
BEGINS: dict[Post, str] = {"staff": "chat", "newcomer": "guide", "leader": "overview"}
"""The tab at which the page opens."""

LONGEST_USER = 64


@dataclass(frozen=True, slots=True)
class Person:
    """One who asks. name is the login name, "" while log-in is off. key owns conversations: the name, or the browser's cookie.

    post decides where the page opens.
    """

    name: str
    role: Role
    key: str
    post: Post = "staff"

    def may(self, role: Role) -> bool:
        """Whether this person's role is `role` or higher."""
        return reaches(self.role, role)


def role_of(value: object) -> Role:
    """`value` as a role. Raises ValueError for any other."""
    if value not in ROLES:
        raise ValueError(f"{value!r} is not one of {', '.join(ROLES)}")
    return value


def post_of(value: object) -> Post:
    """`value` as a post. Raises ValueError for any other."""
    if value not in POSTS:
        raise ValueError(f"{value!r} is not one of {', '.join(POSTS)}")
    return value


def allowed(request: Any, role: Role = "reader") -> Person:
    """Who sent `request`, where their role is `role` or higher: what each gradio handler asks first. Raises PermissionError."""
    person = person_of(request)
    if not person.may(role):
        raise PermissionError(f"this takes the role {role}")
    return person


def person_of(request: Any) -> Person:
    """Who sent `request` (starlette's, or gradio's wrapping one), as the middleware of `ui.access` found out.

    Raises PermissionError for a request that did not come through it.
    """
    inner = getattr(request, "request", None) or request
    scope = getattr(inner, "scope", None)
    person = scope.get("wennuo.person") if scope else None
    if not isinstance(person, Person):
        raise PermissionError("a request that nobody looked at")
    return person
