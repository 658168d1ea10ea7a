"""How an answer of today differs from the recorded one."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from policy_match.records.sealing import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator


class Nothing(Enum):
    """What stands where there is no value, not even null."""

    NOTHING = "nothing"


NOTHING = Nothing.NOTHING


class Difference(NamedTuple):
    """Where two answers first differ, and what each has there, or `NOTHING`."""

    place: str
    """A path such as `findings.grant.benefit.amount`: keys, the policy or the fact
    that an entry of a list is about, else its number."""
    recorded: object
    now: object


def difference(recorded: object, now: object) -> Difference | None:
    """Return where two answers first differ; None where their JSON is the same.

    >>> difference({"a": [1, 2]}, {"a": [1, 3, 4]})
    Difference(place='a.1', recorded=2, now=3)
    """
    then, again = canonical(recorded), canonical(now)
    if then == again:
        return None
    return next(_differences(recorded, now, ""))


def _differences(then: object, now: object, place: str) -> Iterator[Difference]:
    match then, now:
        case dict(), dict():
            for key in dict.fromkeys((*then, *now)):
                below = f"{place}.{key}" if place else str(key)
                old, new = then.get(key, NOTHING), now.get(key, NOTHING)
                yield from _differences(old, new, below)
        case list(), list():
            old, new = _by_name(then), _by_name(now)
            yield from _differences(old, new, place)
            if [*old] != [*new]:
                yield Difference(place, [*old], [*new])
        case _:
            if then != now or type(then) is not type(now):
                yield Difference(place, then, now)


def _by_name(entries: list[object]) -> dict[str, object]:
    """Return entries by what they are about, so that one more shifts no other."""
    found: dict[str, object] = {}
    for number, entry in enumerate(entries):
        name = str(number)
        if isinstance(entry, dict):
            name = str(entry.get("policy") or entry.get("fact") or number)
        found[str(number) if name in found else name] = entry
    return found
