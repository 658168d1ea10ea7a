"""What an interpreter leaves open: what values, truths and flags are.

A *value* is what is possible of a fact or a formula, a *truth* how a condition
stands, a *flag* where something is so. For one firm these are intervals and
choices, Kleene's three truths, and yes or no; for a register they are columns;
for a solver they would be terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.days import Unit
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Member, Number, Possible
    from policy_match.ir.terms import Band, Comparison, ExtremeKind, Lookup, Sign

V = TypeVar("V")
T = TypeVar("T")
F = TypeVar("F")


class Domain(Protocol[V, T, F]):
    """Values, truths and flags, and what can be done with them.

    Every operation is right for all that is possible at once. What the
    operations mean is contract section 1, for one firm `domain/possible.py`.
    """

    nothing: V
    """No value at all."""
    always: F
    never: F

    # ---- what is known of a firm

    def read(self, spec: FactSpec) -> V:
        """Return what is given of a fact, else all that it may be."""

    def given(self, fact: str) -> F:
        """Return where a fact is given."""

    # ---- values

    def constant(self, value: Number) -> V:
        """Return one number."""

    def label(self, member: Member | None) -> V:
        """Return one member of an enum, or a bool; absence where it is None."""

    def boolean(self, truth: T) -> V:
        """Return the bool that a condition says."""

    def arithmetic(self, sign: Sign, left: V, right: V) -> V:
        """Return every sum, difference, product or quotient."""

    def moved(self, of: V, count: int, unit: Unit) -> V:
        """Return every day so many months or days later."""

    def extreme(self, kind: ExtremeKind, left: V, right: V) -> V:
        """Return every smallest, or largest."""

    def brackets(self, of: V, bands: tuple[Band, ...]) -> V:
        """Return what a progressive schedule makes of a value."""

    def mean(self, of: V) -> V:
        """Return the mean of a list."""

    def lookup(self, of: V, table: Lookup) -> V:
        """Return the labels that a table gives a code."""

    def members(
        self, of: V, among: Sequence[str], spec: FactSpec
    ) -> Iterable[tuple[str | None, F]]:
        """Yield each member of an enum with where it is possible; None for absence."""

    def joined(self, candidates: Sequence[tuple[F, V]]) -> V:
        """Return what is possible where some values are, each where flagged."""

    def pick(self, flag: F, yes: V, otherwise: V, spec: FactSpec) -> V:
        """Return `yes` where the flag is set, else `otherwise`."""

    def meet(self, value: V, to: Possible, spec: FactSpec) -> V:
        """Return what lies within `to` too, or the value where nothing does."""

    def unsettled(self, value: V) -> F:
        """Return where more than one thing is possible."""

    def kept(self, value: V) -> V:
        """Return a value that may be used again and again."""

    # ---- truths

    def fixed(self, holds: bool) -> T:
        """Return the truth of what the day alone decides."""

    def contained(self, of: V, members: frozenset[Member]) -> T:
        """Return how `of in members` stands."""

    def under(self, of: V, codes: frozenset[str], system: CodeSystem) -> T:
        """Return how it stands that a code lies at or below some codes."""

    def compare(self, operator: Comparison, left: V, right: V) -> T:
        """Return how a comparison stands."""

    def compare_quotient(
        self, operator: Comparison, left: V, divisor: V, right: V
    ) -> T | None:
        """Return how `left / divisor operator right` stands, without dividing.

        None where the domain knows no better than to divide.
        """

    def is_absent(self, of: V, spec: FactSpec) -> T:
        """Return how it stands that there is no value."""

    def all(self, parts: Iterable[T]) -> T:
        """Return the truth of `all`."""

    def any(self, parts: Iterable[T]) -> T:
        """Return the truth of `any`."""

    def negated(self, part: T) -> T:
        """Return the truth of `not`."""

    def kept_truth(self, truth: T) -> T:
        """Return a truth that may be used again and again."""

    # ---- flags

    def perhaps(self, truth: T) -> F:
        """Return where a condition may hold."""

    def surely(self, truth: T) -> F:
        """Return where a condition holds."""

    def open(self, truth: T) -> F:
        """Return where a condition is not settled."""

    def both(self, a: F, b: F) -> F:
        """Return where both flags are set."""

    def either(self, flags: Sequence[F]) -> F:
        """Return where one of the flags is set."""

    def no(self, flag: F) -> F:
        """Return where a flag is not set."""

    def kept_flag(self, flag: F) -> F:
        """Return a flag that may be used again and again."""
