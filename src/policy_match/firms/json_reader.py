"""JSON as the nodes that profiles are read from, each with its pointer.

A firm's facts mean the same over HTTP as in its profile: a text is what a profile
would say, a number is exact however it is written, null is unknown. Keys that stand
twice, and characters that no profile may hold, are refused.
"""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import count
from typing import Any, NoReturn

from policy_match.errors import Fault, Place, ProfileError
from policy_match.firms.values.faults import ValueFault
from policy_match.firms.values.objects import as_data
from policy_match.language.messages import said
from policy_match.rulebook.yaml_reader import (
    MAX_DEPTH,
    MAX_SCALAR,
    UNPRINTABLE,
    Mapping,
    Node,
    Scalar,
    Sequence,
)

_TEXT = '"'
"""How a scalar is marked that is a text even where it is empty."""


class _Pairs(list[tuple[str, Any]]):
    """The keys and values of an object, those that stand twice included."""


def read_json(data: bytes, file: str) -> tuple[Node, list[Fault]]:
    """Return what JSON holds, and what is wrong within it.

    Raises ProfileError where it is no JSON at all.
    """
    try:
        found = json.loads(
            data.decode(),
            object_pairs_hook=_Pairs,
            parse_int=Decimal,
            parse_float=Decimal,
            parse_constant=_refuse,
        )
    except json.JSONDecodeError as error:
        raise _not_json(Place(file, error.lineno, error.colno)) from None
    except (ValueError, ArithmeticError):  # not UTF-8, NaN, a number beyond numbers
        raise _not_json(Place(file)) from None
    except RecursionError:
        raise _too_deep(Place(file)) from None
    reader = _Reader(file)
    return reader.node(found, "", 0), reader.faults


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)


def _not_json(place: Place) -> ProfileError:
    return ProfileError([Fault(place, "F509", said("not-json"), said("send-json"))])


def _too_deep(place: Place) -> ProfileError:
    message = said("too-deep", depth=MAX_DEPTH)
    return ProfileError([Fault(place, "Y105", message, said("write-it-flat"))])


class _Reader:
    """Turns values into nodes, and keeps what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._order = count(1)

    def node(self, value: Any, pointer: str, depth: int) -> Node:  # noqa: ANN401
        place = Place(self.file, next(self._order), 1, pointer)
        if depth > MAX_DEPTH:
            raise _too_deep(place)
        match value:
            case _Pairs():
                return self._object(value, place, depth)
            case list():
                items = enumerate(value)
                parts = (self.node(x, f"{pointer}/{n}", depth + 1) for n, x in items)
                return Sequence(tuple(parts), place)
            case str():
                return Scalar(self._text(value, place), place, _TEXT)
            case Decimal():
                return Scalar(self._number(value, place), place)
            case None:
                return Scalar("", place)
            case _:
                return Scalar("true" if value else "false", place)

    def _object(self, pairs: _Pairs, place: Place, depth: int) -> Mapping:
        keys: dict[str, Place] = {}
        values: dict[str, Node] = {}
        for key, value in pairs:
            below = f"{place.pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            if key in keys:
                there = Place(self.file, next(self._order), 1, below)
                message = said("twice", key=key)
                self.faults.append(Fault(there, "Y103", message, said("keep-one")))
                continue
            values[key] = self.node(value, below, depth + 1)
            keys[self._text(key, values[key].place)] = values[key].place
        return Mapping(keys, values, place)

    def _number(self, value: Decimal, place: Place) -> str:
        """Return the digits of a number, which read back as the very number."""
        try:
            exact = as_data(value)
        except ValueFault as error:
            self.faults.append(Fault(place, error.code, error.message, error.hint))
            return ""
        if exact.denominator == 1:
            return str(exact.numerator)
        return format(value, "f")

    def _text(self, text: str, place: Place) -> str:
        found = UNPRINTABLE.search(text)
        if found:
            message = said("control-character", code=f"U+{ord(found[0]):04X}")
            self.faults.append(Fault(place, "Y102", message, said("remove-it")))
        elif len(text) > MAX_SCALAR:
            message = said("too-long", size=MAX_SCALAR)
            self.faults.append(Fault(place, "Y106", message, said("shorten-it")))
        return text
