"""Many firms: the domain in which values and truths are columns of one part.

What the interpreter makes of one firm it makes here of every row at once. A
flag that every row agrees on is a plain bool, so that what the data cannot show
costs no column; contexts share every column that their narrowings do not touch.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from policy_match.backends.columnar import calendar, products
from policy_match.backends.columnar import choices as ch
from policy_match.backends.columnar import flags as f
from policy_match.backends.columnar import numbers as n
from policy_match.backends.columnar.choices import Bits, Known, Options, Table
from policy_match.backends.columnar.flags import Flag, Verdict
from policy_match.backends.columnar.numbers import Num, Point, Span
from policy_match.domain.codes import look_up, under
from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice, Interval
from policy_match.errors import UnsupportedError
from policy_match.language.messages import said
from policy_match.semantics.interpreter import Interpreter
from policy_match.semantics.missing_facts import MissingFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_match.backends.columnar.layout import Source
    from policy_match.backends.columnar.shared_columns import Stages
    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.days import Unit
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Member, Number, Possible
    from policy_match.ir import terms as t
    from policy_match.ir.narrowing import Narrowing
    from policy_match.ir.program import Program

Value = Num | Options
_NUMBER = (Point, Span)


class Columns:
    """What is possible in each row of a part, and what can be done with it."""

    nothing: Value = n.NOTHING
    always: Flag = True
    never: Flag = False

    def __init__(self, source: Source, stages: Stages) -> None:
        """Read from a part, and keep what is used again among the stages."""
        self._source, self._stages = source, stages

    def read(self, spec: FactSpec) -> Value:
        """Return the columns of a fact, or what it may be in every row."""
        if spec.type.numeric or spec.type is FactType.LIST:
            return self._source.number(spec)
        return self._source.options(spec)

    def given(self, fact: str) -> Flag:
        """Return where something is known of a fact."""
        return self._source.given(fact)

    # ---- values

    def constant(self, value: Number) -> Value:
        """Return a number that is the same in every row."""
        return n.constant(Interval(value, value))

    def label(self, member: Member | None) -> Value:
        """Return a member, or absence, that is the same in every row."""
        return Bits({}, absent=True) if member is None else Bits({member: True})

    def boolean(self, truth: Verdict) -> Value:
        """Return the bool that a condition says."""
        return Known(truth)

    def arithmetic(self, sign: t.Sign, left: Value, right: Value) -> Value:
        """Return every result."""
        a, b = number(left), number(right)
        match sign:
            case "+":
                return n.add(a, b)
            case "-":
                return n.subtract(a, b)
            case "*":
                return products.multiply(self._stages, a, b)
            case "/":
                return products.divide(self._stages, a, b)

    def moved(self, of: Value, count: int, unit: Unit) -> Value:
        """Return every day so much later."""
        return calendar.moved(number(of), count, unit)

    def extreme(self, kind: t.ExtremeKind, left: Value, right: Value) -> Value:
        """Return every smallest, or largest."""
        return n.smallest_or_largest(kind, number(left), number(right))

    def brackets(self, of: Value, bands: tuple[t.Band, ...]) -> Value:
        """Return what a progressive schedule makes of a value."""
        return products.brackets(self._stages, number(of), bands)

    def mean(self, of: Value) -> Value:
        """Return the mean of a list, which is what its columns hold."""
        return of

    def lookup(self, of: Value, table: t.Lookup) -> Value:
        """Return the labels that a table gives each category."""
        return _table(of).each(lambda code: look_up(code, table.rows, table.system))

    def members(
        self, of: Value, among: Sequence[str], spec: FactSpec
    ) -> Iterator[tuple[str | None, Flag]]:
        """Yield each member with where it is possible; None for absence."""
        declared = _universe(spec)
        wide = ch.bits(choice(of), frozenset(among) if declared is None else declared)
        yield None, wide.absent
        for member, flag in wide.members.items():
            yield str(member), self._stages.flag(flag)

    def joined(self, candidates: Sequence[tuple[Flag, Value]]) -> Value:
        """Return what is possible where some candidates are, each where flagged."""
        live = [(flag, value) for flag, value in candidates if flag is not False]
        if len(live) == 1 and live[0][0] is True:
            return live[0][1]
        numbers = [(flag, x) for flag, x in live if isinstance(x, _NUMBER)]
        if len(numbers) == len(live):
            return self._joined_numbers(numbers)
        found = Bits({})
        for flag, value in live:
            wide = ch.bits(choice(value), None)
            found = ch.join(found, ch.where(wide, flag))
        return found

    def _joined_numbers(self, live: Iterable[tuple[Flag, Num]]) -> Span:
        found: Span | None = None
        for flag, value in live:
            one = self._stages.span(value).where(flag)
            found = one if found is None else n.join(found, one)
            found = self._stages.span(self._stages.number(found))
        return found or n.NOTHING

    def pick(self, flag: Flag, yes: Value, otherwise: Value, spec: FactSpec) -> Value:
        """Return `yes` where the flag is set, else `otherwise`."""
        flag = self._stages.flag(flag)
        if isinstance(yes, _NUMBER) and isinstance(otherwise, _NUMBER):
            return n.pick(flag, self._stages.span(yes), self._stages.span(otherwise))
        return ch.pick(flag, choice(yes), choice(otherwise), _universe(spec))

    def meet(self, value: Value, to: Possible, spec: FactSpec) -> Value:
        """Return what lies within `to` too, or the value where nothing does."""
        if isinstance(value, _NUMBER):
            return n.meet(value, to) if isinstance(to, Interval) else value
        return ch.meet(value, to, _universe(spec)) if isinstance(to, Choice) else value

    def unsettled(self, value: Value) -> Flag:
        """Return where more than one thing is possible."""
        if isinstance(value, _NUMBER):
            return value.unsettled()
        return f.no(ch.settled(value))

    def kept(self, value: Value) -> Value:
        """Return a value whose every part is a column or a constant."""
        stages = self._stages
        match value:
            case Point() | Span():
                return stages.number(value)
            case Known(truth=truth, absent=absent):
                return Known(stages.verdict(truth), absent)
            case Bits(members=members, absent=absent):
                flags = {member: stages.flag(flag) for member, flag in members.items()}
                return Bits(flags, stages.flag(absent))
            case Table(codes=codes, entries=entries, unknown=unknown):
                return Table(stages.keep(codes), entries, unknown)

    # ---- truths

    def fixed(self, holds: bool) -> Verdict:
        """Return what is so in every row."""
        return holds

    def contained(self, of: Value, members: frozenset[Member]) -> Verdict:
        """Return how `of in members` stands."""
        return ch.contained(choice(of), members)

    def under(self, of: Value, codes: frozenset[str], system: CodeSystem) -> Verdict:
        """Return how it stands that a code lies at or below some codes."""
        return _table(of).judged(lambda code: under(code, codes, system))

    def compare(self, operator: t.Comparison, left: Value, right: Value) -> Verdict:
        """Return how a comparison stands."""
        return n.compare(operator, number(left), number(right))

    def compare_quotient(
        self, operator: t.Comparison, left: Value, divisor: Value, right: Value
    ) -> Verdict | None:
        """Return how a share stands against a constant, multiplied out."""
        parts = (number(left), number(divisor), number(right))
        return products.share_against(operator, *parts)

    def is_absent(self, of: Value, spec: FactSpec) -> Verdict:
        """Return how it stands that there is no value; a list always has one."""
        if spec.type is FactType.LIST:
            return False
        if isinstance(of, _NUMBER):
            return n.is_absent(self._stages.span(of))
        return ch.is_absent(of)

    def all(self, parts: Iterable[Verdict]) -> Verdict:
        """Return the truth of `all`."""
        return f.all_of(*parts)

    def any(self, parts: Iterable[Verdict]) -> Verdict:
        """Return the truth of `any`."""
        return f.any_of(*parts)

    def negated(self, part: Verdict) -> Verdict:
        """Return the truth of `not`."""
        return f.negated(part)

    def kept_truth(self, truth: Verdict) -> Verdict:
        """Return a truth as a column, or as the constant it is."""
        return self._stages.verdict(truth)

    # ---- flags

    def perhaps(self, truth: Verdict) -> Flag:
        """Return where a condition may hold."""
        return f.perhaps(truth)

    def surely(self, truth: Verdict) -> Flag:
        """Return where a condition holds."""
        return f.surely(truth)

    def open(self, truth: Verdict) -> Flag:
        """Return where a condition is not settled."""
        return f.unsettled(truth)

    def both(self, a: Flag, b: Flag) -> Flag:
        """Return where both flags are set."""
        return f.both(a, b)

    def either(self, flags: Sequence[Flag]) -> Flag:
        """Return where one of the flags is set."""
        return f.either(*flags)

    def no(self, flag: Flag) -> Flag:
        """Return where a flag is not set."""
        return f.no(flag)

    def kept_flag(self, flag: Flag) -> Flag:
        """Return a flag as a column, or as the constant it is."""
        return self._stages.flag(flag)


class Translation(Interpreter[Value, Verdict, Flag]):
    """One part under one program: the interpreter in the domain of columns."""

    def __init__(
        self,
        program: Program,
        source: Source,
        stages: Stages,
        narrowings: Iterable[Narrowing] = (),
        base: Translation | None = None,
    ) -> None:
        """Translate nothing yet."""
        super().__init__(program, Columns(source, stages), narrowings, base)
        self._source, self._stages = source, stages

    def narrowed(self, narrowings: Sequence[Narrowing]) -> Translation:
        """Return the translation where conditions have narrowed some facts."""
        if not narrowings:
            return self
        return Translation(self.program, self._source, self._stages, narrowings, self)

    @cached_property
    def missing(self) -> MissingFacts[Value, Verdict, Flag]:
        """The facts on a path to what is not settled."""
        base = self.base.missing if isinstance(self.base, Translation) else None
        return MissingFacts(self, base)


def number(value: Value) -> Num:
    """Return a number; what is none has no value as one."""
    return value if isinstance(value, _NUMBER) else n.NOTHING


def choice(value: Value) -> Options:
    """Return options; a number without a value is absent, as for one firm."""
    return Bits({}, absent=True) if isinstance(value, _NUMBER) else value


def _table(value: Value) -> Table:
    if not isinstance(value, Table):
        raise UnsupportedError(said("derived-codes"))
    return value


def _universe(spec: FactSpec) -> frozenset[Member] | None:
    """Return the members a fact may have, None where they are not declared."""
    unknown = spec.unknown
    return unknown.members if isinstance(unknown, Choice) else None
