"""A letter tells the days that are still to come, the law's page all of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from policy_match.reports.views.finding import claim_steps
from policy_match.reports.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook

POLICY = "small-low-profit-cit"
YEARLY = "2022年度企业所得税年度申报表（汇算清缴）：2023年1月1日至2023年5月31日"


def _deadline(rulebook: Rulebook, today: date | None) -> str:
    words = Vocabulary.of(rulebook.on(date(2022, 12, 31)), "zh")
    about = words.program.by_id[POLICY].about
    (step,) = (x for x in claim_steps(about, words, today) if x.label == "期限")
    return "；".join(step.texts)


def test_days_that_are_past_are_left_out(rulebook: Rulebook) -> None:
    """In March the quarters of last year are over; the yearly return is not."""
    told = _deadline(rulebook, date(2023, 3, 15))
    assert told == YEARLY


def test_where_all_are_past_the_last_is_told(rulebook: Rulebook) -> None:
    """By when it was, a reader may ask."""
    told = _deadline(rulebook, date(2024, 3, 15))
    assert told == YEARLY


def test_the_law_tells_all_days(rulebook: Rulebook) -> None:
    """Whatever day it is."""
    assert _deadline(rulebook, None).count("申报表") == 5
