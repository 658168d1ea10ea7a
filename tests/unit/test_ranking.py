"""In which order facts are asked for."""

from __future__ import annotations

from policy_match.advice.planner import ranked
from policy_match.domain.facts import Facts, FactType
from policy_match.semantics.assessment import assess
from tests.unit.small_programs import const, fact, holds, policy, program

FACTS = [fact(name, FactType.BOOL) for name in ("bids", "trades", "trains")]


def test_a_place_in_a_bid_is_no_money_in_hand() -> None:
    """However large: a grant is asked for first, what brings neither last."""
    bid = policy("bid", holds("bids"), const(1_000_000), form="preference")
    training = policy("training", holds("trains"), form="service")
    grant = policy("grant", holds("trades"), const(100))
    answer = assess(program(FACTS, [bid, training, grant]), Facts({}))
    found = {one.fact: one for one in ranked(answer)}
    assert list(found) == ["trades", "bids", "trains"]
    assert list(found["bids"].worth) == ["preference"]
