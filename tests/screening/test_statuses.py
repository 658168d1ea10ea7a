"""What each firm's row says somebody should do, and what it adds up to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl
import pytest

from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.screening.report_words import Reported, Told
from policy_match.screening.segments import SEGMENTS
from policy_match.screening.takeup import TakeUp, Total
from policy_match.screening.tallies import TALLY
from policy_match.screening.worklist import sheet_name
from tests.reports.paper import printer, read
from tests.screening.command import DAY, Result, credit_code, screen
from tests.screening.town import write_rules

if TYPE_CHECKING:
    from pathlib import Path

    from policy_match.ir.program import Program

FIRMS = """统一社会信用代码,企业名称,所在镇街,从业人数,营业收入,高新技术企业,agreed
{0},已享受,甲镇,10,100万,否,是
{1},未享受,甲镇,10,100万,是,
{2},缺人数,甲镇,,100万,否,否
{3},什么都缺,乙镇,,,,
{4},人太多,乙镇,310,1000.01,否,否
{5},人数不定,乙镇,290..310,0,否,
{6},高新不明,乙镇,1,100万,,否
"""
CLAIMS = """uscc,policy,amount,on
{0},small-grant,9000.10,2022-03-01
{0},小企业补助,999.90,2022年4月1日
{1},low-rate,5.55,2022-05-05
{1},small-grant,70,2021-12-31
{2},small-grant,3.33,2022-01-01
{4},small-grant,0.01,20220101
{6},agreed-grant,12,2022-06-30
{8},small-grant,44.44,2022-06-30
{0},no-such-policy,1,2022-06-30
"""
CODES = [credit_code(number) for number in range(9)]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Return a screening of the town with claims."""
    place = tmp_path_factory.mktemp("town")
    firms, claims = place / "firms.csv", place / "claims.csv"
    firms.write_text(FIRMS.format(*CODES), encoding="utf-8")
    claims.write_text(CLAIMS.format(*CODES), encoding="utf-8")
    rules = write_rules(place)
    found = screen(firms, "--claims", claims, "--rules", rules, "--today", DAY)
    assert found.code == 5, found.err
    return found


@pytest.mark.parametrize(
    ("firm", "policy", "status"),
    [
        (0, "small-grant", "claimed"),
        (1, "small-grant", "unclaimed"),
        (1, "hightech-rate", "unclaimed"),
        (1, "low-rate", "claimed-instead"),
        (0, "agreed-grant", "unclaimed"),
        (1, "agreed-grant", None),  # needs-judgement, on request only
        (2, "small-grant", "claimed-undetermined"),
        (3, "small-grant", "needs-one-fact"),
        (3, "agreed-grant", None),  # needs-data
        (4, "small-grant", "over-claimed"),
        (5, "small-grant", "needs-one-fact"),
        (5, "low-rate", None),  # not-entitled
        (6, "low-rate", "needs-choice"),
        (6, "hightech-rate", "needs-one-fact"),
        (6, "agreed-grant", "over-claimed"),
        (0, "advice", None),  # a service has no claim to make
    ],
)
def test_status(result: Result, firm: int, policy: str, status: str | None) -> None:
    """Each status of the contract, from a firm made for it."""
    assert result.status(CODES[firm], policy) == status


def test_everything_on_request(result: Result, tmp_path: Path) -> None:
    """`--all` writes a row for every firm and policy."""
    firms = result.path.parent / "firms.csv"
    rules = result.path.parent / "rules"
    found = screen(firms, "--rules", rules, "--all", out=tmp_path / "out")
    assert found.code == 0
    assert found.parquet("findings").height == 7 * 5
    assert found.status(CODES[1], "agreed-grant") == "needs-judgement"
    assert found.status(CODES[3], "agreed-grant") == "needs-data"
    assert found.status(CODES[5], "low-rate") == "not-entitled"
    assert found.status(CODES[1], "low-rate") == "excluded"
    assert found.status(CODES[0], "advice") == "unclaimed"
    failing = found.finding(CODES[5], "low-rate")
    assert failing is not None
    assert failing["failed"] == ["sales > 0"]


def test_amounts(result: Result) -> None:
    """What a firm is entitled to, and what it has claimed, to the cent."""
    claimed = result.finding(CODES[0], "small-grant")
    assert claimed is not None
    assert claimed["amount"] == Decimal("10000.00")
    assert claimed["claimed_amount"] == Decimal("10000.00")
    missing = result.finding(CODES[3], "small-grant")
    assert missing is not None
    assert missing["amount"] is None
    assert missing["amount_low"] == 0
    assert missing["amount_high"] is None
    assert set(missing["missing"]) == {"staff", "sales"}


def test_claims_reconcile_to_the_cent(result: Result) -> None:
    """What the file holds is in the findings, in the rejects or of another year."""
    findings = result.parquet("findings")["claimed_amount"].sum()
    by_policy = result.csv("takeup")["amount_claimed"].cast(pl.Decimal(38, 2)).sum()
    file = sum(map(Decimal, ("9000.10", "999.90", "5.55", "3.33", "0.01", "12")))
    assert findings == by_policy == file
    assert result.summary["inputs"]["claims"] == {
        "file": "claims.csv",
        "digest": result.summary["inputs"]["claims"]["digest"],
        "rows": 9,
        "counted": 6,
        "rejected": 2,
        "other_years": 1,
        "amount": str(file),
    }
    rejects = result.csv("rejects").select("row", "value", "code", "file").rows()
    assert rejects == [
        ("9", CODES[8], "unknown-firm", "claims.csv"),
        ("10", "no-such-policy", "policy", "claims.csv"),
    ]


def test_take_up(result: Result) -> None:
    """The rate counts firms surely entitled; the others stand beside it."""
    row = result.takeup("small-grant")
    assert row["firms"] == "7"
    assert row["eligible"] == "3"  # the first, the second and the last
    assert row["claimed"] == "1"
    assert row["unclaimed"] == "2"
    assert row["takeup_rate"] == "0.3333"
    assert row["undetermined"] == "3"
    assert row["over_claimed"] == "1"
    assert row["amount_due"] == "30000.00"
    assert row["amount_unclaimed"] == "20000.00"
    assert row["form"] == "grant"
    # Claimed 10,000 of 30,000 due; one of the three not settled has claimed.
    assert row["claimed_of_due"] == "10000.00"
    assert row["claimed_short"] == "0.00"
    assert row["rate_low"] == "0.2000"  # 1 of 1 + 2 + 2
    assert row["rate_high"] == "0.5000"  # 2 of 2 + 2


def test_take_up_by_town_and_department(result: Result) -> None:
    """A breakdown adds up to the whole."""
    by = result.csv("takeup_by").filter(policy="small-grant")
    towns = by.filter(by="town")
    assert dict(towns.select("value", "unclaimed").rows()) == {"甲镇": "1", "乙镇": "1"}
    departments = by.filter(by="department")
    assert departments.select("value", "label", "unclaimed").rows() == [
        ("trade", "商务局", "2")
    ]


def test_without_claims_nothing_is_said_of_them(result: Result, tmp_path: Path) -> None:
    """A rate that nobody can know is blank, not zero."""
    firms, rules = result.path.parent / "firms.csv", result.path.parent / "rules"
    found = screen(firms, "--rules", rules, out=tmp_path / "out")
    row = found.takeup("small-grant")
    assert row["unclaimed"] == "3"
    assert row["claimed"] is None
    assert row["takeup_rate"] is None


def test_data_gaps_name_the_worst_first(result: Result) -> None:
    """The fact that settles most money by itself comes first."""
    gaps = result.csv("data_gaps")
    first = gaps.row(0, named=True)
    # High-tech is open for the fourth and the last firm; the last has 100万 to gain,
    # of which it has half by the low rate already.
    assert first["fact"] == "hightech"
    assert first["firms_missing"] == "2"
    assert first["findings_settled_alone"] == "2"
    assert first["amount_at_stake"] == "50000.00"
    assert first["form"] == "tax-reduction"
    assert first["settled_by"] == "register"


def test_page_one_tells_causes_in_money(result: Result) -> None:
    """What one fact would bring beyond the low rate; what was had without a right."""
    page = (result.path / "report.html").read_text(encoding="utf-8")
    assert '<b>缺一项信息</b><br><span class="amount">减免税额最多5万元</span>' in page
    over = "奖补资金12.01元"
    assert f'<b>不符合而已享</b><br><span class="amount">{over}</span><br>2项' in page


@pytest.mark.browser
def test_page_one_is_one_sheet_of_paper(result: Result) -> None:
    """On A4 tables stand as on a screen, with their headings, and not as on a phone."""
    page = (result.path / "report.html").read_text(encoding="utf-8")
    with printer() as printed:
        first, second, *_ = printed(page)
    assert read("政策应享未享企业") in first
    assert second.startswith(read("惠企政策享受情况·2022年12月31日·第二页"))


def test_near_misses_tell_the_distance(result: Result) -> None:
    """Ten people too many is all that keeps a firm from the grant."""
    rows = result.csv("near_misses").filter(policy="small-grant").to_dicts()
    assert [(row["uscc"], row["distance"], row["needed"]) for row in rows] == [
        (CODES[4], "10", "300")
    ]


def test_worklist_has_a_sheet_a_department(result: Result) -> None:
    """Largest first, with what to do."""
    sheets = pl.read_excel(result.path / "worklist.xlsx", sheet_id=0)
    assert set(sheets) == {"商务局", "税务局", "不符合而已享"}
    over = sheets["不符合而已享"].to_dicts()
    assert [(row["企业名称"], row["政策"], row["已享金额（元）"]) for row in over] == [
        ("高新不明", "认定补助", 12),
        ("人太多", "小企业补助", 0.01),
    ]
    assert over[0]["不符合的条件"] == "商务局同意补助"
    trade = sheets["商务局"]
    assert trade["政策"].to_list() == ["小企业补助", "小企业补助", "认定补助"]
    assert trade["金额（元，至少）"].to_list() == [10000, 10000, 1000]
    assert set(trade["如何办理"].to_list()) == {"途径：网上申报；办理：现在可办"}
    # 10万 of the high-tech firm, 5万 of two firms of the low rate, then little.
    assert sheets["税务局"]["金额（元，至少）"].to_list() == [100000, 50000, 50000, 50]


def test_outcomes_have_a_column_a_policy(result: Result) -> None:
    """One row a firm, in the order of the register."""
    outcomes = result.parquet("outcomes")
    assert outcomes["uscc"].to_list() == CODES[:7]
    assert outcomes["small-grant"].to_list() == [
        "eligible", "eligible", "undetermined", "undetermined", "ineligible",
        "undetermined", "eligible",
    ]  # fmt: skip
    assert outcomes.schema["small-grant.low"] == pl.Decimal(18, 2)
    assert outcomes["small-grant.high"].to_list()[0] == Decimal("10000.00")
    assert "advice.low" not in outcomes.columns


def test_report_needs_nothing_else(result: Result) -> None:
    """One page, charts within, no address to fetch anything from."""
    page = (result.path / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "小企业补助" in page
    assert "33.3%" in page
    for address in ("<script src", "<link", "@import", "url("):
        assert address not in page


WORTH = """统一社会信用代码,企业名称,所在镇街,从业人数,营业收入,高新技术企业,agreed
{0},没有收入,甲镇,10,0,,否
{1},收入不明,甲镇,10,,,否
{2},有收入,甲镇,10,200万,,否
{3},申领不足,甲镇,20,100万,,否
"""


@pytest.fixture(scope="module")
def worth(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Return a screening of firms whose grant is nothing, unknown, and something."""
    place = tmp_path_factory.mktemp("worth")
    firms, claims = place / "firms.csv", place / "claims.csv"
    firms.write_text(WORTH.format(*CODES), encoding="utf-8")
    claims.write_text(
        f"uscc,policy,amount,on\n{CODES[3]},small-grant,4000.5,2022-03-01\n",
        encoding="utf-8",
    )
    rules = write_rules(place)
    found = screen(firms, "--claims", claims, "--rules", rules, "--all")
    assert found.code == 0, found.err
    return found


def test_what_is_worth_nothing_is_not_unclaimed(worth: Result) -> None:
    """What is surely zero is left out of the rate; what may be zero stands apart."""
    told = [worth.status(code, "small-grant") for code in CODES[:4]]
    assert told == ["nothing-to-claim", "worth-unknown", "unclaimed", "claimed"]
    row = worth.takeup("small-grant")
    assert row["takeup_rate"] == "0.5000"
    assert row["rate_low"] == "0.3333"
    assert (row["eligible"], row["worth_unknown"], row["nothing_to_claim"]) == (
        "4",
        "1",
        "1",
    )


def test_due_claimed_and_left_are_of_the_same_firms(worth: Result) -> None:
    """Due is what was claimed of it, what those firms left, and what others left."""
    row = worth.takeup("small-grant")
    assert row["amount_due"] == "30000.00"
    assert row["claimed_of_due"] == "4000.50"
    assert row["claimed_short"] == "5999.50"
    assert row["amount_unclaimed"] == "20000.00"


def test_money_of_different_forms_is_never_added_up(result: Result) -> None:
    """All policies together have counts, and sums form by form."""
    together = result.csv("takeup_by").filter(by="town", value="甲镇", policy="")
    whole, *forms = together.to_dicts()
    assert whole["amount_unclaimed"] is None
    assert {row["form"] for row in forms} >= {"grant", "tax-reduction"}
    assert whole["firms"] == "3"  # firms, not findings
    assert result.summary["takeup"]["amount_due"] is None
    assert set(result.summary["money"]) == {"grant", "tax-reduction"}


def test_letters_rank_firms_by_what_they_have_left(result: Result) -> None:
    """Form by form, with the share of the whole that the first so many reach."""
    rows = result.csv("letters").filter(form="grant").to_dicts()
    assert [(row["name"], row["amount_left"]) for row in rows] == [
        ("未享受", "10000.00"),
        ("高新不明", "10000.00"),
        ("已享受", "1000.00"),
    ]
    assert [float(row["cumulative_share"]) for row in rows] == pytest.approx(
        [10 / 21, 20 / 21, 1], abs=1e-6
    )


def test_what_changed_since_the_last_run_has_its_causes(tmp_path: Path) -> None:
    """New claims and firms that came are told apart."""
    firms, claims = tmp_path / "firms.csv", tmp_path / "claims.csv"
    rules, out = write_rules(tmp_path), tmp_path / "out"
    head = "uscc,policy,amount,on\n"
    lines = FIRMS.format(*CODES).splitlines()[:3]
    claim = f"{CODES[0]},小企业补助,1,2022-05-05\n"
    for some, told in ((lines[:2], head), (lines, head + claim)):
        firms.write_text("\n".join(some), encoding="utf-8")
        claims.write_text(told, encoding="utf-8")
        found = screen(firms, "--claims", claims, "--rules", rules, out=out)
        assert found.code == 0, found.err
    page = (out / "report.html").read_text(encoding="utf-8")
    # Of tax: the first firm's 5万 is unchanged, the new one has 10万 by the high rate.
    assert "上次未享" in page
    assert '<td>企业增减</td><td class="num">+10万元</td>' in page
    assert "新申领：已享+1项，未享−1项" in page
    since = found.summary["since"]
    assert since["on"] == found.summary["on"]
    grant = since["policies"]["small-grant"]
    assert grant["takeup_rate"] == "0.0000"
    assert grant["moved"]["claims"] == {"claimed": 1, "unclaimed": -1}
    assert since["moved"]["claims"] == {"claimed": 1, "unclaimed": -1}
    assert since["policies"]["hightech-rate"]["moved"] == {
        "firms": {"claimed": 0, "unclaimed": 1}
    }


def test_another_day_of_the_same_law_is_no_other_law(tmp_path: Path) -> None:
    """A monthly run tells new data as such; a change of the rulebook is not known."""
    firms, claims = tmp_path / "firms.csv", tmp_path / "claims.csv"
    rules, out = write_rules(tmp_path), tmp_path / "out"
    claims.write_text("uscc,policy,amount,on\n", encoding="utf-8")
    head, _, _, unknown = FIRMS.format(*CODES).splitlines()[:4]
    given = ("--claims", claims, "--rules", rules)
    moved = []
    for day, row in (
        ("2022-10-31", unknown),
        ("2022-11-30", unknown.replace("甲镇,,", "甲镇,10,")),
        ("2022-12-31", unknown.replace("甲镇,,", "甲镇,310,")),
    ):
        if day == "2022-12-31":
            book = rules / "town.yaml"
            text = book.read_text(encoding="utf-8")
            book.write_text(text.replace("sales * 1%", "sales * 2%"), encoding="utf-8")
        firms.write_text(f"{head}\n{row}", encoding="utf-8")
        found = screen(firms, *given, "--on", day, out=out)
        assert found.code == 0, found.err
        if day != "2022-10-31":
            since = found.summary["since"]["policies"]["small-grant"]
            moved.append(since["moved"])
    assert moved == [
        {"data": {"claimed": 0, "unclaimed": 1}},
        {"data-or-law": {"claimed": 0, "unclaimed": -1}},
    ]


def test_who_sets_an_amount_is_named(program: Program) -> None:
    """Be it said of the policy, or of the figure that no document fixes."""
    takeup = TakeUp(program, pl.DataFrame(schema=TALLY), known=True)
    words = Vocabulary.of(program, "zh")
    policy = "three-in-one-certification-incentive"
    told = takeup.of(policy, Total(unclaimed=1, unset=1, unset_left=1), words)
    assert (told["amount_unclaimed"], told["set_by"]) == (None, "市场监管局")
    assert takeup.of(policy, Total(), words)["set_by"] is None


def test_what_is_no_money_is_no_sum_of_nothing(program: Program) -> None:
    """A bid that is reserved has no amount; of a preference nothing is left."""
    row = {"policy": "procurement-reserved-share", "status": "unclaimed", "firms": 1}
    tally = pl.DataFrame([row], schema=TALLY).with_columns(
        pl.col("low", "high", "claimed", "of_due", "unset", "unbounded").fill_null(0),
        pl.col(SEGMENTS).fill_null(""),
    )
    found = TakeUp(program, tally, known=True)
    nothing = pl.DataFrame()
    made_of = Reported(found, nothing, nothing, {}, None, {})
    assert found.whole.forms["preference"].unclaimed == 1
    assert not Told(made_of, Vocabulary.of(program, "zh")).has("preference")


def test_a_sheet_keeps_the_apostrophe_of_its_department() -> None:
    """It may stand within the name of a sheet, and not at its ends."""
    taken: set[str] = set()
    assert sheet_name("People's Bank", taken) == "People's Bank"
    assert sheet_name("'People's Bank'", taken) == "People's Bank 2"
