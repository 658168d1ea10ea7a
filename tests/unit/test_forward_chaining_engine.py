"""The rule engine is kept within its limits, and fails loudly or not at all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from policy_match.backends.forward_chaining import ForwardChaining, engine
from policy_match.backends.forward_chaining.codec import read, written
from policy_match.backends.forward_chaining.engine import (
    Identities,
    LimitError,
    Rule,
    RuleEngine,
    fnv1a,
)
from policy_match.backends.forward_chaining.memory import Index, WorkingMemory
from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import Choice, Interval, Listing, exactly, one
from policy_match.errors import BackendError, BackendUnavailableError, UnsupportedError
from policy_match.ir.terms import All, AnyOf
from policy_match.semantics.assessment import assess
from tests.unit import small_programs as s

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_match.backends.forward_chaining.engine import Fact
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program

GO: list[Fact] = [{"is": "go", "id": "1"}]
RULES = {"go": Rule(((("=", "is", "go"),),)), "said": Rule(((("=", "is", "said"),),))}


def quiet(_: str, __: list[Fact]) -> Iterable[Fact]:
    return ()


def agrees(program: Program, given: dict[str, Possible]) -> int:
    """Check that both backends agree, and return the number of rulesets."""
    matcher = ForwardChaining(program)
    found, expected = matcher.match(Facts(given)), assess(program, Facts(given))
    matcher.close()
    assert found.findings == expected.findings
    return len(matcher.rulesets)


# ---- the engine


def test_an_error_in_an_action_is_raised_and_the_next_firm_is_unharmed() -> None:
    rules = RuleEngine(RULES)

    def fail(_: str, __: list[Fact]) -> Iterable[Fact]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rules.infer(GO, fail)
    assert [fact["id"] for fact in rules.infer(GO, quiet)] == ["1"]
    rules.close()


def test_a_fact_nobody_hears_is_an_error_not_a_silence() -> None:
    rules = RuleEngine(RULES)
    with pytest.raises(BackendError, match="Could not handle"):
        rules.infer(GO, lambda _, __: [{"is": "unheard", "id": "2"}])
    rules.close()


def test_a_firm_no_rule_fires_for_is_an_error_not_a_crash() -> None:
    rules = RuleEngine(RULES)
    with pytest.raises(BackendError):
        rules.infer([{"is": "unheard", "id": "2"}], quiet)
    with pytest.raises(BackendError, match="closed"):
        rules.infer(GO, quiet)
    rules.close()


def test_what_was_said_is_not_said_again() -> None:
    rules = RuleEngine(RULES)
    said: list[Fact] = [{"is": "said", "id": "2"}]
    assert len(rules.infer(GO, lambda _, __: said)) == 2
    rules.close()


def test_many_engines_may_live_at_once_and_each_be_closed_twice() -> None:
    engines = [RuleEngine(RULES) for _ in range(20)]
    for rules in engines:
        assert rules.infer(GO, quiet)
    for rules in engines * 2:
        rules.close()


def test_ids_with_the_hash_of_another_are_never_given_out() -> None:
    ids = Identities()
    ids._hashes.add(fnv1a("2"))  # noqa: SLF001
    assert [ids.new(), ids.new()] == ["1", "3"]


@pytest.mark.parametrize("missing", ["durable", "durable.engine"])
def test_without_the_engine_the_mend_is_named(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(BackendUnavailableError) as caught:
        ForwardChaining(s.program([], []))
    assert caught.value.mend == (
        "run `CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
        "pip install 'policy-match[durable]'`"
    )


# ---- limits

BEYOND = {
    "rules": {str(n): RULES["go"] for n in range(engine.MOST_RULES + 1)},
    "side by side": {str(n): Rule(((("=", "is", str(n)),),)) for n in range(501)},
    "on one test": {str(n): RULES["go"] for n in range(251)},
    "on one message": {"x": Rule((tuple(("=", f"p{n}", 1) for n in range(29)),))},
    "joined": {"x": Rule(RULES["go"].when * 3)},
}


@pytest.mark.parametrize("limit", BEYOND)
def test_rules_beyond_a_limit_are_refused(limit: str) -> None:
    with pytest.raises(LimitError, match=limit):
        RuleEngine(BEYOND[limit])


def test_a_policy_beyond_the_limits_is_refused() -> None:
    tests = tuple(s.compare("x", ">", n) for n in range(1_400))
    program = s.program([s.fact("x")], [s.policy("p", AnyOf(tests))])
    with pytest.raises(UnsupportedError, match="the rule engine holds"):
        ForwardChaining(program)


def test_a_large_program_is_split() -> None:
    facts = [s.fact("x"), s.fact("flag", FactType.BOOL)]
    derived = s.defined(s.fact("d", FactType.BOOL), condition=s.compare("x", ">", 50))
    policies = [
        s.policy(
            f"p{n}",
            All((s.compare("x", ">", n), s.holds("flag"), s.holds("d"))),
            s.const(n),
        )
        for n in range(450)
    ]
    groups = [("p0", "p449"), ("p1", "p200", "p300")]
    program = s.program(facts, policies, [derived], groups)
    assert agrees(program, {"x": Interval(100, 200), "flag": one(member=True)}) > 1


def test_wide_and_deep_trees() -> None:
    wide = AnyOf(tuple(s.compare("x", "=", n) for n in range(60)))
    deep = s.holds("flag")
    tree = All((wide, deep))
    for n in range(60):
        tree = All((AnyOf((tree, s.compare("x", "<", -n))), deep))
    facts = [s.fact("x"), s.fact("flag", FactType.BOOL)]
    program = s.program(facts, [s.policy("p", tree)])
    for x in (exactly(59), exactly(61), Interval(0, 3)):
        assert agrees(program, {"x": x, "flag": one(member=True)}) == 1


def test_a_test_in_a_hundred_places() -> None:
    facts = [s.fact("x"), s.fact("flag", FactType.BOOL)]
    shared = s.compare("x", ">", 1)
    policies = [s.policy(f"p{n}", All((shared, s.holds("flag")))) for n in range(150)]
    agrees(s.program(facts, policies), {"x": exactly(2)})


# ---- memory


def test_a_verdict_that_is_missing_is_a_defect() -> None:
    condition = s.holds("flag")
    program = s.program([s.fact("flag", FactType.BOOL)], [s.policy("p", condition)])
    with pytest.raises(BackendError, match="no verdict"):
        WorkingMemory(program, {}, Index()).truth(condition)


@pytest.mark.parametrize(
    "value",
    [
        None,
        exactly(10**40),
        Interval(-3, float("inf"), absent=True),
        Choice(None, absent=True),
        Choice(frozenset({True, False})),
        Choice(frozenset({"无", 'a"b'})),
        Listing(None),
        Listing((exactly(1), Interval(2, 3)), pairs=False),
    ],
)
def test_values_are_kept_exactly(value: Possible | None) -> None:
    assert read(written(value)) == value
