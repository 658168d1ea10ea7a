"""From a thing of a rulebook to all that it is made of, with the path to each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel

from policy_match.domain.texts import Citation, Text
from policy_match.rulebook.syntax import Parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Path = tuple[str | int, ...]
_PARTS = (BaseModel, dict, tuple, Parsed, Text, Citation)


def within(thing: object, path: Path) -> Iterator[tuple[Path, object]]:
    """Yield a thing of a rulebook and all that it is made of, each before its parts."""
    pending: list[tuple[Path, object]] = [(path, thing)]
    while pending:
        at, found = pending.pop()
        yield at, found
        inner: Iterable[tuple[str | int, object]] = ()
        if isinstance(found, BaseModel):
            inner = [(name, getattr(found, n)) for n, name in _fields(type(found))]
        elif isinstance(found, dict):
            inner = found.items()
        elif isinstance(found, tuple) and not isinstance(found, Citation):
            inner = enumerate(found)
        named = [((*at, name), part) for name, part in inner]
        pending += [one for one in reversed(named) if isinstance(one[1], _PARTS)]


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    return tuple((n, info.alias or n) for n, info in model.model_fields.items())
