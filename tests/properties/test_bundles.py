"""The best bundle is the one that trying every set of policies finds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from policy_match.compiler.rulebook import load_texts
from policy_match.domain.facts import Facts
from policy_match.domain.possible import Interval
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy_match.semantics.outcome import Assessment

INSTANCES, AT_ONCE = 500, 50
WORTH = {"grant": Fraction(1), "deduction": Fraction(1, 4)}
HEAD = """
rulebook: {id: town, title: Town, languages: [en], currency: EUR, locale: en,
           disclaimer: none}
departments: {council: Council}
facts:
  way: {type: enum, values: {short: short, long: long}, title: way, asks: Which?,
        settled_by: firm, elected: true}
worth: {grant: {is: 1}, deduction: {is: 0.25}}
"""


class Town(NamedTuple):
    """Policies of which a firm may have some, all of them its own to claim."""

    amounts: Mapping[str, Mapping[str, int]]
    """By policy, and by the way the firm chooses."""
    forms: Mapping[str, str]
    groups: list[list[str]]
    caps: list[tuple[list[str], int]]

    def rules(self) -> str:
        """Return the town's rulebook."""
        lines = [HEAD, "relations:"]
        lines += [f"  - at_most_one_of: [{', '.join(g)}]" for g in self.groups]
        lines += [
            f"  - {{together: [{', '.join(names)}], at_most: {limit}}}"
            for names, limit in self.caps
        ]
        lines += ["policies:"]
        for name, amount in self.amounts.items():
            lines += [
                f"  {name}:",
                f"    {{title: {name}, summary: s, kind: tax, when: on >= 2020-01-01,",
                "     departments: {lead: council, granting: council},",
                "     in_force: {from: 2020-01-01},",
                f"     benefit: {{form: {self.forms[name]}, amount: [",
                f"       {{if: way = short, is: {amount['short']}}},",
                f"       {{is: {amount['long']}}}]}}}}",
            ]
        return "\n".join(lines)

    def worth(self, way: str, some: set[str]) -> Fraction:
        """Return what a set of policies is worth, limits applied."""
        total = Fraction(0)
        for names, limit in self.caps:
            inside = some & set(names)
            amount = min(limit, sum(self.amounts[n][way] for n in inside))
            total += amount * WORTH[self.forms[names[0]]]
            some = some - inside
        return total + sum(
            (self.amounts[n][way] * WORTH[self.forms[n]] for n in some), Fraction(0)
        )

    def allowed(self) -> Iterator[set[str]]:
        """Yield every set without two policies of one group."""

        def grown(left: list[str], some: set[str]) -> Iterator[set[str]]:
            if not left:
                yield some
                return
            yield from grown(left[1:], some)
            if not any(left[0] in g and some & set(g) for g in self.groups):
                yield from grown(left[1:], some | {left[0]})

        yield from grown([*self.amounts], set())


def town(random: Random) -> Town:
    """Draw a town of up to fifteen policies."""
    names = [f"p{n}" for n in range(random.randint(2, 15))]
    by_way = random.random() < 0.5
    amounts = {}
    for name in names:
        short = random.randint(0, 40)
        amounts[name] = {
            "short": short,
            "long": random.randint(0, 40) if by_way else short,
        }
    forms = {name: random.choice(["grant", "grant", "deduction"]) for name in names}
    groups = [
        random.sample(names, random.randint(2, min(5, len(names))))
        for _ in range(random.randint(1, 6))
    ]
    caps = []
    for form in WORTH:
        alike = [name for name in names if forms[name] == form]
        if len(alike) > 1 and random.random() < 0.4:
            some = random.sample(alike, random.randint(2, len(alike)))
            caps.append((some, random.randint(0, 60)))
    return Town(amounts, forms, groups, caps)


def broken(given: Town) -> Iterator[str]:
    """Yield how an answer differs from what trying everything finds."""
    program = load_texts({"town.yaml": given.rules()}).on(date(2022, 6, 30))
    answer = assess(program, Facts({}))
    every = [*given.allowed()]
    most = max(given.worth(w, some) for w, some in product(("short", "long"), every))
    best = answer.best
    if best is None:
        if most != given.worth("short", set(given.amounts)):
            yield "nothing to choose, yet not all can be had"
        return
    way = next((str(o.value) for o in best.options if o.fact == "way"), "short")
    if best.value != Interval(most, most):
        yield f"{best.value}, yet the best is worth {most}"
    if set(best.policies) not in every:
        yield f"{best.policies} exclude each other"
    if given.worth(way, set(best.policies)) != most:
        yield f"{best.policies} are worth {given.worth(way, set(best.policies))}"
    yield from _reasons(answer, given, most)


def _reasons(answer: Assessment, given: Town, most: Fraction) -> Iterator[str]:
    best = answer.best
    assert best is not None
    way = next((str(o.value) for o in best.options if o.fact == "way"), "short")
    for name, instead, less in best.dropped:
        with_it = [s for s in given.allowed() if name in s]
        lost = most - max(given.worth(way, some) for some in with_it)
        if less != Interval(lost, lost):
            yield f"{name} costs {lost}, not {less}"
        if not any({name, *instead} & {*g} >= {name, instead[0]} for g in given.groups):
            yield f"{instead} do not exclude {name}"
    other = best.runner_up
    if other is not None and most - other.value.low != other.less.low:
        yield f"the next best is worth {other.value}, less by {other.less}"


@pytest.mark.parametrize(
    "batch",
    [
        0,
        *(
            pytest.param(n, marks=pytest.mark.long)
            for n in range(1, INSTANCES // AT_ONCE)
        ),
    ],
)
def test_the_best_bundle_is_the_best(batch: int) -> None:
    """Overlapping groups, shared limits, choices of the firm, forms of two kinds."""
    for seed in range(batch * AT_ONCE, (batch + 1) * AT_ONCE):
        random = Random(seed)  # noqa: S311  (a seed that can be named)
        given = town(random)
        assert list(broken(given)) == [], (seed, given)
