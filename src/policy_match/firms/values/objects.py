"""Values that a program holds, as the grammar takes them: texts and exact numbers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import isfinite
from numbers import Integral, Rational, Real
from typing import Any

from policy_match.domain.possible import Choice, Interval, Listing
from policy_match.firms.values.faults import ValueFault
from policy_match.language.messages import said

_DIGITS = 40
"""Of a number, before and behind its point; no figure of a firm has more."""
_DEPTH = 2


def as_data(value: object, depth: int = 0) -> Any:  # noqa: ANN401  (texts, numbers, lists)
    """Return a value as text, as an exact number, or as lists of them.

    Numbers are what they are written as: `0.05` is one twentieth. What is
    already a set of possible values stays, and so do keys, which no fact takes.
    Raises ValueFault for what is no value at all, and for a number beyond any
    measure.
    """
    match value:
        case None | dict() | Interval() | Choice() | Listing():
            return value
        case Enum():
            return as_data(value.value, depth + 1) if depth < _DEPTH else _no(value)
        case str():
            return str(value)
        case bool():
            return "true" if value else "false"
        case datetime() | date():
            return value.isoformat()
        case list() | tuple() | set() | frozenset():
            if depth >= _DEPTH:
                return _no(value)
            return [as_data(part, depth + 1) for part in value]
        case Decimal() | Real():
            return _number(value)
        case _:
            return _no(value)


def _no(value: object) -> Any:  # noqa: ANN401
    kind = type(value).__name__
    raise ValueFault("F502", said("no-such-kind", kind=kind), said("write-plainly"))


def _number(value: Decimal | Real) -> Fraction:
    if isinstance(value, Integral):
        whole = int(value)
        if whole.bit_length() > _DIGITS * 4:
            raise _too_long()
        return Fraction(whole)
    if isinstance(value, Rational):
        found = Fraction(int(value.numerator), int(value.denominator))
        if (
            max(found.numerator.bit_length(), found.denominator.bit_length())
            > _DIGITS * 4
        ):
            raise _too_long()
        return found
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise _not_finite(value)
        exponent = value.as_tuple().exponent
        if abs(value.adjusted()) > _DIGITS or abs(int(exponent)) > _DIGITS:
            raise _too_long()
        return Fraction(value)
    number = float(value)
    if not isfinite(number):
        raise _not_finite(number)
    # A program writes a share as 0.05, and means one twentieth, not the nearest double.
    return _number(Decimal(repr(number)))


def _too_long() -> ValueFault:
    return ValueFault(
        "F502", said("beyond-measure", count=_DIGITS), said("write-plainly")
    )


def _not_finite(value: Decimal | float) -> ValueFault:
    return ValueFault(
        "F502", said("not-a-number", text=str(value)), said("write-plainly")
    )
