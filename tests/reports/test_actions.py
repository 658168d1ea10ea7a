"""What can still be done, dated from the day of asking (the table of the law)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from policy_match.compiler.rulebook import load_texts
from policy_match.domain.facts import Facts
from policy_match.domain.possible import NO_VALUE, Possible, exactly, one
from policy_match.errors import RulebookError
from policy_match.reports.document.answer import document
from policy_match.reports.document.encoding import as_data
from policy_match.reports.words.claims import standing
from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.semantics.assessment import assess
from policy_match.semantics.claiming import Days, Life, State, life, unknown_facts

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook

VAT, RD, SLP = (
    "vat-small-scale-exemption",
    "rd-super-deduction",
    "small-low-profit-cit",
)
QUARTER, MONTH = one("quarter"), one("month")


def day(text: str) -> date:
    """Return a day."""
    return date.fromisoformat(text)


def paid(text: str) -> Possible:
    """Return the value of a day."""
    return exactly(day(text).toordinal())


def lived(book: Rulebook, policy: str, on: str, today: str, **facts: Possible) -> Life:
    """Return how a claim stands for a firm of which these facts are known."""
    program = book.on(day(on))
    nothing = unknown_facts(program)
    found = program.by_id[policy]
    return life(program, found.about, day(today), lambda f: facts.get(f) or nothing(f))


def span(low: str, high: str = "") -> Days:
    """Return a day, or two between which it lies."""
    return Days(day(low), day(high or low))


STANDINGS = """
    vat 2023-09-30 2023-09-20 quarter  not-yet      2023-10-01 2023-10-23
    vat 2023-09-30 2023-10-20 quarter  open         2023-10-01 2023-10-23
    vat 2023-09-30 2023-10-23 quarter  open         2023-10-01 2023-10-23
    vat 2023-09-30 2023-10-24 quarter  recoverable  2023-10-01 2023-10-23
    vat 2023-09-30 2024-03-01 unpaid   late         2023-10-01 2023-10-23
    vat 2023-09-30 2023-10-20 month    open         2023-10-01 2023-10-23
    rd  2023-12-31 2023-07-10 -        open         2023-07-01 2023-07-17
    rd  2023-12-31 2023-11-01 -        not-yet      2024-01-01 2024-05-31
    rd  2022-12-31 2022-07-10 -        not-yet      2022-10-01 2022-10-25
    rd  2020-12-31 2020-10-10 -        not-yet      2021-01-01 2021-05-31
    rd  2022-12-31 2026-03-01 -        recoverable  2023-01-01 2023-05-31
    rd  2022-12-31 2026-05-31 -        recoverable  2023-01-01 2023-05-31
    rd  2022-12-31 2026-06-01 -        closed       2023-01-01 2023-05-31
    rd  2022-12-31 2026-06-01 august   recoverable  2023-01-01 2023-05-31
    rd  2025-12-31 2026-05-20 -        open         2026-01-01 2026-06-01
    slp 2022-12-31 2022-04-20 -        open         2022-04-01 2022-04-20
    slp 2022-12-31 2022-04-21 -        not-yet      2022-07-01 2022-07-15
"""
POLICIES = {"vat": VAT, "rd": RD, "slp": SLP}
KNOWN: dict[str, dict[str, Possible]] = {
    "-": {},
    "quarter": {"vat_period": QUARTER},
    "month": {"vat_period": MONTH},
    "unpaid": {"vat_period": QUARTER, "paid_on": NO_VALUE},
    "august": {"paid_on": paid("2023-08-01")},
}


@pytest.mark.parametrize("row", STANDINGS.strip().splitlines())
def test_a_claim_stands(rulebook: Rulebook, row: str) -> None:
    policy, on, today, facts, state, start, by = row.split()
    found = lived(rulebook, POLICIES[policy], on, today, **KNOWN[facts])
    assert (found.state, found.start, found.by) == (state, span(start), span(by))


@pytest.mark.parametrize(
    ("policy", "on", "facts", "until"),
    [
        (VAT, "2023-09-30", {"vat_period": QUARTER}, span("2026-10-01", "2026-10-23")),
        (
            VAT,
            "2023-09-30",
            {"vat_period": QUARTER, "paid_on": paid("2023-10-09")},
            span("2026-10-09"),
        ),
        (RD, "2022-12-31", {}, span("2026-01-01", "2026-05-31")),
        (RD, "2023-12-31", {"paid_on": paid("2024-02-29")}, span("2027-02-28")),
    ],
)  # fmt: skip
def test_the_past_can_be_recovered_until(
    rulebook: Rulebook, policy: str, on: str, facts: dict[str, Possible], until: Days
) -> None:
    """Three years from the payment; 31 May 2026 is a Sunday, and does not move."""
    found = lived(rulebook, policy, on, "2025-01-01", **facts)
    assert found.recover_until == until
    assert found.missing == (() if until.exact else ("paid_on",))


def test_a_period_that_is_not_known_gives_a_range(rulebook: Rulebook) -> None:
    found = lived(rulebook, VAT, "2023-08-31", "2023-09-10")
    assert found.state is State.OPEN
    assert found.by == span("2023-09-15", "2023-10-23")
    assert found.missing == ("vat_period",)


def test_days_left_are_never_below_nothing(rulebook: Rulebook) -> None:
    """The month’s last day is past, the quarter’s is not."""
    program = rulebook.on(day("2023-08-31"))
    found = lived(rulebook, VAT, "2023-08-31", "2023-10-10")
    words, about = Vocabulary.of(program, "en"), program.by_id[VAT].about
    told = standing(found, about, day("2023-10-10"), words)
    assert "15 September 2023 and 23 October 2023" in told
    assert "(days left: 13)" in told


def test_the_steps_that_follow_are_told(rulebook: Rulebook) -> None:
    found = lived(rulebook, RD, "2023-12-31", "2023-07-10")
    assert [step.by for step in found.later] == [span("2023-10-23"), span("2024-05-31")]


def test_a_year_without_a_calendar_is_provisional(rulebook: Rulebook) -> None:
    assert lived(rulebook, RD, "2026-12-31", "2027-01-02").provisional
    assert not lived(rulebook, RD, "2025-12-31", "2026-01-02").provisional


BOOK = """
rulebook: {id: b, title: b, languages: [en], currency: CNY, disclaimer: d}
departments: {council: Council}
facts:
  fit: {type: bool, title: fit, asks: Fit?, settled_by: firm}
calendars:
  2023: {off: [2023-09-29..2023-10-06], working: [2023-10-07, 2023-10-08]}
papers: {letter: {title: letter, issued_by: council}}
"""
DATE = """
facts:
  {id}: {{type: date, title: {id}, asks: When?, settled_by: firm, may_be_none: true}}
"""
DATES = ("signed_on", "registered_on", "noticed_on")
POLICY = """
policies:
  {id}:
    title: {id}
    summary: {id}
    kind: subsidy
    departments: {{lead: council, granting: council}}
    when: fit
    benefit: {{form: grant, amount: 100}}
    in_force: {{from: 2022-01-01, to: 2023-12-31}}
    claim:
      recover: none
"""
CLAIMS = {
    "window": """
      how: by-authority
      period: year
      steps: [{what: confirm, by: {on: {month: 12, day: 31, years: 1}}}]
""",
    "election": """
      how: in-return
      period: year
      steps: [{what: choose, by: {months: 5}, election: true}]
""",
    "deed": """
      how: in-return
      period: {event: signed_on}
      steps: [{what: declare, from: event, by: {before: registered_on}}]
""",
    "bid": """
      how: in-bid
      period: {event: signed_on}
      steps: [{what: bid, by: event, papers: letter}]
      remedies: [{what: object, by: {working_days: 7, after: noticed_on}}]
""",
    "unknown": """
      how: unknown
      ask: council
      bring: letter
""",
    "contract": """
      how: in-return
      period: {event: signed_on}
      steps: [{from: event, by: {days: 15, long_holiday: 3, moved: true}}]
""",
}
FIT = one(True)  # noqa: FBT003  (the member)


@pytest.fixture(scope="module")
def small() -> Rulebook:
    """A rulebook with a claim of each kind."""
    texts = {"b.yaml": BOOK}
    texts |= {f"{id_}.yaml": DATE.format(id=id_) for id_ in DATES}
    for id_, claim in CLAIMS.items():
        texts[f"{id_}.yaml"] = POLICY.format(id=id_).rstrip("\n") + claim
    return load_texts(texts)


OTHERS = """
    window   2022-12-31 2023-11-01 -          open   2023-12-31
    window   2022-12-31 2024-02-01 -          closed 2023-12-31
    election 2022-12-31 2023-06-15 -          lost   2023-05-31
    deed     2023-03-10 2023-03-10 2023-03-01 open   -
    bid      2023-09-05 2023-10-08 2023-09-05 closed 2023-09-05
    contract 2023-09-30 2023-10-08 2023-09-20 open   2023-10-13
    contract 2023-09-30 2023-10-08 -          open   -
    unknown  2022-06-30 2023-06-30 -          open   -
    unknown  2022-06-30 2024-06-30 -          closed -
"""


@pytest.mark.parametrize("row", OTHERS.strip().splitlines())
def test_other_ways_to_claim(small: Rulebook, row: str) -> None:
    """A window, an election, an event that is dated or not, no guide at all."""
    policy, on, today, signed, state, by = row.split()
    facts = {} if signed == "-" else {"signed_on": paid(signed)}
    found = lived(small, policy, on, today, **facts)
    assert (found.state, found.by) == (state, None if by == "-" else span(by))


def test_a_refusal_has_its_remedy(small: Rulebook) -> None:
    """Seven working days, working week-ends among them."""
    facts = {"signed_on": paid("2023-09-05"), "noticed_on": paid("2023-09-27")}
    found = lived(small, "bid", "2023-09-05", "2023-10-08", **facts)
    assert [one.by for one in found.remedies] == [span("2023-10-12")]


ISLAND = """
sources: {notice: {number: n, title: n}}
facts:
  there: {type: bool, title: there, asks: There?, settled_by: firm}
deadlines: {fortnight: {days: 15, published: true, moved: true}}
returns: {quay: {title: quay, due: fortnight}, rent: {title: rent, due: fortnight}}
calendars:
  2022:
    last_days: [2022-08-15, 2022-10-17]
    extended:
      - {of: 2022-08-15, to: 2022-08-31, where: there, returns: quay, cite: notice}
      - {of: 2022-10-17, to: 2022-10-31, where: there, cite: notice}
"""
FILED = """
      how: in-return
      period: month
      steps: [{return: %s}]
"""


@pytest.fixture(scope="module")
def island() -> Rulebook:
    """A rulebook in which August is put off for one place, of one return only."""
    texts = {"b.yaml": BOOK, "island.yaml": ISLAND}
    for name in ("quay", "rent"):
        body = POLICY.format(id=name).rstrip("\n") + FILED % name
        texts[f"{name}.yaml"] = body
    return load_texts(texts)


PUT_OFF = """
    quay 2022-07-31 yes     open        2022-08-31 2022-08-31
    quay 2022-07-31 no      closed      2022-08-15 2022-08-15
    quay 2022-07-31 unknown open        2022-08-15 2022-08-31
    rent 2022-07-31 yes     closed      2022-08-15 2022-08-15
    rent 2022-07-31 unknown closed      2022-08-15 2022-08-15
    rent 2022-09-30 yes     not-yet     2022-10-31 2022-10-31
    rent 2022-08-31 yes     not-yet     2022-09-15 2022-09-15
"""
PLACES = {"yes": FIT, "no": one(False)}  # noqa: FBT003  (the member)


@pytest.mark.parametrize("row", PUT_OFF.strip().splitlines())
def test_a_month_is_put_off_for_one_place_and_one_tax(
    island: Rulebook, row: str
) -> None:
    """Asked on 20 August; where the place is not known, it may be either day."""
    policy, on, place, state, low, high = row.split()
    facts = {"there": PLACES[place]} if place in PLACES else {}
    found = lived(island, policy, on, "2022-08-20", **facts)
    assert (found.state, found.by) == (state, span(low, high))
    assert ("there" in found.missing) is (low != high)


def test_what_is_put_off_ends_later() -> None:
    """A day that is no later, and a fact of another type, are refused."""
    wrong = ISLAND.replace("to: 2022-08-31, where: there", "to: 2022-08-15, where: on_")
    texts = {"b.yaml": BOOK, "island.yaml": wrong, "d.yaml": DATE.format(id="on_")}
    with pytest.raises(RulebookError) as refused:
        load_texts(texts)
    assert [fault.code for fault in refused.value.faults] == ["R207", "R309"]


def actions(book: Rulebook, on: str, today: str, **facts: Possible) -> list[Any]:
    """Return the actions in the JSON of an answer."""
    found = assess(book.on(day(on)), Facts(facts))
    data: dict[str, Any] = as_data(document(replace(found, today=day(today)), "en"))
    assert data["today"] == today
    return list(data["actions"])


def test_what_presses_comes_first_and_what_is_over_last(small: Rulebook) -> None:
    found = actions(small, "2022-12-31", "2023-05-01", fit=FIT)
    order = [(one["policy"], one["state"]) for one in found]
    assert order[:2] == [("election", "open"), ("window", "open")]
    found = actions(small, "2022-12-31", "2023-06-15", fit=FIT)
    assert [one["policy"] for one in found][-1] == "election"


def test_where_no_guide_is_public_it_says_whom_to_ask(small: Rulebook) -> None:
    found = {
        x["policy"]: x for x in actions(small, "2022-12-31", "2023-05-01", fit=FIT)
    }
    assert found["unknown"]["what"] == (
        "no guide has been published; ask Council; useful to have: letter"
    )
    assert found["unknown"]["papers"] == []
    assert found["bid"]["papers"] == ["letter"]


def test_the_day_of_asking_changes_no_outcome(rulebook: Rulebook) -> None:
    """Of all policies, on days far apart."""
    found = assess(rulebook.on(day("2022-12-31")), Facts({}))
    told: list[dict[str, Any]] = [
        as_data(document(replace(found, today=asked), "zh"))
        for asked in (day("2020-01-01"), day("2023-03-15"), day("2031-01-01"))
    ]
    for data in told:
        del data["today"], data["actions"]
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("policy", [VAT, RD, SLP])
def test_each_day_has_one_state_and_no_last_day_is_a_day_off(
    rulebook: Rulebook, policy: str
) -> None:
    """Over four years, day by day: states come in the order of a life."""
    order = [State.NOT_YET, State.OPEN, State.RECOVERABLE, State.CLOSED]
    calendar = rulebook.on(day("2022-12-31")).calendar
    asked, before = day("2022-01-01"), State.NOT_YET
    ends: list[State] = []
    while asked < day("2026-12-31"):
        found = lived(
            rulebook, policy, "2022-12-31", asked.isoformat(), vat_period=QUARTER
        )
        assert found.by is not None
        assert found.by.high is not None
        assert calendar.is_working(found.by.high)
        if found.state is not before:
            ends.append(found.state)
        before = found.state
        asked += timedelta(days=5)
    assert ends[-2:] == order[-2:]
    assert set(ends) <= set(order)
