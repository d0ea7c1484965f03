"""Checks JSON values against the JSON Schemas of the protocol, all faults at once.

Reads the keywords that the protocol's schemas use (generated from the zod schemas) and refuses any other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

Schema = Mapping[str, Any]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


TYPES: Final[dict[str, Callable[[Any], bool]]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": _is_number,
    "integer": lambda value: _is_number(value) and float(value).is_integer(),
}
ANNOTATIONS: Final = frozenset({"$schema", "$id", "title", "description", "format"})


def schema_faults(schema: Schema, value: object, path: str = "") -> Iterator[str]:
    """What is wrong with a value: lines `path: what`. ValueError for a keyword that this module does not read."""
    for keyword in schema:
        if keyword not in CHECKS and keyword not in ANNOTATIONS:
            raise ValueError(f"schema keyword {keyword!r} is not read here")
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(TYPES[name](value) for name in types):
        yield f"{path or '.'}: must be of type {' or '.join(types)}, is {_short(value)}"
        return
    for keyword, rule in schema.items():
        if keyword in CHECKS:
            yield from CHECKS[keyword](schema, rule, value, path)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _bound(holds: Callable[[Any, Any], bool], says: str) -> Callable[[Schema, Any, Any, str], Iterator[str]]:
    def check(_schema: Schema, rule: float, value: object, path: str) -> Iterator[str]:
        if _is_number(value) and not holds(value, rule):
            yield f"{path or '.'}: must be {says} {rule}, is {_short(value)}"

    return check


def _size(kind: type, holds: Callable[[int, int], bool], says: str) -> Callable[[Schema, Any, Any, str], Iterator[str]]:
    def check(_schema: Schema, rule: int, value: object, path: str) -> Iterator[str]:
        if isinstance(value, kind) and not holds(len(value), rule):  # type: ignore[arg-type]
            yield f"{path or '.'}: length must be {says} {rule}, is {len(value)}"  # type: ignore[arg-type]

    return check


def _required(_schema: Schema, rule: list[str], value: Any, path: str) -> Iterator[str]:  # noqa: ANN401
    yield from (f"{path}.{name}: is missing" for name in rule if name not in value)


def _properties(_schema: Schema, rule: Mapping[str, Schema], value: Any, path: str) -> Iterator[str]:  # noqa: ANN401
    for name, schema in rule.items():
        if name in value:
            yield from schema_faults(schema, value[name], f"{path}.{name}")


def _additional(schema: Schema, rule: bool | Schema, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401, FBT001
    for name in value.keys() - schema.get("properties", {}).keys():
        if rule is False:
            yield f"{path}.{name}: is unknown"
        elif isinstance(rule, Mapping):
            yield from schema_faults(rule, value[name], f"{path}.{name}")


def _property_names(_schema: Schema, rule: Schema, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401
    for name in value:
        yield from schema_faults(rule, name, f"{path}.{name} (name)")


def _items(_schema: Schema, rule: Schema, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401
    for place, item in enumerate(value):
        yield from schema_faults(rule, item, f"{path}[{place}]")


def _pattern(_schema: Schema, rule: str, value: object, path: str) -> Iterator[str]:
    # Python's `$` also matches before a last line break, JavaScript's does not.
    whole = rf"{rule[:-1]}\Z" if rule.endswith("$") else rule
    if isinstance(value, str) and re.search(whole, value, re.ASCII) is None:
        yield f"{path}: must match {rule}, is {_short(value)}"


def _enum(_schema: Schema, rule: list[object], value: object, path: str) -> Iterator[str]:
    if value not in rule:
        yield f"{path}: must be one of {', '.join(map(str, rule))}, is {_short(value)}"


def _const(_schema: Schema, rule: object, value: object, path: str) -> Iterator[str]:
    if value != rule:
        yield f"{path}: must be {rule!r}, is {_short(value)}"


def _any_of(_schema: Schema, rule: list[Schema], value: object, path: str) -> Iterator[str]:
    tried = [list(schema_faults(schema, value, path)) for schema in rule]
    if all(tried):
        yield min(tried, key=len)[0]


def _one_of(_schema: Schema, rule: list[Schema], value: object, path: str) -> Iterator[str]:
    tried = [list(schema_faults(schema, value, path)) for schema in rule]
    if sum(not faults for faults in tried) != 1:
        yield from min(tried, key=len) or [f"{path or '.'}: fits more than one alternative"]


CHECKS: Final[dict[str, Callable[[Schema, Any, Any, str], Iterator[str]]]] = {
    "type": lambda *_: iter(()),
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": _property_names,
    "items": _items,
    "pattern": _pattern,
    "enum": _enum,
    "const": _const,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "minimum": _bound(lambda value, rule: value >= rule, "at least"),
    "maximum": _bound(lambda value, rule: value <= rule, "at most"),
    "exclusiveMinimum": _bound(lambda value, rule: value > rule, "above"),
    "minLength": _size(str, lambda length, rule: length >= rule, "at least"),
    "maxLength": _size(str, lambda length, rule: length <= rule, "at most"),
    "minItems": _size(list, lambda length, rule: length >= rule, "at least"),
    "maxItems": _size(list, lambda length, rule: length <= rule, "at most"),
}
