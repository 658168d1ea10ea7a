"""What a program means, once: the interpreter, over any domain of values.

The only recursion over conditions and formulas. A condition is true when it
holds for all that is possible, false when for none, else unknown (contract,
section 1). What a domain's values are, `semantics/domains.py` leaves open;
`semantics/one_firm.py` is the domain of one firm.

Definitions are followed along their order, never one within the other: so a
derived fact is found once, and a chain of them may be as long as it likes.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Generic, assert_never

from policy_match.ir import terms as t
from policy_match.ir.analysis import dependences
from policy_match.ir.gathering import difference, gathered
from policy_match.ir.tightening import branches
from policy_match.ir.traversal import unset_in
from policy_match.semantics.domains import Domain, F, T, V

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.ir.bends import Piece
    from policy_match.ir.gathering import Gathered
    from policy_match.ir.narrowing import Narrowing
    from policy_match.ir.program import Policy, Program
    from policy_match.ir.tightening import Branch
    from policy_match.ir.traversal import Node


class Interpreter(Generic[V, T, F]):
    """Values and truths of one program in one domain, each found once.

    What is given wins over any definition. `base` is what this one is narrowed
    from, or differs from in facts that are `moved`: it says whatever neither touches.
    """

    def __init__(
        self,
        program: Program,
        domain: Domain[V, T, F],
        narrowings: Iterable[Narrowing] = (),
        base: Interpreter[V, T, F] | None = None,
        moved: Iterable[str] = (),
    ) -> None:
        """Evaluate nothing yet."""
        self.program = program
        self.domain = domain
        self.base = base
        self._rests = dependences(program)
        self._narrowed: dict[str, list[Narrowing]] = {}
        for narrowing in narrowings:
            self._narrowed.setdefault(narrowing.fact, []).append(narrowing)
        self._touched = self._rests.among((*self._narrowed, *moved))
        self._facts: dict[str, V] = {}
        self._truths: dict[t.Condition | t.Test, T] = {}
        self._values: dict[t.Expression, V] = {}
        self._worths: dict[str, tuple[V, F]] = {}

    def shared(self, thing: Node | str) -> bool:
        """Return whether the base says the same of a node, or a fact."""
        return self.base is not None and not self._touched & self._rests.of(thing)

    # ---- facts

    def value(self, fact: str) -> V:
        """Return what is possible of a fact, given or derived."""
        if fact not in self._facts:
            self._settle(fact)
        return self._facts[fact]

    def _settle(self, fact: str) -> None:
        """Find a fact after all that it rests on, the deepest first."""
        pending = [fact]
        while pending:
            name = pending[-1]
            below = [f for f in self._beneath(name) if f not in self._facts]
            if below and name not in self._facts:
                pending += below
                continue
            pending.pop()
            if name not in self._facts:
                self._facts[name] = self._value(name)

    def _beneath(self, fact: str) -> tuple[str, ...]:
        """Return the derived facts that must be found before a fact."""
        if self.shared(fact) or self.domain.given(fact) is True:
            return ()
        return self._rests.derived_in(fact)

    def _value(self, fact: str) -> V:
        if self.base is not None and self.shared(fact):
            return self.base.value(fact)
        domain, spec = self.domain, self.program.facts[fact]
        found = domain.kept(self._own(fact, spec))
        for narrowing in self._narrowed.get(fact, ()):
            limited = domain.meet(found, narrowing.to, spec)
            for hiding in narrowing.unless_given:
                limited = domain.pick(domain.given(hiding), found, limited, spec)
            found = domain.kept(limited)
        return found

    def _own(self, fact: str, spec: FactSpec) -> V:
        domain = self.domain
        given = domain.given(fact)
        if given is True or fact not in self.program.definitions:
            return domain.read(spec)
        derived = self.derived(fact)
        if given is False:
            return derived
        return domain.pick(given, domain.read(spec), derived, spec)

    def derived(self, fact: str) -> V:
        """Return what a derived fact's definition says, whatever is given of it."""
        definition = self.program.definitions[fact]
        if definition.condition is not None:
            return self.domain.boolean(self.truth(definition.condition))
        assert definition.body is not None  # noqa: S101  # INVARIANT: one of the two
        return self.evaluate(definition.body)

    # ---- conditions

    def truth(self, condition: t.Condition) -> T:
        """Return how a condition stands (strong Kleene)."""
        key = condition.test if isinstance(condition, t.Leaf) else condition
        found = self._truths.get(key)
        if found is None:
            if self.base is not None and self.shared(condition):
                found = self.base.truth(condition)
            else:
                found = self.domain.kept_truth(self._judge(condition))
            self._truths[key] = found
        return found

    def _judge(self, condition: t.Condition) -> T:
        match condition:
            case t.Leaf(test=test):
                return self._test(test)
            case t.All(of=parts):
                return self.domain.all(map(self.truth, parts))
            case t.AnyOf(of=parts):
                return self.domain.any(map(self.truth, parts))
            case t.Not(of=part):
                return self.domain.negated(self.truth(part))
            case _ as never:
                assert_never(never)

    def _test(self, test: t.Test) -> T:
        domain = self.domain
        match test:
            case t.Holds(fact=fact, members=members):
                return domain.contained(self.value(fact), members)
            case t.Compare():
                return self._compare(test)
            case t.Under(fact=fact, codes=codes, system=system):
                return domain.under(self.value(fact), codes, system)
            case t.Within(of=of, low=low, high=high):
                value = self.evaluate(of)
                above = domain.compare(">=", value, self.evaluate(low))
                below = domain.compare("<=", value, self.evaluate(high))
                return domain.all((above, below))
            case t.Absent(fact=fact):
                return domain.is_absent(self.value(fact), self.program.facts[fact])
            case t.Fixed(holds=holds):
                return domain.fixed(holds)
            case _ as never:
                assert_never(never)

    def _compare(self, test: t.Compare) -> T:
        operator, left = test.operator, test.left
        if isinstance(left, t.Arithmetic) and left.operator == "/":
            a, b = self.evaluate(left.left), self.evaluate(left.right)
            right = self.evaluate(test.right)
            found = self.domain.compare_quotient(operator, a, b, right)
            if found is not None:
                return found
        return self.domain.compare(operator, *self.sides(test))

    def sides(self, test: t.Compare) -> tuple[V, V]:
        """Return what is possible of the two numbers that a test compares.

        Where they share facts: of how far they are apart, and nothing.
        """
        apart = difference(self.program, test)
        if apart is None:
            return self.evaluate(test.left), self.evaluate(test.right)
        return self.evaluate(apart), self.domain.constant(0)

    # ---- formulas

    def evaluate(self, formula: t.Expression) -> V:
        """Return what is possible of a formula."""
        if isinstance(formula, t.FactRef):
            return self.value(formula.fact)
        if isinstance(formula, t.Const):
            return self.domain.constant(formula.value)
        found = self._values.get(formula)
        if found is None:
            if self.base is not None and self.shared(formula):
                found = self.base.evaluate(formula)
            else:
                found = self.domain.kept(self._formula(formula))
            self._values[formula] = found
        return found

    def _formula(self, formula: t.Expression) -> V:
        once = gathered(self.program, formula)
        if once is not None:
            return self._gathered(formula, once)
        return self._as_written(formula)

    def _gathered(self, formula: t.Expression, once: Gathered) -> V:
        """Return what is possible of a formula in which each fact has its say once."""
        found: V | None = None
        if not any(self.domain.given(hiding) is True for hiding in once.unless_given):
            if once.formula is not None:
                found = self.evaluate(once.formula)
            else:
                found = self._pieced(self.value(once.fact), once.pieces)
        if found is None:
            return self._as_written(formula)
        for hiding in once.unless_given:
            given = self.domain.given(hiding)
            if given is not False:
                spec, written = self.program.facts[hiding], self._as_written(formula)
                found = self.domain.pick(given, written, found, spec)
        return found

    def _pieced(self, number: V, pieces: Iterable[Piece]) -> V:
        """Return what lines make of a number, each between its own ends."""
        domain = self.domain
        flags: list[F] = []
        candidates: list[tuple[F, V]] = []
        for low, high, slope, start in pieces:
            truths, held = [], number
            if low > -inf:
                end = domain.constant(low)
                truths.append(domain.compare(">=", number, end))
                held = domain.kept(domain.extreme("max", held, end))
            if high < inf:
                end = domain.constant(high)
                truths.append(domain.compare("<=", number, end))
                held = domain.kept(domain.extreme("min", held, end))
            flag = domain.kept_flag(domain.perhaps(domain.all(truths)))
            if flag is not False:
                risen = domain.arithmetic("*", held, domain.constant(slope))
                value = domain.arithmetic("+", risen, domain.constant(start))
                candidates.append((flag, domain.kept(value)))
            flags.append(flag)
        nowhere = domain.no(domain.either(flags))
        return domain.joined([*candidates, (nowhere, domain.nothing)])

    def _as_written(  # noqa: C901, PLR0911, PLR0912  (a case a node)
        self, formula: t.Expression
    ) -> V:
        domain = self.domain
        match formula:
            case t.Arithmetic(operator=sign, left=left, right=right):
                return domain.arithmetic(
                    sign, self.evaluate(left), self.evaluate(right)
                )
            case t.Moved(of=of, count=count, unit=unit):
                return domain.moved(self.evaluate(of), count, unit)
            case t.Extreme(kind=kind, of=parts):
                first, *rest = map(self.evaluate, parts)
                for part in rest:
                    first = domain.kept(domain.extreme(kind, first, part))
                return first
            case t.Mean(fact=fact):
                return domain.mean(self.value(fact))
            case t.Brackets(of=of, bands=bands):
                return domain.brackets(self.evaluate(of), bands)
            case t.Between(low=low, high=high):
                ends = (self.evaluate(end) for end in (low, high))
                return domain.joined([(domain.always, end) for end in ends])
            case t.Cases():
                return self._cases(formula)
            case t.Switch():
                return self._switch(formula)
            case t.Lookup(fact=fact):
                return domain.lookup(self.value(fact), formula)
            case t.Label(member=member):
                return domain.label(member)
            case t.Unset():
                return domain.nothing
            case t.Const(value=value):
                return domain.constant(value)
            case t.FactRef(fact=fact):
                return self.value(fact)
            case _ as never:
                assert_never(never)

    def _cases(self, cases: t.Cases) -> V:
        flags, through = self.reached(branch.guard for branch in cases.branches)
        live = [
            (flag, self.in_case(cases, place))
            for place, flag in enumerate(flags)
            if flag is not False
        ]
        return self.domain.joined([*live, (through, self.domain.nothing)])

    def in_case(self, cases: t.Cases, place: int) -> V:
        """Return what is possible of a branch, given that it is the one taken."""
        parts = ((branch.guard, branch.value) for branch in cases.branches)
        return self._in_branch(branches(self.program, cases, parts)[place])

    def in_tier(self, policy: Policy, place: int) -> V:
        """Return what is possible of a tier's amount, given that it is the firm's."""
        parts = ((tier.guard, tier.amount) for tier in policy.tiers)
        return self._in_branch(branches(self.program, policy.id, parts)[place])

    def _in_branch(self, branch: Branch | None) -> V:
        if branch is None:
            return self.domain.nothing
        found = self.evaluate(branch.within)
        for hiding in branch.unless_given:
            given = self.domain.given(hiding)
            if given is not False:
                spec, written = self.program.facts[hiding], self.evaluate(branch.value)
                found = self.domain.pick(given, written, found, spec)
        return found

    def _switch(self, switch: t.Switch) -> V:
        domain, arms = self.domain, dict(switch.arms)
        on, spec = self.value(switch.fact), self.program.facts[switch.fact]
        candidates: list[tuple[F, V]] = []
        for member, flag in domain.members(on, tuple(arms), spec):
            arm = None if member is None else arms.get(member)
            value = domain.nothing if arm is None else self.evaluate(arm)
            candidates.append((flag, value))
        return domain.joined(candidates)

    # ---- first-match branches

    def reached(self, guards: Iterable[t.Condition | None]) -> tuple[list[F], F]:
        """Return where each branch may be the first that holds, and where none is.

        Branches behind one that surely holds are left out.
        """
        domain = self.domain
        flags: list[F] = []
        reach = domain.always
        for guard in guards:
            if reach is False:
                break
            if guard is None:
                flags.append(reach)
                return flags, domain.never
            truth = self.truth(guard)
            flags.append(domain.kept_flag(domain.both(reach, domain.perhaps(truth))))
            rest = domain.both(reach, domain.no(domain.surely(truth)))
            reach = domain.kept_flag(rest)
        return flags, reach

    # ---- benefits

    def tier_flags(self, policy: Policy) -> Sequence[F]:
        """Return where each tier may be the firm's."""
        flags, _ = self.reached(tier.guard for tier in policy.tiers)
        return [*flags, *[self.domain.never] * (len(policy.tiers) - len(flags))]

    def worth(self, policy: Policy) -> tuple[V, F]:
        """Return the amount if eligible, unrounded, and where no document fixes it.

        It covers every tier still possible, and means nothing where one of them
        rests on a parameter that no document fixes.
        """
        if policy.id not in self._worths:
            self._worths[policy.id] = self._worth(policy)
        return self._worths[policy.id]

    def _worth(self, policy: Policy) -> tuple[V, F]:
        domain = self.domain
        live = [
            (flag, place, policy.tiers[place].amount)
            for place, flag in enumerate(self.tier_flags(policy))
            if flag is not False
        ]
        unset = domain.either([f for f, _, x in live if x is None or unset_in(x)])
        if unset is True:
            return domain.nothing, unset
        fixed = [
            (flag, self.in_tier(policy, place))
            for flag, place, amount in live
            if amount is not None and not unset_in(amount)
        ]
        return domain.kept(domain.joined(fixed)), unset
