"""Our nouns read again from the JSON that `document.to_json` made of them: stored answers, results, packs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from policy_qa.document import JSON, Address, Span

T = TypeVar("T")


def from_json(kind: type[T], value: JSON) -> T:
    """The `kind`, a dataclass of ours, that `to_json` made `value` of.

    Fields that are not there take their defaults, and fields that are no longer known are passed over, so that what
    another release stored can be read.

    Raises:
        ValueError: `value` has not the form of a `kind`; the message says where.
    """
    return cast("T", _read(kind, value, kind.__name__))


def _read(kind: object, value: JSON, place: str) -> object:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if value is None else _read(next(a for a in arguments if a is not type(None)), value, place)
    if origin is Literal and value in arguments:
        return value
    if origin is tuple and isinstance(value, list):
        return tuple(_read(arguments[0], item, f"{place}[{n}]") for n, item in enumerate(value))
    if origin is Mapping and isinstance(value, dict):
        return {name: _read(arguments[1], item, f"{place}.{name}") for name, item in value.items()}
    if kind is Address and isinstance(value, str):
        return Address.parse(value)
    if kind is Span and isinstance(value, list) and [type(end) for end in value] == [int, int]:
        return Span(*value)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and isinstance(value, dict):
        return _dataclass(kind, value, place)
    if kind is float and type(value) is int:
        return float(value)
    if isinstance(kind, type) and type(value) is kind:
        return value
    raise ValueError(f"{place}: {value!r:.60} is not of the form {kind}")


def _dataclass(kind: type, value: Mapping[str, JSON], place: str) -> object:
    hints = _hints(kind)
    known = {name: _read(hints[name], item, f"{place}.{name}") for name, item in value.items() if name in hints}
    try:
        return kind(**known)
    except TypeError as error:
        raise ValueError(f"{place}: {error}") from error


@cache
def _hints(kind: type) -> dict[str, object]:
    """The type of each field that its constructor takes."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind) if field.init}
