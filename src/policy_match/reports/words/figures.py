"""Numbers, money, dates and periods as a reader of each language writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.money import CENTS, cents
from policy_match.language import formats
from policy_match.language.formats import day_words
from policy_match.language.words import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_match.domain.possible import Interval, Number

_PLACES = 4
_PER_MILLE_BELOW = Fraction(1, 1000)


def ordinal_day(value: Number) -> date | None:
    """Return the day of an ordinal, None for an open end."""
    if value in (inf, -inf) or not 1 < value < date.max.toordinal():
        return None
    return date.fromordinal(int(value))


def period_words(start: date | None, end: date | None, lang: str) -> str:
    """Return a period, both ends included, either of them perhaps open."""
    low = day_words(start, lang) if start else ""
    high = day_words(end, lang) if end else ""
    if start and end:
        return label("range", lang, low=low, high=high)
    if start:
        return label("from-day", lang, low=low)
    return label("until-day", lang, high=high) if end else label("no-period", lang)


def number_words(value: Number, lang: str) -> str:
    """Return a number; one that no few decimals can write is said to be about so.

    >>> number_words(Fraction(1, 3), "en")
    'about 0.33'
    """
    scaled = Fraction(value) * 10**_PLACES
    if scaled.denominator == 1:
        return formats.number_words(Decimal(int(scaled)) / 10**_PLACES, lang)
    text = formats.number_words(Decimal(round(Fraction(value) * CENTS)) / CENTS, lang)
    return label("about", lang, value=text)


def round_words(value: Number, lang: str) -> str:
    """Return a number, in a word for a power of ten where it is round.

    >>> round_words(3_000_000, "zh"), round_words(120, "zh")
    ('300万', '120')
    """
    exact = Fraction(value) * CENTS
    whole = exact.denominator == 1 and exact % CENTS == 0
    return (
        formats.figure_words(int(exact), lang) if whole else number_words(value, lang)
    )


def ratio_words(value: Number, lang: str) -> str:
    """Return a ratio in per cent, a very small one per mille."""
    exact = Fraction(value)
    small = 0 < abs(exact) < _PER_MILLE_BELOW
    scaled, sign = (exact * 1000, "‰") if small else (exact * 100, "%")
    return number_words(scaled, lang) + sign


def money_words(value: Number, lang: str, currency: str) -> str:
    """Return money, to the cent: in 万元 or 亿元 in Chinese where that is round.

    >>> money_words(23_500_000, "zh", "CNY"), money_words(3_000_000, "en", "CNY")
    ('2350万元', 'CNY 3,000,000')
    """
    return formats.money_words(cents(value), lang, currency)


def rounded_money(value: Number, lang: str, currency: str) -> str:
    """Return a large sum to few digits, for an overview; small ones exactly.

    >>> rounded_money(53_961_234, "zh", "CNY"), rounded_money(53_961_234, "en", "CNY")
    ('5396.12万元', 'CNY 53.96 million')
    """
    return formats.rounded_money(cents(value), lang, currency)


def amount_words(
    value: Number,
    kind: FactType,
    lang: str,
    currency: str,
    unit: str = "",
    *,
    bare_zero: bool = False,
) -> str:
    """Return one number of a kind with its unit; a zero may go without."""
    if bare_zero and value == 0 and kind is not FactType.DATE:
        return "0"
    if kind is FactType.MONEY:
        return money_words(value, lang, currency)
    if kind is FactType.RATIO:
        return ratio_words(value, lang)
    if kind is FactType.DATE:
        day = ordinal_day(value)
        return day_words(day, lang) if day else label("no-period", lang)
    text = number_words(value, lang)
    return label("with-unit", lang, figure=text, unit=unit) if unit else text


def interval_words(
    value: Interval, kind: FactType, lang: str, say: Callable[[Number], str]
) -> str:
    """Return an interval that has some value: a number, a range, an open range."""
    low, high = value.low, value.high
    if kind is FactType.DATE:
        start, end = ordinal_day(low), ordinal_day(high)
        if start and start == end:
            return day_words(start, lang)
        return period_words(start, end, lang)
    if low == high:
        return say(low)
    if low == -inf:
        return label("at-most", lang, high=say(high))
    if high == inf:
        return label("at-least", lang, low=say(low))
    return label("range", lang, low=say(low), high=_shorter(say(low), say(high)))


def _shorter(low: str, high: str) -> str:
    # `CNY 1,100,000 to 1,300,000`: the currency is said once.
    head, _, tail = high.partition(" ")
    return tail if head.isalpha() and head.isupper() and low.startswith(head) else high
