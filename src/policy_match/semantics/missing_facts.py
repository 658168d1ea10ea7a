"""Which facts are missing: on a path to what is not settled, in any domain.

A base fact is named by itself, and so is a derived one that may be asked for in
place of those below it; another by what it rests on, unless it was given. What a
condition or a formula meets itself is found once; a derived fact is followed from
there along the order of definitions, never one within another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, assert_never

from policy_match.ir import terms as t
from policy_match.ir.analysis import dependences
from policy_match.ir.gathering import difference, gathered
from policy_match.ir.traversal import operands, reads, unset_in
from policy_match.semantics.domains import F, T, V

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policy_match.ir.program import Policy
    from policy_match.semantics.interpreter import Interpreter

    Open = Mapping[str, F]
    """Facts, in the order met, and where each is open."""

_NOTHING: Mapping[str, object] = {}


class MissingFacts(Generic[V, T, F]):
    """The open facts of one interpreter, by condition and by benefit.

    `base` are those of the interpreter that this one is narrowed from.
    """

    def __init__(
        self, of: Interpreter[V, T, F], base: MissingFacts[V, T, F] | None = None
    ) -> None:
        """Follow nothing yet."""
        self._in, self._domain, self._base = of, of.domain, base
        self._rests = dependences(of.program)
        self._met: dict[t.Condition | t.Test | t.Expression, Open[F]] = {}
        self._beneath: dict[str, Open[F]] = {}

    def in_condition(self, condition: t.Condition) -> Open[F]:
        """Return the facts on a path to a condition that is not settled."""
        return self.followed(self._condition(condition))

    def in_benefit(self, policy: Policy) -> Open[F]:
        """Return the facts on a path to an unsettled tier or amount."""
        domain = self._domain
        amount, unset = self._in.worth(policy)
        open_ = domain.both(domain.no(unset), domain.unsettled(amount))
        gate = domain.kept_flag(open_)
        flags = self._in.tier_flags(policy)
        live = [
            (flag, place, policy.tiers[place])
            for place, flag in enumerate(flags)
            if flag is not False
        ]
        parts: list[tuple[F, Open[F]]] = [
            (flag, self._condition(tier.guard))
            for flag, _, tier in live
            if tier.guard is not None
        ]
        if gate is not False:
            parts += [
                (
                    domain.both(
                        domain.both(gate, flag), self._open_tier(policy, place)
                    ),
                    self._formula(tier.amount),
                )
                for flag, place, tier in live
                if tier.amount is not None and not unset_in(tier.amount)
            ]
        return self.followed(self.gathered(parts))

    def _open_tier(self, policy: Policy, place: int) -> F:
        return self._unsettled(self._in.in_tier(policy, place))

    # ---- what is met on the way, derived facts not yet followed

    def _condition(self, condition: t.Condition) -> Open[F]:
        key = condition.test if isinstance(condition, t.Leaf) else condition
        if key not in self._met:
            if self._base is not None and self._in.shared(condition):
                self._met[key] = self._base._condition(condition)  # noqa: SLF001
            else:
                self._met[key] = self._in_condition(condition)
        return self._met[key]

    def _in_condition(self, condition: t.Condition) -> Open[F]:
        gate = self._domain.kept_flag(self._domain.open(self._in.truth(condition)))
        if gate is False:
            return {}
        only = self._rests.only(condition)
        if only is not None:
            return {only: gate}
        match condition:
            case t.All(of=parts) | t.AnyOf(of=parts):
                return self._gated(gate, map(self._condition, parts))
            case t.Not(of=part):
                return self._gated(gate, (self._condition(part),))
            case t.Leaf(test=test):
                return self._gated(gate, self._in_test(test))
            case _ as never:
                assert_never(never)

    def _in_test(self, test: t.Test) -> Iterable[Open[F]]:
        # A fact itself is asked of a code that leaves its test open, too: a coarse
        # code is one member, and yet open.
        own = dict.fromkeys(reads(test), self._domain.always)
        if isinstance(test, t.Compare):
            apart = difference(self._in.program, test)
            if apart is not None:
                return (self._formula(apart),)
        return (own, *map(self._formula, operands(test)))

    def _formula(self, formula: t.Expression) -> Open[F]:
        if formula not in self._met:
            if self._base is not None and self._in.shared(formula):
                self._met[formula] = self._base._formula(formula)  # noqa: SLF001
            else:
                self._met[formula] = self._in_formula(formula)
        return self._met[formula]

    def _in_formula(self, formula: t.Expression) -> Open[F]:
        if isinstance(formula, t.Const | t.Label | t.Unset):
            return {}
        gate = self._unsettled(self._in.evaluate(formula))
        if gate is False:
            return {}
        only = self._rests.only(formula)
        if only is not None:
            return {only: gate}
        return self._gated(gate, self._once(formula))

    def _once(self, formula: t.Expression) -> Iterable[Open[F]]:
        """Return what a formula meets in which each fact has its say once."""
        once, domain = gathered(self._in.program, formula), self._domain
        if once is None or once.formula is None:
            return self._parts(formula)
        hidden = domain.either([domain.given(fact) for fact in once.unless_given])
        own = [(domain.no(hidden), self._formula(once.formula))]
        return (
            self.gathered(
                [*own, *((hidden, part) for part in self._parts(formula))]
                if hidden is not False
                else own
            ),
        )

    def _parts(self, formula: t.Expression) -> Iterable[Open[F]]:
        match formula:
            case t.Cases():
                return self._in_cases(formula)
            case t.Switch():
                return self._in_switch(formula)
            case t.Lookup(fact=fact):
                return ({fact: self._domain.always},)
            case t.FactRef(fact=fact) | t.Mean(fact=fact):
                return (self._fact(fact),)
            case _:
                return map(self._formula, operands(formula))

    def _in_cases(self, cases: t.Cases) -> Iterator[Open[F]]:
        domain, reach = self._domain, self._domain.always
        for place, branch in enumerate(cases.branches):
            if branch.guard is None:
                yield self._in_case(cases, place, reach)
                return
            truth = self._in.truth(branch.guard)
            yield self._gated(reach, (self._condition(branch.guard),))
            yield self._in_case(cases, place, domain.both(reach, domain.perhaps(truth)))
            reach = domain.kept_flag(
                domain.both(reach, domain.no(domain.surely(truth)))
            )
            if reach is False:
                return

    def _in_case(self, cases: t.Cases, place: int, taken: F) -> Open[F]:
        """Return what a branch leaves open of its value, where it may be taken."""
        if taken is False:
            return {}
        value = self._unsettled(self._in.in_case(cases, place))
        gate = self._domain.both(taken, value)
        if gate is False:
            return {}
        return self._gated(gate, (self._formula(cases.branches[place].value),))

    def _in_switch(self, switch: t.Switch) -> Iterator[Open[F]]:
        arms, spec = dict(switch.arms), self._in.program.facts[switch.fact]
        on = self._in.value(switch.fact)
        yield self._fact(switch.fact)
        flags = dict(self._domain.members(on, tuple(arms), spec))
        for member, arm in arms.items():
            flag = self._domain.kept_flag(flags.get(member, self._domain.never))
            if flag is not False:
                yield self._gated(flag, (self._formula(arm),))

    def _fact(self, fact: str) -> Open[F]:
        gate = self._unsettled(self._in.value(fact))
        return {} if gate is False else {fact: gate}

    def _unsettled(self, value: V) -> F:
        return self._domain.kept_flag(self._domain.unsettled(value))

    # ---- derived facts followed

    def followed(self, met: Open[F]) -> Open[F]:
        """Return what is met, each derived fact replaced by what it rests on."""
        return self.gathered((flag, self._below(fact)) for fact, flag in met.items())

    def _below(self, fact: str) -> Open[F]:
        """Return the open facts beneath a fact, the deepest found first."""
        pending = [fact]
        while pending:
            name = pending[-1]
            shared = self._base is not None and self._in.shared(name)
            steps = {} if shared else self._steps(name)
            rest = [f for f in steps if f not in self._beneath]
            if rest and name not in self._beneath:
                pending += rest
                continue
            pending.pop()
            if name not in self._beneath:
                self._beneath[name] = self._reached(name)
        return self._beneath[fact]

    def _asked(self, fact: str) -> bool:
        """Return whether a fact is named by itself, and not by what it rests on."""
        program = self._in.program
        return fact not in program.definitions or program.facts[fact].asked

    def _steps(self, fact: str) -> Open[F]:
        """Return what the definition of a fact meets; nothing of one asked for."""
        if self._asked(fact) or self._domain.given(fact) is True:
            return {}
        definition = self._in.program.definitions[fact]
        if definition.condition is not None:
            return self._condition(definition.condition)
        return {} if definition.body is None else self._formula(definition.body)

    def _reached(self, fact: str) -> Open[F]:
        domain = self._domain
        if self._asked(fact):
            return {fact: domain.always}
        if self._base is not None and self._in.shared(fact):
            return self._base._below(fact)  # noqa: SLF001
        given = domain.kept_flag(domain.given(fact))
        rest = domain.no(given)
        parts: list[tuple[F, Open[F]]] = [(given, {fact: domain.always})]
        for below, flag in self._steps(fact).items():
            parts.append((domain.both(rest, flag), self._beneath[below]))
        return self.gathered(parts)

    # ---- sets of facts

    def gathered(self, parts: Iterable[tuple[F, Open[F]]]) -> Open[F]:
        """Return every fact that some part leaves open where that is flagged."""
        domain = self._domain
        flags: dict[str, list[F]] = {}
        for gate, part in parts:
            if gate is not False:
                for fact, flag in part.items():
                    flags.setdefault(fact, []).append(domain.both(gate, flag))
        united = ((fact, domain.either(some)) for fact, some in flags.items())
        return {f: domain.kept_flag(flag) for f, flag in united if flag is not False}

    def _gated(self, gate: F, parts: Iterable[Open[F]]) -> Open[F]:
        """Return what some parts leave open together, where `gate` is set."""
        domain = self._domain
        flags: dict[str, list[F]] = {}
        for part in parts:
            for fact, flag in part.items():
                flags.setdefault(fact, []).append(flag)
        united = ((f, domain.both(gate, domain.either(x))) for f, x in flags.items())
        return {f: domain.kept_flag(flag) for f, flag in united if flag is not False}
