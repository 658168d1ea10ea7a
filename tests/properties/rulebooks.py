"""Hypothesis strategies of random programs, all sayable in the rule language.

The same test in several places is one node, as the compiler makes it, and
every definition needs only earlier ones.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policy_match.domain.claims import Claim
from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.texts import NO_TEXT, Window
from policy_match.ir import terms as t
from policy_match.ir.program import (
    About,
    Cap,
    Definition,
    Group,
    Policy,
    Program,
    Rate,
    Tier,
)
from tests.properties import vocabulary as v
from tests.properties.trees import Conditions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.domain.incentives import Form
    from policy_match.domain.possible import Member

_FORMS: tuple[Form, ...] = ("grant", "grant", "grant", "deduction")


class Author(Conditions):
    """Writes one random rulebook, drawing every choice."""

    def define(self) -> None:
        """Draw one more derived fact."""
        makers = (
            self.by_condition,
            self.by_formula,
            self.by_cases,
            self.by_labels,
            self.by_code,
            self.by_thresholds,
        )
        fact = f"d{len(self.definitions)}"
        self.one_of(makers)(fact)

    def derived(
        self,
        fact: str,
        type_: FactType,
        body: t.Expression | None,
        condition: t.Condition | None = None,
        members: Sequence[Member] = (),
    ) -> None:
        """Take a derived fact into the vocabulary."""
        self.facts[fact] = FactSpec(
            fact,
            type_,
            v.text(fact),
            may_be_none=type_ is FactType.ENUM,
            members=v.enum_of(*map(str, members)),
            derived=True,
        )
        self.definitions[fact] = Definition(fact, body, condition, ())

    def by_condition(self, fact: str) -> None:
        """Define a bool by a condition."""
        self.derived(fact, FactType.BOOL, None, self.condition())

    def by_formula(self, fact: str) -> None:
        """Define a number by a formula."""
        self.derived(fact, FactType.MONEY, self.formula())

    def guards(self) -> list[t.Condition | None]:
        """Draw the guards of one to three cases, the last one open."""
        size = self.draw(st.integers(0, 2))
        return [*(self.condition(1) for _ in range(size)), None]

    def by_cases(self, fact: str) -> None:
        """Define a number by first-match cases."""
        cases = tuple(t.Case(guard, self.formula()) for guard in self.guards())
        self.derived(fact, FactType.MONEY, t.Cases(cases))

    def by_labels(self, fact: str) -> None:
        """Define an enum by first-match cases."""
        cases = tuple(
            t.Case(guard, t.Label(self.one_of(v.KINDS))) for guard in self.guards()
        )
        self.derived(fact, FactType.ENUM, t.Cases(cases), members=v.KINDS)

    def by_code(self, fact: str) -> None:
        """Define an enum by the longest matching code."""
        on = self.one_of(tuple(v.SYSTEMS))
        codes = sorted(self.some_of(v.COARSE))
        rows = tuple((code, self.one_of(v.KINDS)) for code in codes)
        body = t.Lookup(on, rows, v.SYSTEMS[on])
        self.derived(fact, FactType.ENUM, body, members=v.KINDS)

    def by_thresholds(self, fact: str) -> None:
        """Define an enum by a table of thresholds, one row per member."""
        on = self.one_of(self.of_type(FactType.ENUM))
        arms = tuple(
            (row, self.thresholds()) for row in sorted(self.some_of(tuple(on.members)))
        )
        self.derived(fact, FactType.ENUM, t.Switch(on.id, arms), members=v.CLASSES)

    def thresholds(self) -> t.Cases:
        """Draw one row: every bound of a class must be reached."""
        measures = [self.numeric() for _ in range(self.draw(st.integers(1, 2)))]
        measures = list({spec.id: spec for spec in measures}.values())
        cases = []
        for label in v.CLASSES[:-1]:
            bounds = [(s, self.const(self.one_of(v.GRID[6:]))) for s in measures]
            tests = [self.reaches(spec, bound) for spec, bound in bounds]
            guard = t.All(tuple(map(t.Leaf, tests)))
            cases.append(t.Case(guard, t.Label(label)))
        return t.Cases((*cases, t.Case(None, t.Label(v.CLASSES[-1]))))

    def reaches(self, spec: FactSpec, bound: t.Const) -> t.Test:
        """Return the test that a fact reaches a bound."""
        text = f"{spec.id} >= {bound.text}"
        ref = self.ref(spec)
        return self.once(("test", text), lambda: t.Compare(text, ">=", ref, bound))

    # ---- policies

    def amount(self) -> t.Expression:
        """Draw a formula of an amount: plain, in cases, fixed by others, unset."""
        pick = self.draw(st.integers(0, 9))
        if pick <= 5:
            return self.formula()
        if pick <= 7:
            return t.Cases(
                tuple(t.Case(guard, self.formula()) for guard in self.guards())
            )
        if pick == 8:
            return t.Between(self.formula(1), self.formula(1))
        return t.Unset(self.parameter("unset"), v.text("somebody"))

    def tiers(self) -> tuple[Tier, ...]:
        """Draw no benefit in money, a plain amount, or named tiers."""
        pick = self.draw(st.integers(0, 4))
        if pick == 0:
            return ()
        if pick <= 2:
            return (Tier("", NO_TEXT, None, self.amount()),)
        return tuple(
            Tier(f"t{place}", v.text(f"t{place}"), guard, self.amount())
            for place, guard in enumerate(self.guards())
        )

    def policy(self, place: int) -> Policy:
        """Draw one policy."""
        id_ = f"p{place}"
        claim = Claim()
        about = About(
            v.text(id_), v.text(id_), "subsidy", "1", (), "tax", "tax", claim, (),
            None, None, (Window(),),
        )  # fmt: skip
        when = self.condition()
        form = self.one_of(_FORMS)
        tiers = self.tiers()
        return Policy(id_, about, Window(), when, form, tiers, None, indirect=False)

    # ---- relations

    def groups(self, ids: tuple[str, ...]) -> tuple[Group, ...]:
        """Draw one group of all policies, or several that may overlap."""
        if self.chance(60):
            return (Group(ids, (), None),)
        pairs = [pair for pair in combinations(ids, 2) if self.chance(50)]
        return tuple(Group(pair, (), None) for pair in pairs)

    def caps(self, policies: Sequence[Policy]) -> tuple[Cap, ...]:
        """Draw a limit on all policies of a form with more than one."""
        found = []
        for form in sorted(set(_FORMS)):
            names = tuple(p.id for p in policies if p.form == form)
            if len(names) > 1:
                found.append(Cap(names, self.formula(1), (), None))
        return tuple(found)

    def worth(self) -> dict[str, Rate]:
        """Draw what one unit of each form is worth."""
        rates = {form: self.formula(1) for form in sorted(set(_FORMS))}
        return {form: Rate(rate, (), None) for form, rate in rates.items()}

    def program(self) -> Program:
        """Draw the whole rulebook."""
        for _ in range(self.draw(st.integers(0, 3))):
            self.define()
        policies = tuple(self.policy(n) for n in range(self.draw(st.integers(1, 4))))
        ids = tuple(policy.id for policy in policies)
        groups = self.groups(ids) if len(ids) > 1 and self.chance(60) else ()
        return Program(
            rulebook="random",
            digest="",
            day=v.DAY,
            languages=("zh", "en"),
            locale="zh-CN",
            currency="CNY",
            title=v.text("random"),
            disclaimer=NO_TEXT,
            facts=self.facts,
            definitions=self.definitions,
            policies=policies,
            groups=groups,
            caps=self.caps(policies) if self.chance(15) else (),
            worth=self.worth() if self.chance(40) else {},
            out_of_force=(),
            plausibility=(),
            sources={},
            departments={"tax": v.text("tax")},
            systems={"listed": v.LISTED, "free": v.FREE},
        )
