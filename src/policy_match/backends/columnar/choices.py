"""Enums, bools, codes and texts in columns: which members are still possible.

A `Table` is a column of categories, judged once a category in plain Python;
so a coarse code is right by construction. A `Known` is a bool, null where it
is not known. `Bits` has a flag a member, for what is derived.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar.flags import (
    Flag,
    Verdict,
    any_of,
    both,
    chosen,
    either,
    negated,
    no,
    of_truth,
    perhaps,
    surely,
    unsettled,
    verdict,
)
from policy_match.domain import possible as p
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth
from policy_match.errors import UnsupportedError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policy_match.domain.possible import Choice, Member


@dataclass(frozen=True, eq=False)
class Table:
    """Category `codes`, what each stands for, and what a null stands for."""

    codes: pl.Expr
    entries: tuple[Choice, ...]
    unknown: Choice

    def judged(self, judge: Callable[[Choice], Truth]) -> Verdict:
        """Return the verdict that `judge` gives of each category."""
        truths = [judge(entry) for entry in self.entries]
        null = of_truth(judge(self.unknown))
        if all(of_truth(truth) is null for truth in truths):
            return null
        open_ = [code for code, truth in enumerate(truths) if truth is UNKNOWN]
        true = [code for code, truth in enumerate(truths) if truth is TRUE]
        found = self._among(true)
        if open_:
            among = self._among(open_).fill_null(value=False)
            found = pl.when(~among).then(found)
        if null is None:
            return found
        known = self.codes.is_not_null()
        return any_of(found & known, ~known) if null else found & known

    def flagged(self, test: Callable[[Choice], bool]) -> Flag:
        """Return where `test` holds of what is possible."""
        found = self.judged(lambda choice: TRUE if test(choice) else FALSE)
        return surely(found)

    def mentioned(self) -> frozenset[Member]:
        """Return every member that some category allows."""
        found: set[Member] = set()
        for choice in (*self.entries, self.unknown):
            if choice.members is None:
                raise UnsupportedError(said("any-text"))
            found |= choice.members
        return frozenset(found)

    def _among(self, codes: list[int]) -> pl.Expr:
        if len(codes) == 1:
            return self.codes == codes[0]
        if codes and len(codes) == codes[-1] - codes[0] + 1:
            return (self.codes >= codes[0]) & (self.codes <= codes[-1])
        return self.codes.is_in(codes)

    def each(self, change: Callable[[Choice], Choice]) -> Table:
        """Return the table with every entry changed."""
        entries = tuple(map(change, self.entries))
        return Table(self.codes, entries, change(self.unknown))


@dataclass(frozen=True, eq=False)
class Known:
    """A bool; where it is null it may be either, and absent if `absent`."""

    truth: Verdict
    absent: bool = False


@dataclass(frozen=True, eq=False)
class Bits:
    """A flag a member that is possible; a member without a flag is not."""

    members: Mapping[Member, Flag]
    absent: Flag = False


Options = Table | Known | Bits
_YES: frozenset[Member] = frozenset((True,))
_NO: frozenset[Member] = frozenset((False,))


def bits(options: Options, universe: frozenset[Member] | None) -> Bits:
    """Return a flag a member of `universe`, or of what the column mentions.

    Raises UnsupportedError where any text at all is possible.
    """
    match options:
        case Bits():
            return options
        case Known(truth=truth, absent=absent):
            true, false = perhaps(truth), perhaps(negated(truth))
            null = unsettled(truth) if absent else False
            return Bits({True: true, False: false}, null)
        case Table():
            members = options.mentioned() if universe is None else universe
            flags = {m: options.flagged(_allows(m)) for m in sorted(members, key=str)}
            return Bits(flags, options.flagged(lambda choice: choice.absent))


def _allows(member: Member) -> Callable[[Choice], bool]:
    return lambda choice: choice.members is None or member in choice.members


def contained(options: Options, members: frozenset[Member]) -> Verdict:
    """Return how `value in members` stands; absence is in nothing."""
    match options:
        case Table():
            return options.judged(lambda choice: p.contained(choice, members))
        case Known(truth=truth):
            if members == {True}:
                return truth
            if members == {False}:
                return negated(truth)
            return contained(bits(options, None), members)
        case Bits(members=flags, absent=absent):
            inside = either(*(f for m, f in flags.items() if m in members))
            outside = either(absent, *(f for m, f in flags.items() if m not in members))
            return verdict(both(inside, no(outside)), no(inside))


def is_absent(options: Options) -> Verdict:
    """Return how `value = none` stands."""
    match options:
        case Table():
            return options.judged(p.is_absent)
        case Known(truth=truth, absent=absent):
            if not absent:
                return False
            return verdict(False, no(unsettled(truth)))  # noqa: FBT003
        case Bits(members=flags, absent=absent):
            some = either(*flags.values())
            return verdict(both(absent, no(some)), no(absent))


def settled(options: Options) -> Flag:
    """Return where just one thing is possible."""
    match options:
        case Table():
            return options.flagged(lambda choice: choice.settled)
        case Known(truth=truth):
            return no(unsettled(truth))
        case Bits(members=flags, absent=absent):
            return _one_of([*flags.values(), absent])


def _one_of(flags: list[Flag]) -> Flag:
    some: Flag = False
    several: Flag = False
    for flag in flags:
        several = either(several, both(some, flag))
        some = either(some, flag)
    return both(some, no(several))


def meet(
    options: Options, limit: Choice, universe: frozenset[Member] | None
) -> Options:
    """Return what `limit` allows too, or everything where that is nothing."""
    match options:
        case Table():
            return options.each(lambda choice: _met(choice, limit))
        case Known(truth=truth) if limit.members == _YES and not limit.absent:
            return Known(perhaps(truth))
        case Known(truth=truth) if limit.members == _NO and not limit.absent:
            return Known(surely(truth))
        case _:
            wide = bits(options, universe)
    allowed = limit.members
    flags = {m: f for m, f in wide.members.items() if allowed is None or m in allowed}
    absent = both(wide.absent, limit.absent)
    fits = either(absent, *flags.values())
    kept = {
        m: either(flags.get(m, False), both(no(fits), f))
        for m, f in wide.members.items()
    }
    return Bits(kept, either(absent, both(no(fits), wide.absent)))


def _met(choice: Choice, limit: Choice) -> Choice:
    found = p.meet(choice, limit)
    return found if isinstance(found, p.Choice) else choice


def where(options: Bits, flag: Flag) -> Bits:
    """Return the members as candidates only where `flag` is set."""
    flags = {member: both(f, flag) for member, f in options.members.items()}
    return Bits(flags, both(options.absent, flag))


def join(a: Bits, b: Bits) -> Bits:
    """Return what is possible where either is."""
    members = dict.fromkeys((*a.members, *b.members))
    flags = {
        m: either(a.members.get(m, False), b.members.get(m, False)) for m in members
    }
    return Bits(flags, either(a.absent, b.absent))


def pick(
    flag: Flag, yes: Options, otherwise: Options, universe: frozenset[Member] | None
) -> Options:
    """Return `yes` where `flag` is set, else `otherwise`."""
    if isinstance(flag, bool):
        return yes if flag else otherwise
    if isinstance(yes, Known) and isinstance(otherwise, Known) and not yes.absent:
        return _known(flag, yes, otherwise)
    return join(
        where(bits(yes, universe), flag), where(bits(otherwise, universe), no(flag))
    )


def _known(flag: Flag, yes: Known, otherwise: Known) -> Options:
    true = chosen(flag, surely(yes.truth), surely(otherwise.truth))
    false = chosen(flag, surely(negated(yes.truth)), surely(negated(otherwise.truth)))
    return Known(verdict(true, false), otherwise.absent)
