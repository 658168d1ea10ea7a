"""The words of the Chinese features, run on every backend.

A scenario names a day, what is known of a firm, and a policy; facts, members
and policies go by their Chinese titles, as an officer would write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import given, parsers, then, when

from policy_match.checks.examples import only
from policy_match.domain.money import cents
from policy_match.domain.possible import Choice, Interval
from policy_match.firms.profile import read_profile
from policy_match.language.locales import LOCALES
from policy_match.reports.readings.provenance import Grounds
from policy_match.semantics.assessment import assess
from policy_match.semantics.outcome import Outcome
from policy_match.semantics.relief import reliefs
from policy_match.semantics.worth import Worths
from tests.backends import BACKENDS

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook
    from policy_match.domain.facts import Facts
    from policy_match.ir.program import Program
    from tests.backends import Answer
    from tests.properties.equality import Told

LOCALE = LOCALES["zh-CN"]
OUTCOMES = {
    "可享受": Outcome.ELIGIBLE,
    "不可享受": Outcome.INELIGIBLE,
    "待定": Outcome.UNDETERMINED,
}
SELECTED = {"是": True, "否": False, "待定": None}


@cache
def as_of(book: Rulebook, day: date) -> Program:
    """Return the law as of a day, compiled once for all scenarios."""
    return book.on(day)


@cache
def about(book: Rulebook, day: date, policy: str) -> Program:
    """Return the law on a policy and its rivals, one program for all scenarios."""
    whole = as_of(book, day)
    found = only(whole, policy)
    return replace(found, definitions=whole.definitions, worth=whole.worth)


@dataclass
class World:
    """What a scenario has said so far, and what came of it."""

    backend: str
    book: Rulebook
    day: date = date(2022, 12, 31)
    facts: dict[str, str] = field(default_factory=dict)
    policy: str = ""

    @property
    def program(self) -> Program:
        """The law on the policy asked about."""
        return about(self.book, self.day, self.policy)

    @cached_property
    def known(self) -> Facts:
        """What is known of the firm, once the scenario has said all of it."""
        lines = [f"  {name}: {value}" for name, value in self.facts.items()]
        text = "\n".join(["facts:", *lines])
        return read_profile(text, self.program.facts, self.program.systems)

    @cached_property
    def answer(self) -> Answer:
        """The answer, made at the first question about it."""
        (answer,) = BACKENDS[self.backend](self.program, [self.known])
        return answer

    def finding(self) -> Told:
        """Return what is told of the policy asked about."""
        return self.answer.told[self.policy]

    def fact(self, title: str) -> str:
        """Return the id of a fact by its Chinese title, alias or id."""
        for spec in self.program.facts.values():
            if title in {spec.id, spec.title.to("zh"), *spec.aliases}:
                return spec.id
        pytest.fail(f"没有名为“{title}”的事实")


@pytest.fixture(params=list(BACKENDS), autouse=True)
def backend(request: pytest.FixtureRequest) -> str:
    """Run every scenario on every backend."""
    name: str = request.param
    return name


@pytest.fixture
def world(backend: str, rulebook: Rulebook) -> World:
    """Return a scenario that has said nothing yet."""
    return World(backend, rulebook)


@given(parsers.parse("适用日期为{day}"))
def _day(world: World, day: str) -> None:
    parsed = LOCALE.day(day)
    assert parsed is not None
    world.day = parsed


@given(parsers.re(r"“(?P<fact>[^”]+)”为“(?P<value>[^”]*)”$"))
def _fact(world: World, fact: str, value: str) -> None:
    if value != "不详":
        world.facts[fact] = value


@given("企业情况如下")
def _facts(world: World, datatable: list[list[str]]) -> None:
    for name, value in datatable[1:]:
        _fact(world, name, value)


@when(parsers.re(r"匹配政策“(?P<policy>[^”]+)”$"))
def _matched(world: World, policy: str) -> None:
    titles = {
        model.title.to("zh"): name for name, model in world.book.book.policies.items()
    }
    world.policy = titles.get(policy, policy)
    assert world.policy in world.book.book.policies, policy


@then(parsers.re(r"结果为“(?P<outcome>[^”]+)”$"))
def _outcome(world: World, outcome: str) -> None:
    if outcome == "不在有效期":
        ids = {p.id for p in world.program.out_of_force}
        assert world.policy in ids
    else:
        assert world.finding().outcome is OUTCOMES[outcome]


@then(parsers.re(r"金额为“(?P<amount>[^”]+)”$"))
def _amount(world: World, amount: str) -> None:
    if amount == "未定":
        assert world.finding().outcome is not Outcome.INELIGIBLE
        assert world.finding().amount is None
        return
    _between(world, amount, amount)


@then(parsers.re(r"金额在“(?P<low>[^”]*)”至“(?P<high>[^”]*)”之间$"))
def _range(world: World, low: str, high: str) -> None:
    _between(world, low, high)


def _between(world: World, low: str, high: str) -> None:
    _within(world.finding().amount, low, high)


def _within(found: Interval | None, low: str, high: str) -> None:
    assert isinstance(found, Interval)
    for written, end in ((low, found.low), (high, found.high)):
        if written == "不限":
            assert abs(end) == float("inf")
            continue
        expected = LOCALE.number(written)
        assert expected is not None, written
        assert cents(end) == cents(expected)


@then(parsers.re(r"档次为“(?P<tier>[^”]+)”$"))
def _tier(world: World, tier: str) -> None:
    finding = world.finding()
    assert finding.outcome is not Outcome.INELIGIBLE
    policy = world.program.by_id[world.policy]
    titles = {t.name: t.title.to("zh") for t in policy.tiers}
    found = [{name, titles[name]} for name in finding.tiers]
    wanted = re.split("[、,，]", tier)
    assert len(found) == len(wanted)
    assert all(w in names for w, names in zip(wanted, found, strict=True))


@then(parsers.re(r"缺少“(?P<facts>[^”]+)”$"))
def _missing(world: World, facts: str) -> None:
    named = {world.fact(title) for title in re.split("[、,，]", facts)}
    assert set(world.finding().missing) == named


@then(parsers.re(r"等待“(?P<settlers>[^”]+)”$"))
def _awaiting(world: World, settlers: str) -> None:
    words = {"企业": "firm", "部门数据": "register", "主管部门": "officer"}
    wanted = {words[word] for word in re.split("[、,，]", settlers)}
    facts = world.program.facts
    assert {facts[f].settled_by.value for f in world.finding().missing} == wanted


@then(parsers.re(r"金额由“(?P<body>[^”]+)”确定$"))
def _set_by(world: World, body: str) -> None:
    # Who it is stands in the rulebook: no backend is asked.
    answered = assess(world.program, world.known)
    named = Grounds(answered.verdicts).set_by(answered.finding(world.policy))
    assert named is not None
    assert body in named.to("zh")


@then(parsers.re(r"少缴“(?P<low>[^”]+)”至“(?P<high>[^”]+)”的税款$"))
def _saves(world: World, low: str, high: str) -> None:
    # What an amount is worth in tax is no part of an outcome: no backend is asked.
    answered = assess(world.program, world.known)
    worths = Worths(answered.verdicts)
    _within(worths.saves(answered.finding(world.policy)), low, high)


@then(parsers.re(r"企业所得税由“(?P<low>.+)”至“(?P<high>.+)”降为“(?P<after>.+)”$"))
def _relieved(world: World, low: str, high: str, after: str) -> None:
    # What is due of a year is no part of an outcome: no backend is asked.
    answered = assess(as_of(world.book, world.day), world.known)
    taken = [f for f in answered.findings if f.selected is True]
    (relief,) = reliefs(answered.verdicts, taken)
    _within(relief.before, low, high)
    _within(relief.after, after, after)


@then(parsers.re(r"是否选用为“(?P<selected>[^”]+)”$"))
def _selected(world: World, selected: str) -> None:
    assert world.finding().selected is SELECTED[selected]


@then(parsers.re(r"推导的“(?P<fact>[^”]+)”在“(?P<low>.+)”至“(?P<high>.+)”之间$"))
def _derived_range(world: World, fact: str, low: str, high: str) -> None:
    found = world.answer.value(world.fact(fact))
    assert isinstance(found, Interval)
    _within(found, low, high)


@then(parsers.re(r"推导的“(?P<fact>[^”]+)”为“(?P<value>[^”]+)”$"))
def _derived(world: World, fact: str, value: str) -> None:
    name = world.fact(fact)
    spec = world.program.facts[name]
    found = world.answer.value(name)
    wanted = set(re.split("[、,，]", value))
    if isinstance(found, Choice):
        titles: dict[str | bool, set[str]] = {
            True: {"是", "true"},
            False: {"否", "false"},
        }
        titles |= {m: {m, t.to("zh")} for m, t in spec.members.items()}
        possible = found.members or frozenset()
        names = [titles.get(m, {str(m)}) for m in possible]
        names += [{"无"}] if found.absent else []
        assert len(names) == len(wanted)
        assert all(any(w in n for n in names) for w in wanted)
        return
    assert isinstance(found, Interval)
    if value == "无":
        assert not found.some
        return
    expected = LOCALE.number(value)
    assert expected is not None
    assert found.settled
    # A quotient such as 11750/3 is written to two places.
    assert cents(found.low) == cents(expected)
