"""The reference evaluator in columns: `Evaluation`, a part at a time.

Method by method what `policy_match.semantics.one_firm` does for one firm. Contexts
share every column that their narrowings do not touch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from policy_match.backends.columnar import choices as ch
from policy_match.backends.columnar import numbers as n
from policy_match.backends.columnar import products
from policy_match.backends.columnar.choices import Bits, Known, Options, Table
from policy_match.backends.columnar.flags import (
    Flag,
    Verdict,
    all_of,
    any_of,
    both,
    negated,
    no,
    perhaps,
    surely,
)
from policy_match.backends.columnar.numbers import Num, Point, Span
from policy_match.domain.codes import look_up, under
from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice, Interval
from policy_match.errors import UnsupportedError
from policy_match.ir.analysis import dependences
from policy_match.ir.terms import (
    Absent,
    All,
    AnyOf,
    Arithmetic,
    Between,
    Brackets,
    Case,
    Cases,
    Compare,
    Const,
    Extreme,
    FactRef,
    Fixed,
    Holds,
    Label,
    Leaf,
    Lookup,
    Mean,
    Not,
    Switch,
    Under,
    Unset,
    Within,
)
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_match.backends.columnar.checked_integers import Operator
    from policy_match.backends.columnar.layout import Source
    from policy_match.backends.columnar.shared_columns import Stages
    from policy_match.domain import possible as p
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Member
    from policy_match.ir.narrowing import Narrowing
    from policy_match.ir.program import Program
    from policy_match.ir.terms import Condition, Expression, Test

Value = Num | Options
_NUMBER = (Point, Span)


class Translation:
    """One part under one program: values and verdicts, each a column once."""

    def __init__(
        self,
        program: Program,
        source: Source,
        stages: Stages,
        narrowings: tuple[Narrowing, ...] = (),
        base: Translation | None = None,
    ) -> None:
        """Translate nothing yet."""
        self.program = program
        self._rests = dependences(program)
        self.source = source
        self.stages = stages
        self._base = base
        self._narrowed: dict[str, list[Narrowing]] = {}
        for narrowing in narrowings:
            self._narrowed.setdefault(narrowing.fact, []).append(narrowing)
        self._touched = self._rests.among(self._narrowed)
        self._facts: dict[str, Value] = {}
        self._verdicts: dict[Condition | Test, Verdict] = {}
        self._values: dict[Expression, Value] = {}

    def narrowed(self, narrowings: tuple[Narrowing, ...]) -> Translation:
        """Return the translation where conditions have narrowed some facts."""
        if not narrowings:
            return self
        return Translation(self.program, self.source, self.stages, narrowings, self)

    def shared(self, thing: Condition | Expression | str) -> Translation | None:
        """Return the translation that says the same of `thing`, if another does."""
        return None if self._touched & self._rests.of(thing) else self._base

    # ---- facts

    def value(self, fact: str) -> Value:
        """Return what is possible of a fact, given or derived."""
        found = self._facts.get(fact)
        if found is None:
            base = self.shared(fact)
            found = base.value(fact) if base else self._kept(self._value(fact))
            self._facts[fact] = found
        return found

    def _value(self, fact: str) -> Value:
        spec = self.program.facts[fact]
        found = self._own(fact, spec)
        for narrowing in self._narrowed.get(fact, ()):
            limited = self._met(found, narrowing.to, spec)
            hidden = [self.source.given(f) for f in narrowing.unless_given]
            for flag in hidden:
                limited = self._pick(flag, found, limited, spec)
            found = self._kept(limited)
        return found

    def _own(self, fact: str, spec: FactSpec) -> Value:
        derived = fact in self.program.definitions
        if not derived:
            return self._read(spec)
        if not self.source.mentions(fact):
            return self._derived(fact)
        given = self.source.given(fact)
        return self._pick(given, self._read(spec), self._derived(fact), spec)

    def _read(self, spec: FactSpec) -> Value:
        if spec.type.numeric or spec.type is FactType.LIST:
            return self.source.number(spec)
        return self.source.options(spec)

    def _derived(self, fact: str) -> Value:
        definition = self.program.definitions[fact]
        if definition.condition is not None:
            return Known(self.truth(definition.condition))
        assert definition.body is not None  # noqa: S101  # INVARIANT: one of the two
        return self.evaluate(definition.body)

    def _met(self, value: Value, to: p.Possible, spec: FactSpec) -> Value:
        if isinstance(value, _NUMBER):
            return n.meet(value, to) if isinstance(to, Interval) else value
        if isinstance(to, Choice):
            return ch.meet(value, to, universe(spec))
        return value

    def _pick(self, flag: Flag, yes: Value, otherwise: Value, spec: FactSpec) -> Value:
        flag = self.stages.flag(flag)
        if isinstance(yes, _NUMBER) and isinstance(otherwise, _NUMBER):
            return n.pick(flag, self.stages.span(yes), self.stages.span(otherwise))
        one, other = self._options(yes), self._options(otherwise)
        return ch.pick(flag, one, other, universe(spec))

    def _options(self, value: Value) -> Options:
        """Return options; a number without a value is absent, as in the reference."""
        if isinstance(value, _NUMBER):
            return Bits({}, absent=True)
        return value

    def _kept(self, value: Value) -> Value:
        match value:
            case Point() | Span():
                return self.stages.number(value)
            case Known(truth=truth, absent=absent):
                return Known(self.stages.verdict(truth), absent)
            case Bits(members=members, absent=absent):
                flags = {m: self.stages.flag(f) for m, f in members.items()}
                return Bits(flags, self.stages.flag(absent))
            case Table(codes=codes, entries=entries, unknown=unknown):
                return Table(self.stages.keep(codes), entries, unknown)

    # ---- conditions

    def truth(self, condition: Condition) -> Verdict:
        """Return how a condition stands (strong Kleene)."""
        key: Condition | Test = condition
        if isinstance(condition, Leaf):
            key = condition.test
        if key not in self._verdicts:
            base = self.shared(condition)
            found = base.truth(condition) if base else self._truth(condition)
            self._verdicts[key] = self.stages.verdict(found)
        return self._verdicts[key]

    def _truth(self, condition: Condition) -> Verdict:
        match condition:
            case Leaf(test=test):
                return self._test(test)
            case All(of=parts):
                return all_of(*map(self.truth, parts))
            case AnyOf(of=parts):
                return any_of(*map(self.truth, parts))
            case Not(of=part):
                return negated(self.truth(part))
            case _ as never:
                assert_never(never)

    def _test(self, test: Test) -> Verdict:
        match test:
            case Holds(fact=fact, members=members):
                return ch.contained(self.choice(fact), members)
            case Compare(operator=operator, left=left, right=right):
                return self._compare(operator, left, right)
            case Under(fact=fact, codes=codes, system=system):
                return self._table(fact).judged(lambda c: under(c, codes, system))
            case Within(of=of, low=low, high=high):
                value = self.number(of)
                above = n.compare(">=", value, self.number(low))
                return all_of(above, n.compare("<=", value, self.number(high)))
            case Absent(fact=fact):
                return self._absent(self.value(fact), self.program.facts[fact])
            case Fixed(holds=holds):
                return holds
            case _ as never:
                assert_never(never)

    def _compare(
        self, operator: Operator, left: Expression, right: Expression
    ) -> Verdict:
        if isinstance(left, Arithmetic) and left.operator == "/":
            parts = (left.left, left.right, right)
            found = products.share_against(operator, *map(self.number, parts))
            if found is not None:
                return found
        a, b = self.number(left), self.number(right)
        return n.compare(operator, a, b)

    def _absent(self, value: Value, spec: FactSpec) -> Verdict:
        if spec.type is FactType.LIST:
            return False
        if isinstance(value, _NUMBER):
            return n.is_absent(self.stages.span(value))
        return ch.is_absent(value)

    def _table(self, fact: str) -> Table:
        value = self.value(fact)
        if not isinstance(value, Table):
            raise UnsupportedError(said("derived-codes", fact=fact))
        return value

    # ---- formulas

    def number(self, expression: Expression) -> Num:
        """Return what is possible of a formula that denotes a number."""
        value = self.evaluate(expression)
        return value if isinstance(value, _NUMBER) else n.NOTHING

    def evaluate(self, expression: Expression) -> Value:
        """Return what is possible of a formula."""
        found = self._values.get(expression)
        if found is None:
            base = self.shared(expression)
            found = base.evaluate(expression) if base else self._formula(expression)
            found = self._values[expression] = self._kept(found)
        return found

    def _formula(self, expression: Expression) -> Value:  # noqa: PLR0911
        match expression:
            case Const(value=value):
                return n.constant(Interval(value, value))
            case FactRef(fact=fact) | Mean(fact=fact):
                return self.value(fact)
            case Arithmetic():
                return self._arithmetic(expression)
            case Extreme(kind=kind, of=parts):
                first, *rest = map(self.number, parts)
                for part in rest:
                    found = n.smallest_or_largest(kind, first, part)
                    first = self.stages.number(found)
                return first
            case Brackets(of=of, bands=bands):
                return products.brackets(self.stages, self.number(of), bands)
            case Between(low=low, high=high):
                span = self.stages.span
                return n.join(span(self.number(low)), span(self.number(high)))
            case Cases(branches=branches):
                return self._first(branches)
            case Switch(fact=fact, arms=arms):
                return self._switch(fact, dict(arms))
            case Lookup(fact=fact, rows=rows, system=system):
                return self._table(fact).each(lambda c: look_up(c, rows, system))
            case Label(member=member):
                return Bits({member: True})
            case Unset():
                return n.NOTHING
            case _ as never:
                assert_never(never)

    def _arithmetic(self, node: Arithmetic) -> Num:
        a, b = self.number(node.left), self.number(node.right)
        match node.operator:
            case "+":
                return n.add(a, b)
            case "-":
                return n.subtract(a, b)
            case "*":
                return products.multiply(self.stages, a, b)
            case "/":
                return products.divide(self.stages, a, b)

    def choice(self, fact: str) -> Options:
        """Return what is possible of a fact that is no number."""
        return self._options(self.value(fact))

    def _first(self, branches: Iterable[Case]) -> Value:
        candidates: list[tuple[Flag, Value]] = []
        reach: Flag = True
        for branch in branches:
            guard = True if branch.guard is None else self.truth(branch.guard)
            taken = self.stages.flag(both(reach, perhaps(guard)))
            if taken is not False:
                candidates.append((taken, self.evaluate(branch.value)))
            reach = self.stages.flag(both(reach, no(surely(guard))))
        return self.joined([*candidates, (reach, n.NOTHING)])

    def _switch(self, fact: str, arms: Mapping[str, Expression]) -> Value:
        on = self.choice(fact)
        members: Iterable[Member] = arms
        declared = universe(self.program.facts[fact])
        if declared is not None:
            members = sorted(declared, key=str)
        wide = ch.bits(on, frozenset(members))
        candidates: list[tuple[Flag, Value]] = [(wide.absent, n.NOTHING)]
        for member, flag in wide.members.items():
            arm = arms.get(str(member))
            value = n.NOTHING if arm is None else self.evaluate(arm)
            candidates.append((self.stages.flag(flag), value))
        return self.joined(candidates)

    def joined(self, candidates: list[tuple[Flag, Value]]) -> Value:
        """Return what is possible where some candidates are, each where flagged."""
        live = [(flag, value) for flag, value in candidates if flag is not False]
        if len(live) == 1 and live[0][0] is True:
            return live[0][1]
        if all(isinstance(value, _NUMBER) for _, value in live):
            return self._joined_numbers(live)
        found = Bits({})
        for flag, value in live:
            wide = ch.bits(self._options(value), None)
            found = ch.join(found, ch.where(wide, flag))
        return found

    def _joined_numbers(self, live: Iterable[tuple[Flag, Value]]) -> Span:
        found: Span | None = None
        for flag, value in live:
            one = self.stages.span(value).where(flag)  # type: ignore[arg-type]
            found = one if found is None else n.join(found, one)
            found = self.stages.span(self.stages.number(found))
        return found or n.NOTHING


def universe(spec: FactSpec) -> frozenset[Member] | None:
    """Return the members a fact may have, None where they are not declared."""
    unknown = spec.unknown
    return unknown.members if isinstance(unknown, Choice) else None
