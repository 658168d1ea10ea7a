"""What a fact is given, as text or as data of a program, to what is possible."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.possible import Choice, Interval, Listing, exactly, plain
from policy_match.firms.values.faults import ValueFault, wrong
from policy_match.firms.values.grammar import Grammar
from policy_match.firms.values.intervals import inside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.possible import Possible
    from policy_match.language.locales import Locale

__all__ = ["ValueFault", "given", "typed"]


def typed(
    spec: FactSpec,
    data: Any,  # noqa: ANN401  (a text, lists of texts, an exact number)
    locale: Locale,
    systems: Mapping[str, CodeSystem],
) -> Possible | None:
    """Return what `data` says of a fact; None where it says nothing.

    Raises ValueFault where the fact cannot be that.
    """
    return given(spec, data, Grammar(locale, systems))


def given(
    spec: FactSpec,
    data: Any,  # noqa: ANN401  (a text, lists of texts, an exact number)
    grammar: Grammar,
) -> Possible | None:
    """Return what `data` says of a fact, by a grammar; None where it says nothing.

    Raises ValueFault where the fact cannot be that.
    """
    if data is None:
        return None
    if isinstance(data, Fraction):
        if spec.type.numeric and spec.type is not FactType.DATE:
            return exactly(_exact(spec, data))
        data = _digits(data)
    if isinstance(data, str):
        return grammar.value(spec, data)
    if not isinstance(data, list):
        key = "a-list" if spec.type is FactType.LIST else "one-value"
        raise wrong(spec, "list" if spec.type is FactType.LIST else "member", key)
    if spec.type is FactType.LIST:
        return _listing(spec, data, grammar)
    return _several(spec, data, grammar)


def _digits(number: Fraction) -> str:
    """Return a number as its digits, for a fact that is not measured."""
    if number.denominator == 1:
        return str(number.numerator)
    return str(float(number))


def _exact(spec: FactSpec, value: Fraction) -> int | Fraction | float:
    shown = _digits(value)
    if spec.type is FactType.INT and value.denominator != 1:
        raise wrong(spec, "whole", "not-whole", text=shown)
    return inside(spec, plain(value), shown)


def _several(spec: FactSpec, data: list[Any], grammar: Grammar) -> Choice:
    if spec.type.numeric or spec.type is FactType.BOOL:
        raise wrong(spec, "member", "no-list")
    if not data:
        raise wrong(spec, "member", "empty-list")
    members: set[str | bool] = set()
    absent = False
    for item in data:
        text = _digits(item) if isinstance(item, Fraction) else item
        found = grammar.value(spec, text) if isinstance(text, str) else None
        if not isinstance(found, Choice) or found.members is None:
            shown = text if isinstance(text, str) else ""
            raise wrong(spec, "member", "not-a-member", text=shown)
        members |= found.members
        absent |= found.absent
    return Choice(frozenset(members), absent)


def _listing(spec: FactSpec, data: list[Any], grammar: Grammar) -> Listing:
    if not data:
        raise wrong(spec, "list", "a-list")
    items: list[Interval] = []
    for pair in data:
        if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004
            raise wrong(spec, "list", "pairs")
        for end in pair:
            if isinstance(end, Fraction):
                items.append(exactly(_exact(spec, end)))
            elif isinstance(end, str):
                items.extend(grammar.listing(spec, [(end, end)]).items or ())
                items.pop()
            elif end is None:
                items.append(Interval(spec.low, spec.high))
            else:
                raise wrong(spec, "list", "pairs")
    return Listing(tuple(items))
