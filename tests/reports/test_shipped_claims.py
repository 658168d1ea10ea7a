"""How each benefit of money of the shipped rulebook is had, and when.

The days are worked out by hand from the law and from the published calendars.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from policy_match.domain.possible import Possible, exactly, one
from policy_match.reports.words import claims
from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.semantics.claiming import Days, life, unknown_facts

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook
    from policy_match.domain.claims import Claim
    from policy_match.semantics.claiming import Life

MONEY = {
    "deduction",
    "deferral",
    "fee-reduction",
    "grant",
    "preference",
    "tax-reduction",
}
WITHOUT_A_GUIDE = {
    "above-scale-to-joint-stock",
    "below-quota-to-above-quota",
    "first-purchase",
    "growth-star-award",
    "individual-to-enterprise-support",
    "joint-stock-to-listing",
    "online-international-fair-subsidy",
    "small-to-above-scale",
    "smart-technical-transformation",
    "standardisation-fund-benchmarking",
    "three-in-one-certification-incentive",
    "trade-fair-support",
}
"""Benefits of money of which no guide to applying was found in public."""


def day(text: str) -> date:
    """Return a day."""
    return date.fromisoformat(text)


def on(text: str) -> Possible:
    """Return the value of a day."""
    return exactly(day(text).toordinal())


def lived(
    book: Rulebook, policy: str, law: str, today: str, facts: dict[str, Possible]
) -> Life:
    """Return how a claim stands for a firm of which these facts are known."""
    program = book.on(day(law))
    nothing = unknown_facts(program)
    about = program.by_id[policy].about
    return life(program, about, day(today), lambda f: facts.get(f) or nothing(f))


# ---- every benefit of money


def money(book: Rulebook) -> dict[str, tuple[Claim, str]]:
    """Return the claim of each benefit of money, and its status."""
    some_days = ("2021-06-30", "2022-12-31", "2024-12-31")
    return {
        policy.id: (policy.about.claim, policy.about.claim.status)
        for text in some_days
        for policy in book.on(day(text)).policies
        if policy.form in MONEY
    }


def test_every_benefit_of_money_says_how_it_is_had(rulebook: Rulebook) -> None:
    """Where, by when, with which papers; or that nothing is public, and whom to ask."""
    found = money(rulebook)
    for policy, (claim, _) in found.items():
        if claim.how == "unknown":
            assert claim.ask, policy
            assert not claim.steps, policy
            assert not claim.papers, policy
            continue
        assert claim.how, policy
        where = [step.filing or step.counters for step in claim.steps]
        assert any((claim.counters, *where)), policy
        assert claim.deadline or any(step.by for step in claim.steps), policy
        filed = any(step.filing or step.papers for step in claim.steps)
        assert filed or claim.papers, policy
        assert claim.keep_papers or claim.keep, policy
    unknown = {policy for policy, (claim, _) in found.items() if claim.how == "unknown"}
    assert unknown == WITHOUT_A_GUIDE


def test_what_was_not_read_is_to_be_looked_at_again(rulebook: Rulebook) -> None:
    """A claim says how sure it is; where it is not read, when to look again."""
    for policy, (claim, status) in money(rulebook).items():
        assert status in {"verified", "known", "inferred"}, policy
        assert status == "verified" or claim.review_by, policy


def test_every_paper_says_who_issues_it(rulebook: Rulebook) -> None:
    book = rulebook.book
    named = {
        paper
        for policy in book.policies.values()
        if policy.claim
        for paper in (*policy.claim.papers, *policy.claim.bring)
    }
    assert named <= book.papers.keys()
    for paper in book.papers.values():
        assert paper.issued_by
        assert paper.title.to("zh") != paper.title.to("en")


@pytest.mark.parametrize(
    ("lang", "says"),
    [("zh", "暂无公开申报指南，请咨询商务局"), ("en", "Commerce Bureau")],
)
def test_where_nothing_is_public_that_is_said_on_every_day(
    rulebook: Rulebook, lang: str, says: str
) -> None:
    program = rulebook.on(day("2022-06-30"))
    about = program.by_id["online-international-fair-subsidy"].about
    words = Vocabulary.of(program, lang)
    for today in ("2022-07-01", "2026-11-28"):
        found = life(program, about, day(today), unknown_facts(program))
        assert says in claims.what(found, about, words)
        assert found.recover_until is None


# ---- days

TABLE = """
vat-small-scale-exemption     2023-09-30 2023-10-20 quarter open        2023-10-01 2023-10-23
vat-small-scale-reduced-rate  2023-09-30 2023-10-20 quarter open        2023-10-01 2023-10-23
vat-small-scale-reduced-rate  2023-08-31 2023-09-10 month   open        2023-09-01 2023-09-15
education-surcharge-exemption 2023-12-31 2024-01-15 quarter open        2024-01-01 2024-01-15
education-surcharge-exemption 2023-12-31 2024-01-16 quarter recoverable 2024-01-01 2024-01-15
six-taxes-two-fees-relief     2022-12-31 2023-01-16 quarter open        2023-01-01 2023-01-16
small-low-profit-cit          2023-03-31 2023-04-17 -       open        2023-04-01 2023-04-17
small-low-profit-cit          2023-12-31 2024-05-31 -       open        2024-01-01 2024-05-31
hnte-cit-rate                 2022-12-31 2023-01-16 -       open        2023-01-01 2023-01-16
hnte-cit-rate                 2022-12-31 2023-01-17 -       open        2023-01-01 2023-05-31
equipment-one-off-deduction   2022-12-31 2023-05-31 -       open        2023-01-01 2023-05-31
equipment-one-off-deduction   2022-12-31 2023-06-15 -       lost        2023-01-01 2023-05-31
sme-equipment-deduction       2022-12-31 2022-07-10 -       open        2022-07-01 2022-07-15
sme-equipment-deduction       2022-12-31 2022-11-01 -       not-yet     2023-01-01 2023-05-31
hnte-equipment-deduction      2022-12-31 2023-01-16 -       open        2023-01-01 2023-01-16
hnte-equipment-deduction      2022-12-31 2023-06-15 -       lost        2023-01-01 2023-05-31
ten-year-loss-carryforward    2025-12-31 2026-05-20 -       open        2026-01-01 2026-06-01
ten-year-loss-carryforward    2024-12-31 2025-06-03 -       open        2025-01-01 2025-06-03
rd-super-deduction-integrated-circuit 2023-12-31 2023-07-10 - open      2023-07-01 2023-07-17
rd-super-deduction-integrated-circuit 2023-12-31 2023-11-01 - not-yet   2024-01-01 2024-05-31
individual-business-iit-halving 2023-12-31 2024-03-31 -     open        2024-01-01 2024-04-01
individual-business-iit-halving 2022-12-31 2022-10-20 -     open        2022-10-01 2022-10-25
individual-business-iit-halving 2022-12-31 2024-03-01 -     recoverable 2023-01-01 2023-03-31
hiring-tax-credit             2023-12-31 2024-05-31 -       open        -          2024-05-31
hiring-tax-credit             2023-12-31 2024-06-01 -       recoverable 2024-01-01 2024-05-31
veteran-hiring-credit         2023-12-31 2024-02-01 -       open        2024-01-01 2024-05-31
job-stabilisation-refund      2022-12-31 2022-11-01 -       open        -          2022-12-31
job-stabilisation-refund      2022-12-31 2023-11-01 -       open        -          2023-12-31
job-stabilisation-refund      2022-12-31 2024-02-01 -       closed      -          2023-12-31
market-procurement-vat-exemption 2023-08-31 2023-09-10 -    open        2023-09-01 2023-09-15
cross-border-deemed-cit       2023-12-31 2023-11-01 -       open        -          2023-12-31
cross-border-deemed-cit       2023-12-31 2024-05-31 -       open        2024-01-01 2024-05-31
manufacturing-tax-deferral    2022-03-31 2022-04-20 quarter open        2022-04-01 2022-04-20
manufacturing-tax-deferral    2022-03-31 2022-04-21 quarter closed      2022-04-01 2022-04-20
vat-credit-refund             2022-04-30 2022-05-19 -       open        2022-05-01 2022-05-19
vat-credit-refund             2022-04-30 2024-01-01 -       open        -          -
vat-additional-credit         2023-06-30 2023-07-17 -       open        -          2023-07-17
property-tax-relief           2022-12-31 2022-06-01 -       open        2022-01-01 -
urban-land-use-tax-relief     2022-12-31 2024-01-01 -       recoverable 2022-01-01 -
disabled-employment-levy-relief 2022-12-31 2023-06-01 -     open        -          -
loan-stamp-tax-exemption      2023-12-31 2023-05-10 loan    open        2023-04-25 -
individual-to-enterprise-deed-tax-exemption 2023-12-31 2023-03-10 deed open 2023-03-01 2023-04-03
individual-to-enterprise-deed-tax-exemption 2021-06-30 2021-06-11 old  open 2021-06-01 2021-06-11
procurement-price-preference  2023-09-05 2023-09-01 bid     open        -          2023-09-05
procurement-reserved-share    2023-09-05 2023-10-08 bid     closed      -          2023-09-05
"""  # noqa: E501  (a table)
KNOWN: dict[str, dict[str, Possible]] = {
    "-": {},
    "quarter": {"vat_period": one("quarter")},
    "month": {"vat_period": one("month")},
    "loan": {"loan_contract_on": on("2023-04-25")},
    "deed": {
        "own_investor_property_transfer_on": on("2023-03-01"),
        "real_estate_registered_on": on("2023-04-03"),
    },
    "old": {"own_investor_property_transfer_on": on("2021-06-01")},
    "bid": {
        "bid_closing_on": on("2023-09-05"),
        "procurement_result_noticed_on": on("2023-09-27"),
    },
}  # fmt: skip


def only(days: Days | None) -> str:
    """Return a day as the table has it; a dash where none is known."""
    if days is None or days == (None, None):
        return "-"
    assert days.exact is not None
    return days.exact.isoformat()


@pytest.mark.parametrize("row", TABLE.strip().splitlines())
def test_a_claim_stands(rulebook: Rulebook, row: str) -> None:
    policy, law, today, facts, state, start, by = row.split()
    found = lived(rulebook, policy, law, today, KNOWN[facts])
    assert (found.state, only(found.start), only(found.by)) == (state, start, by)


def test_a_refused_preference_is_objected_to_in_working_days(
    rulebook: Rulebook,
) -> None:
    """The notice ends on 27 September 2023; a long holiday lies in between."""
    found = lived(
        rulebook, "procurement-price-preference", "2023-09-05", "2023-10-08",
        KNOWN["bid"],
    )  # fmt: skip
    first, second = found.remedies
    assert only(first.by) == "2023-10-12"
    assert second.by is None


@pytest.mark.parametrize(
    "row",
    [
        "education-surcharge-exemption 2023-12-31 quarter 2024-01-10 2027-01-10",
        "individual-business-iit-halving 2023-12-31 - 2024-02-29 2027-02-28",
        "individual-to-enterprise-deed-tax-exemption 2023-12-31 deed 2023-03-20 2026-03-20",  # noqa: E501
        "property-tax-relief 2022-12-31 - 2022-11-15 2025-11-15",
    ],
)
def test_three_years_run_from_the_day_of_payment(rulebook: Rulebook, row: str) -> None:
    policy, law, facts, paid, until = row.split()
    known = {**KNOWN[facts], "paid_on": on(paid)}
    found = lived(rulebook, policy, law, "2025-01-01", known)
    assert only(found.recover_until) == until
