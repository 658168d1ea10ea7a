"""Facts: what a rulebook asks about a firm, and what is known of one firm."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.frozen import dataclass
from policy_match.domain.possible import (
    Choice,
    Interval,
    Listing,
    Number,
    Possible,
    one,
)
from policy_match.domain.texts import NO_TEXT, Citation, Text
from policy_match.domain.wording import NO_WORDING, Wording

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from policy_match.domain.possible import Member


class FactType(StrEnum):
    """The kinds of value a fact may have."""

    BOOL = "bool"
    INT = "int"
    NUMBER = "number"
    MONEY = "money"
    """In the rulebook's currency, whole units (yuan)."""
    RATIO = "ratio"
    DATE = "date"
    ENUM = "enum"
    CODE = "code"
    """A hierarchical code; a coarse code means every code below it."""
    TEXT = "text"
    LIST = "list"
    """Pairs of numbers, the start and the end of each quarter operated."""

    @property
    def numeric(self) -> bool:
        """Whether values are intervals of numbers (dates are, as ordinals)."""
        return self in _NUMERIC

    @property
    def step(self) -> Fraction:
        """The smallest step that is told of a number of this type."""
        return _STEPS.get(self, Fraction(1))


_NUMERIC = frozenset(
    {FactType.INT, FactType.NUMBER, FactType.MONEY, FactType.RATIO, FactType.DATE}
)
_STEPS = {
    FactType.MONEY: Fraction(1, 100),
    FactType.NUMBER: Fraction(1, 100),
    FactType.RATIO: Fraction(1, 10_000),
}


class Settler(StrEnum):
    """Who can settle a fact."""

    FIRM = "firm"
    REGISTER = "register"
    """A department's data."""
    OFFICER = "officer"
    """A determination: what the text leaves to judgement."""


class Change(StrEnum):
    """In which direction a firm can move a fact."""

    NO = "no"
    UP = "up"
    DOWN = "down"
    EITHER = "either"
    LATER = "later"


class Nature(StrEnum):
    """What a fact is about, as the rulebook marks it."""

    STATUS = "status"
    """What the firm is, or how it is registered."""
    FIGURE = "figure"
    """A number on some paper."""
    EVENT = "event"
    """Something that happened, or did not."""
    WISH = "wish"
    """What the firm would like; no register can hold it."""


@dataclass(frozen=True)
class FactSpec:
    """One fact of the vocabulary: its meaning, its bounds and who settles it."""

    id: str
    type: FactType
    title: Text
    asks: Text = NO_TEXT
    definition: Text = NO_TEXT
    unit: Text = NO_TEXT
    low: Number = -inf
    high: Number = inf
    may_be_none: bool = False
    members: Mapping[str, Text] = field(default_factory=dict)
    settled_by: Settler = Settler.FIRM
    changeable: Change = Change.NO
    lasting: tuple[str, ...] = ()
    """Members that a firm neither takes up nor gives up, though it may move others."""
    elected: bool = False
    """Whether the law leaves it to the firm to choose the value."""
    event: bool = False
    format: str = ""
    system: str = ""
    aliases: tuple[str, ...] = ()
    cite: tuple[Citation, ...] = ()
    derived: bool = False
    wording: Wording = field(default=NO_WORDING, compare=False)
    """What else its values are called."""
    nature: Nature | None = None
    theme: str = ""
    paper: str = ""
    """The paper on which it stands: what stands on one is asked for together."""
    seldom: bool = False
    """Whether most firms have none of it: they answer no, none or 0."""
    asked: bool = False
    """Whether a derived fact may be asked for in place of the facts below it."""

    @property
    def ticked(self) -> bool:
        """Whether it is asked for by a mark in a list that most firms leave empty."""
        about = self.nature is Nature.WISH or self.seldom
        return about and self.settled_by is not Settler.OFFICER and self.may_lack

    @property
    def may_lack(self) -> bool:
        """Whether no, none or 0 is an answer."""
        if self.type.numeric and self.type is not FactType.DATE:
            return self.low <= 0 <= self.high
        return self.type is FactType.BOOL or self.may_be_none

    @cached_property
    def some(self) -> Possible:
        """What is known where there is some of it, and not how much, or when."""
        if not self.type.numeric:
            return one(True)  # noqa: FBT003  (yes)
        if self.type is FactType.DATE:
            return Interval(self.low, self.high)
        return Interval(max(self.low, self.type.step), self.high)

    def may_become(self, held: Collection[Member], member: Member) -> bool:
        """Return whether a firm that has one of `held` can come to have a member.

        Up and down are by the order in which members are declared, false before true;
        `lasting` ones are neither left nor taken up.
        """
        members: tuple[Member, ...] = tuple(self.members)
        order = (False, True) if self.type is FactType.BOOL else members
        left = [one for one in held if one in order and one not in self.lasting]
        if member not in order or member in self.lasting or not left:
            return False
        place, places = order.index(member), [order.index(one) for one in left]
        if self.changeable in {Change.EITHER, Change.LATER}:
            return True
        rises = all(place >= other for other in places)
        falls = all(place <= other for other in places)
        up, down = self.changeable is Change.UP, self.changeable is Change.DOWN
        return (up and rises) or (down and falls)

    @property
    def options(self) -> tuple[str | bool, ...]:
        """What a firm may choose of a fact that is elected, in the order declared."""
        return (True, False) if self.type is FactType.BOOL else tuple(self.members)

    @cached_property
    def unknown(self) -> Possible:
        """Everything the fact may be while nothing is known of it."""
        if self.type is FactType.LIST:
            return Listing(None)
        if self.type.numeric:
            absent = self.may_be_none and self.type is FactType.DATE
            return Interval(self.low, self.high, absent)
        if self.type is FactType.BOOL:
            return Choice(frozenset((True, False)), self.may_be_none)
        if self.type is FactType.ENUM:
            return Choice(frozenset(self.members), self.may_be_none)
        return Choice(None, self.may_be_none)


class Determination(NamedTuple):
    """What an officer has determined of a firm: who, when, on what ground."""

    fact: str
    value: Possible
    by: str
    on: date
    ground: str
    until: date | None = None
    """The last day on which it counts; None where it does not expire."""
    withdrawn_on: date | None = None

    def counts_on(self, day: date) -> bool:
        """Return whether it settles the fact on a day."""
        expired = self.until is not None and day > self.until
        withdrawn = self.withdrawn_on is not None and day >= self.withdrawn_on
        return self.on <= day and not expired and not withdrawn


@dataclass(frozen=True)
class Facts:
    """What is known of one firm: fact id to what is possible.

    `day` is the day the facts describe; `determinations` say who settled what the
    law leaves to judgement, those that count on the day and those that do not;
    `unknown` are the facts that the firm has said it does not know. A fact that is
    not in `given` is not known at all, which is never zero, never false and never a
    pass.
    """

    given: Mapping[str, Possible]
    day: date | None = None
    origin: str = ""
    determinations: tuple[Determination, ...] = ()
    unknown: frozenset[str] = frozenset()

    def settled(self, fact: str) -> bool:
        """Whether `fact` was given as one value."""
        value = self.given.get(fact)
        return value is not None and value.settled
