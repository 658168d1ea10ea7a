"""The words and sums that a report on take-up is made of."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from policy_match.language.formats import day_words, tabled
from policy_match.language.words import label
from policy_match.reports.words.figures import rounded_money
from policy_match.screening.takeup import FORMS, Total

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import polars as pl

    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.screening.since import Since
    from policy_match.screening.takeup import TakeUp

CENTS = 100


class Reported(NamedTuple):
    """What a report is made of."""

    found: TakeUp
    gaps: pl.DataFrame
    """data_gaps.csv."""
    letters: pl.DataFrame
    """letters.csv."""
    firms: Mapping[str, int]
    """How many have something unclaimed, by form."""
    since: Since | None
    """What changed since the last run, where there was one."""
    summary: Mapping[str, object]
    stakes: Mapping[str, int] = MappingProxyType({})
    """What single missing facts would bring at most, in cents, by form."""


class Told:
    """What was found, and how a reader is told of it."""

    def __init__(self, made_of: Reported, words: Vocabulary) -> None:
        """Find the form that the charts tell of: the first with something left."""
        self.of, self.words = made_of, words
        self.found = made_of.found
        self.whole = made_of.found.whole
        left = [form for form in FORMS if self.has(form)]
        self.main = left[0] if left else ""

    def say(self, key: str, **fields: object) -> str:
        """Return fixed words of a screening."""
        return label(key, self.words.lang, **fields)

    def count(self, number: int) -> str:
        """Return a count as a table has it."""
        return tabled(number, self.words.lang)

    def counted(self, key: str, number: int) -> str:
        """Return a count with what is counted."""
        return self.say(key, count=number, figure=self.count(number))

    def money(self, cents: int) -> str:
        """Return a sum, rounded as a head of a bureau reads it; it is never parted."""
        yuan, currency = Fraction(cents, CENTS), self.words.program.currency
        told = rounded_money(yuan, self.words.lang, currency)
        return told.replace(" ", "\u00a0")

    def has(self, form: str) -> bool:
        """Return whether money of a form is left, whoever sets how much."""
        total = self.whole.forms.get(form)
        if total is None or not total.unclaimed:
            return False
        return bool(total.left_high or total.unset_left or total.unbounded_left)

    def form(self, form: str) -> str:
        """Return what a form of benefit is called."""
        return self.words.label(f"form-{form}")

    def left(self, total: Total) -> str:
        """Return what is left, with its range."""
        sums = self.found.money(total)
        if sums["amount_unclaimed"] is None:
            return self.say("amount-unset")
        low = self.money(total.left)
        if total.unbounded_left:
            return self.words.label("at-least", low=low)
        high = self.money(total.left_high)
        return low if low == high else self.words.label("range", low=low, high=high)

    def forms(self, cents: Mapping[str, int]) -> str:
        """Return sums of several forms, which are never added up."""
        parts = (
            self.say("notice-form", form=self.form(form), amount=self.money(some))
            for form, some in cents.items()
        )
        return self.say("comma").join(parts)

    def signed(self, cents: int) -> str:
        """Return by how much a sum moved."""
        sign = "−" if cents < 0 else "+" if cents > 0 else ""
        return sign + self.money(abs(cents))

    def day(self, day: date) -> str:
        """Return a day as it is read."""
        return day_words(day, self.words.lang)
