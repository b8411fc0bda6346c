"""How the description of the interface speaks: Chinese first, English in a paragraph of its own after it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from ui.api.words import WORDS
from ui.words import LANGUAGES, Language
from ui.words import WORDS as INTERFACE

PARTED = "\n\n"
"""Between the languages; in OpenAPI, whose words are Markdown, the end of a paragraph."""
BESIDE = " · "
"""Between the languages of a heading."""


def both(key: str) -> str:
    """The words under `key` in all languages."""
    said = zip(LANGUAGES, WORDS[key], strict=True)
    return PARTED.join(words.format_map(INTERFACE[language]) for language, words in said)


def heading(key: str) -> str:
    """The words under `key` in all languages, on one line."""
    return both(key).replace(PARTED, BESIDE)


def spoken(words: str, language: Language, parted: str = PARTED) -> str:
    """What of words in all languages is said in one of them; all of what is not parted so."""
    said = words.split(parted)
    return said[list(LANGUAGES).index(language)] if len(said) == len(LANGUAGES) else words


def field(key: str, **more: Any) -> Any:
    """A field of a shape, described by the words under `key`."""
    return Field(description=both(key), **more)


def described(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Puts the words for a shape in place of what its code says of it, and leaves out the titles made from names of fields."""
    schema["description"] = both(model.__name__)
    for each in schema.get("properties", {}).values():
        each.pop("title", None)
