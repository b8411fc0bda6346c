"""The description of the REST interface as a page of our own, made on the server: it loads nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ui.api.telling import BESIDE, spoken
from ui.render import escape
from ui.words import Language, say

EXAMPLES = {
    "/api/ask": """curl {base}/api/ask -H 'Authorization: Bearer wennuo_…' \\
  -H 'Content-Type: application/json' -d '{{"question": "食品抽检合格率要达到多少？"}}'""",
    "/api/search": """curl -G {base}/api/search -H 'Authorization: Bearer wennuo_…' \\
  --data-urlencode 'question=食品抽检合格率' -d k=5""",
    "/api/ledger": """curl -G {base}/api/ledger -H 'Authorization: Bearer wennuo_…' \\
  --data-urlencode 'owner=登记注册科' -d due_before=2024-06-30""",
    "/api/documents": "curl {base}/api/documents -H 'Authorization: Bearer wennuo_…'",
}


def documentation(description: dict[str, Any], base: str, language: Language) -> str:
    """The page. base: the address of the app, without a slash at the end."""
    title = escape(say(language, "api_title"))
    about = escape(say(language, "api_about"))
    operations = "".join(_operations(description, base, language)) + _troubles(description, language)
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} · {escape(say(language, 'brand'))}</title>"
        '<link rel="icon" href="../wennuo/icon.png"><link rel="stylesheet" href="../wennuo/style.css">'
        '<link rel="stylesheet" href="../wennuo/account.css"><script src="../wennuo/account.js" defer></script></head>'
        f'<body class="apidocs"><header><a href="../">← {escape(say(language, "account_back"))}</a><h1>{title}</h1>'
        f'<p>{about}</p><p><a href="openapi.json">openapi.json</a> · <a href="../wennuo/account">'
        f"{escape(say(language, 'tokens'))}</a></p></header><main>{operations}</main></body></html>"
    )


def _operations(description: dict[str, Any], base: str, language: Language) -> Iterator[str]:
    shapes = description["components"]["schemas"]
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            body = (
                operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            )
            fields = [_parameter(each) for each in operation.get("parameters", ())]
            fields += [*_fields(body, shapes)] if body else []
            text = (
                "" if (method, path) == ("post", "/api/search") else EXAMPLES.get(path, "").format(base=base)
            )
            example = f"<pre>{escape(text)}</pre>" if text else ""
            answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
            title = spoken(operation.get("summary", ""), language, BESIDE)
            about = spoken(operation.get("description", ""), language)
            yield (
                f'<section class="card"><h2><span class="method">{escape(method.upper())}</span>'
                f" <code>{escape(path)}</code> {escape(title)}</h2><p>{escape(about)}</p>"
                f"{example}{_table('api_sent', fields, language)}"
                f"{_table('api_given', [*_fields(answer, shapes)], language)}</section>"
            )


def _troubles(description: dict[str, Any], language: Language) -> str:
    """What is told of a request that is not taken, which is the same everywhere: the codes, and the fields of what is sent."""
    told = {
        code: spoken(answer["description"], language)
        for methods in description["paths"].values()
        for operation in methods.values()
        for code, answer in operation["responses"].items()
        if code != "200"
    }
    rows = "".join(
        f"<tr><td><code>{escape(code)}</code></td><td>{escape(words)}</td></tr>"
        for code, words in sorted(told.items())
    )
    heads = "".join(f"<th>{escape(say(language, each))}</th>" for each in ("api_code", "api_meaning"))
    shapes = description["components"]["schemas"]
    title = escape(say(language, "api_troubles"))
    return (
        f'<section class="card"><h2>{title}</h2><div class="wide" tabindex="0" role="region" aria-label="{title}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"{_table('api_trouble_sent', [*_fields(shapes['Problem'], shapes)], language)}</section>"
    )


def _parameter(parameter: dict[str, Any]) -> tuple[str, str, str]:
    words = parameter.get("description") or parameter["schema"].get("description", "")
    return parameter["name"], _kind(parameter["schema"]), words


def _fields(
    schema: dict[str, Any], shapes: dict[str, Any], above: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Name, kind and words of each field, those of lists and parts indented by a dot."""
    schema = _whole(schema, shapes)
    for name, field in schema.get("properties", {}).items():
        yield f"{above}{name}", _kind(field), field.get("description", "")
        inner = next(
            (each for each in (field, *field.get("anyOf", ()), field.get("items", {})) if "$ref" in each),
            None,
        )
        if inner is not None:
            yield from _fields(inner, shapes, f"{above}{name}.")


def _whole(schema: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        found: dict[str, Any] = shapes[schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _kind(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_kind(each) for each in schema["anyOf"]))
    if "enum" in schema or "const" in schema:
        return " | ".join(json.dumps(value) for value in schema.get("enum", [schema.get("const")]))
    if "$ref" in schema:
        return "object"
    kind = str(schema.get("format") or schema.get("type", "object"))
    return f"[{_kind(schema['items'])}]" if kind == "array" and "items" in schema else kind


def _table(key: str, fields: list[tuple[str, str, str]], language: Language) -> str:
    if not fields:
        return ""
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td><code>{escape(kind)}</code></td>"
        f"<td>{escape(spoken(words, language))}</td></tr>"
        for name, kind, words in fields
    )
    heads = "".join(
        f"<th>{escape(say(language, each))}</th>" for each in ("api_field", "api_kind", "api_meaning")
    )
    return (
        f'<h3>{escape(say(language, key))}</h3><div class="wide" tabindex="0" role="region" aria-label="{escape(say(language, key))}"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
