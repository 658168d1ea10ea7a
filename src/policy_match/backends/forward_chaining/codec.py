"""What is possible, as text: how a value is kept in working memory.

Exact, and readable again: `["number", "2/3", "inf", 0, 1]` is a number of at
least two thirds, `["choice", ["micro", "small"], 1]` one of two members or
none.
"""

from __future__ import annotations

import json
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, Any

from policy_match.domain.possible import Choice, Interval, Listing, plain

if TYPE_CHECKING:
    from policy_match.domain.possible import Number, Possible


def written(value: Possible | None) -> str:
    """Return the text of a value; of None, where no document fixes an amount."""
    return json.dumps(_written(value), ensure_ascii=False)


def read(text: str) -> Possible | None:
    """Return the value whose text this is.

    >>> read(written(Interval(Fraction(2, 3), inf)))
    Interval(low=Fraction(2, 3), high=inf, absent=False, some=True)
    """
    return _read(json.loads(text))


def _written(value: Possible | None) -> list[Any] | None:
    match value:
        case None:
            return None
        case Interval(low=low, high=high, absent=absent, some=some):
            return ["number", str(low), str(high), int(absent), int(some)]
        case Choice(members=None, absent=absent):
            return ["choice", None, int(absent)]
        case Choice(members=members, absent=absent):
            return ["choice", sorted(members or (), key=repr), int(absent)]
        case Listing(items=items, pairs=pairs):
            written_ = None if items is None else [_written(item) for item in items]
            return ["list", written_, int(pairs)]


def _read(parts: Any) -> Possible | None:  # noqa: ANN401 - JSON
    match parts:
        case ["number", low, high, absent, some]:
            return Interval(_number(low), _number(high), bool(absent), bool(some))
        case ["choice", None, absent]:
            return Choice(None, bool(absent))
        case ["choice", members, absent]:
            return Choice(frozenset(members), bool(absent))
        case ["list", None, pairs]:
            return Listing(None, bool(pairs))
        case ["list", items, pairs]:
            return Listing(tuple(map(_read, items)), bool(pairs))  # type: ignore[arg-type]
        case _:
            return None


def _number(text: str) -> Number:
    if text in {"inf", "-inf"}:
        return inf if text == "inf" else -inf
    return plain(Fraction(text))
