"""The API: the answers of the command line, refusals as problems, nothing lost."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import policy_match as pm
from policy_match.records.sealing import canonical
from policy_match.web.app import create
from policy_match.web.problems import Problem
from policy_match.web.settings import Settings
from policy_match.web.work import Queue
from tests.bad.run import run
from tests.chinese import chinese
from tests.docs.markdown import ROOT
from tests.web.firms import DAY, FIRMS, sent

if TYPE_CHECKING:
    from pathlib import Path

    from httpx2 import Response

    from tests.web.firms import Compared

ENGLISH = {"Accept-Language": "en"}
CHECK = "/api/v1/check"


def told(*words: str | Path, lang: str = "zh") -> Any:
    """Return the JSON that a command writes."""
    ran = run(*words, "--lang", lang, lang=lang)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def problem(found: Response, status: int) -> list[dict[str, Any]]:
    """Return the faults of a refusal, which is told as RFC 9457 has it."""
    assert found.status_code == status, found.text
    assert found.headers["content-type"] == "application/problem+json"
    data = found.json()
    assert data["status"] == status
    assert data["title"]
    faults: list[dict[str, Any]] = data["faults"]
    assert data["type"].endswith(faults[0]["code"])
    return faults


# ---- the answers of the command line


def test_check_answers_as_the_command_line(client: TestClient) -> None:
    """Byte for byte, keys sorted: each example firm, and all of them at once."""
    lines = told("check", *FIRMS, "--backend", "reference", "--format", "json")
    several = client.post(CHECK, json=[sent(firm) for firm in FIRMS])
    assert canonical(several.json()) == canonical(lines)
    (found,) = client.post(CHECK, json=[sent(FIRMS[0])]).json()
    assert client.post(CHECK, json=sent(FIRMS[0])).json() == found == lines[0]
    assert found["rulebook"]["digest"] == pm.load().digest


@pytest.mark.parametrize("name", ["just-over-the-line", "toy-maker"])
def test_questions_are_those_of_the_command_line(client: TestClient, name: str) -> None:
    firm = ROOT / "examples" / "firms" / f"{name}.yaml"
    asked = client.post("/api/v1/questions", json=sent(firm)).json()
    assert canonical(asked) == canonical(told("assess", firm, "--questions", "json"))


def test_a_plan_is_that_of_the_command_line(client: TestClient) -> None:
    """As data, and as a calendar."""
    (firm,) = (path for path in FIRMS if path.stem == "toy-maker")
    words = ("check", firm, "--plan", "--backend", "reference", "--format")
    found = client.post("/api/v1/plan", json=sent(firm))
    assert canonical(found.json()) == canonical(told(*words, "json"))
    calendar = client.post(
        "/api/v1/plan", json=sent(firm), headers={"Accept": "text/calendar"}
    )
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.text.startswith("BEGIN:VCALENDAR")


def test_a_decision_sheet_is_that_of_the_command_line(client: TestClient) -> None:
    """A page that may show its own styles and nothing else."""
    (firm,) = (path for path in FIRMS if path.stem == "toy-maker")
    words = ("--backend", "reference", "--format", "sheet", "--lang", "en")
    ran = run("check", firm, *words, lang="en")
    head = ENGLISH | {"Accept": "text/html"}
    found = client.post(CHECK, json=sent(firm), headers=head)
    assert found.headers["content-type"].startswith("text/html")
    assert found.text == ran.out
    policy = found.headers["content-security-policy"]
    assert "style-src 'self' 'sha256-" in policy
    assert "unsafe" not in policy
    either = {"Accept": "application/json, text/html;q=0.5"}
    assert client.post(CHECK, json=sent(firm), headers=either).json()["findings"]
    assert problem(client.post(CHECK, json={"facts": {"x": 1}}, headers=head), 422)


TODAY = "2023-03-15"


@pytest.mark.parametrize("today", [TODAY, "2023年3月15日", "2023/3/15"])
def test_the_day_of_asking_is_that_of_the_option(
    client: TestClient, today: str
) -> None:
    """`today` dates deadlines as `--today` does, for each firm of a list by itself."""
    (firm,) = (path for path in FIRMS if path.stem == "toy-maker")
    options = ("--backend", "reference", "--today", TODAY, "--format", "json")
    body = sent(firm) | {"today": today}
    later = sent(firm) | {"today": "2024-08-01"}
    one, other = client.post(CHECK, json=[body, later]).json()
    assert canonical(one) == canonical(told("check", firm, *options))
    assert (one["today"], other["today"]) == (TODAY, "2024-08-01")
    states = [[act["state"] for act in found["actions"]] for found in (one, other)]
    assert states[0] != states[1]
    plan = client.post("/api/v1/plan", json=body).json()
    assert canonical(plan) == canonical(told("check", firm, "--plan", *options))
    asked = client.post("/api/v1/questions", json=body).json()
    line = told("assess", firm, "--questions", "json", "--today", TODAY)
    assert canonical(asked) == canonical(line)


def test_the_law_is_that_of_the_day_of_asking_where_no_other_is_named(
    client: TestClient, tmp_path: Path
) -> None:
    firm = tmp_path / "firm.yaml"
    firm.write_text("facts: {employees: 86}\n", "utf-8")
    options = ("--backend", "reference", "--today", DAY, "--format", "json")
    line = told("check", firm, *options)
    body = {"today": DAY, "facts": {"employees": 86}}
    found = client.post(CHECK, json=body).json()
    assert found["on"] == DAY
    assert canonical(found) == canonical(line)
    asked = client.post("/api/v1/questions", json=body).json()
    line = told("assess", firm, "--questions", "json", "--today", DAY)
    assert asked["on"] == DAY
    assert canonical(asked) == canonical(line)


@pytest.mark.parametrize(
    "today", ["soon", 20230315, "2023-02-30", ["2023-03-15"], {}, True, "2023"]
)
@pytest.mark.parametrize("call", ["check", "plan", "questions", "records"])
def test_a_day_of_asking_that_is_none(
    client: TestClient, call: str, today: object
) -> None:
    """It is told with all other faults."""
    body = {"today": today, "facts": {"x": 1}}
    faults = problem(client.post(f"/api/v1/{call}", json=body), 422)
    assert [(one["code"], one["pointer"]) for one in faults] == [
        ("F502", "/today"),
        ("F501", "/facts/x"),
    ]
    assert chinese(faults[0]["message"])


def test_a_day_of_asking_that_is_null_is_the_real_one(client: TestClient) -> None:
    known = {"on": DAY, "facts": {}}
    found = client.post(CHECK, json=known | {"today": None}).json()
    assert found == client.post(CHECK, json=known).json()


def test_an_answer_is_in_the_language_of_the_request(client: TestClient) -> None:
    (firm,) = (path for path in FIRMS if path.stem == "toy-maker")
    found = client.post(CHECK, json=sent(firm), headers=ENGLISH)
    words = ("check", firm, "--backend", "reference", "--format", "json")
    assert canonical(found.json()) == canonical(told(*words, lang="en"))
    assert found.headers["content-language"] == "en"


def test_random_partial_firms(client: TestClient, compared: Compared) -> None:
    """What some facts come to is the same from a file and from a body."""
    for start in range(0, len(compared.bodies), 50):
        some = slice(start, start + 50)
        batch = client.post(CHECK, json=compared.bodies[some]).json()
        for found, line in zip(batch, compared.lines[some], strict=True):
            assert canonical(found) == canonical(line)


def test_unknown_is_null_and_never_no(client: TestClient) -> None:
    """A fact that is null decides what one decides that was never told.

    Only it is not asked for again, as it is not where a profile says `unknown`.
    """
    nulls = {"employees": None, "taxable_income": None, "restricted_industry": None}
    unknown = client.post(CHECK, json={"on": DAY, "facts": nulls}).json()
    nothing = client.post(CHECK, json={"on": DAY, "facts": {}}).json()
    assert unknown["findings"] == nothing["findings"]
    assert unknown["totals"] == nothing["totals"]
    assert nothing["totals"]["ineligible"] == 0
    said = dict.fromkeys(nulls, "unknown")
    assert client.post(CHECK, json={"on": DAY, "facts": said}).json() == unknown


def test_numbers_are_exact_and_texts_as_in_a_profile(client: TestClient) -> None:
    def income(written: str) -> Any:
        body = f'{{"on": "{DAY}", "facts": {{"taxable_income": {written}, '
        body += '"legal_form": "company", "collection_method": "audited"}}'
        head = {"Content-Type": "application/json"}
        found = client.post(CHECK, content=body.encode(), headers=head)
        assert found.status_code == 200, found.text
        return found.json()

    assert income("3e6") == income("3000000") == income('"300万"') == income("3.0E+6")
    assert income('"3e6"') != income("3e6")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("policies", ("list",)),
        ("policies/rd-super-deduction", ("show", "rd-super-deduction")),
    ],
)
def test_the_rulebook_as_the_command_line_tells_it(
    client: TestClient, address: str, words: tuple[str, ...]
) -> None:
    found = client.get(f"/api/v1/{address}?on={DAY}").json()
    assert found == told("policies", *words, "--on", DAY, "--format", "json")


def test_facts_figures_and_codes(client: TestClient) -> None:
    law = pm.load().on(DAY)
    facts = {one["fact"]: one for one in client.get(f"/api/v1/facts?on={DAY}").json()}
    assert facts.keys() == law.facts.keys()
    assert facts["employees"]["range"] == {"low": 0, "high": None}
    assert facts["legal_form"]["values"]["company"] == "公司"
    figures = client.get(f"/api/v1/parameters?on={DAY}").json()
    assert {one["parameter"] for one in figures} == law.program.figures.keys()
    assert all(one["cite"] or one["local"] or one["status"] for one in figures)
    asked = {"fact": "industry_code", "q": "玩具", "on": DAY}
    codes = client.get("/api/v1/codes", params=asked).json()
    line = told("codes", "industry_code", "玩具", "--on", DAY, "--format", "json")
    assert [{"code": one["code"], "name": one["name"]} for one in codes] == line
    assert all(one["path"] for one in codes if len(one["code"]) > 1)
    assert len(client.get("/api/v1/codes", params=asked | {"q": "业"}).json()) <= 20


# ---- records


def test_a_record_is_that_of_the_command_line_and_replays(
    client: TestClient, tmp_path: Path
) -> None:
    (firm,) = (path for path in FIRMS if path.stem == "toy-maker")
    at, file = "2023-01-05T10:00:00+08:00", tmp_path / "record.json"
    beside = {"at": at, "today": TODAY}
    found = client.post("/api/v1/records", json=sent(firm) | beside)
    words = ("--backend", "reference", "--record", file, "--recorded-at", at)
    dated = ("--today", TODAY, "--lang", "zh")
    assert run("check", firm, *words, *dated).code == 0
    assert found.content == file.read_bytes()
    assert found.json()["today"] == TODAY
    timeless = client.post("/api/v1/records", json=sent(firm) | {"at": "noon"})
    assert problem(timeless, 422)[0]["pointer"] == "/at"
    head = {"Content-Type": "application/json"}
    again = client.post("/api/v1/replay", content=found.content, headers=head)
    assert again.json()["identical"] is True
    written_anew = client.post("/api/v1/replay", json=found.json())
    assert written_anew.json() == again.json()
    changed = found.json() | {"on": "2023-12-31"}
    faults = problem(client.post("/api/v1/replay", json=changed), 422)
    assert [fault["code"] for fault in faults] == ["F703"]
    two = client.post("/api/v1/records", json=[sent(firm)] * 2)
    assert problem(two, 422)[0]["code"] == "H806"


def test_an_officers_determination_counts(client: TestClient) -> None:
    made = {"by": "商务局 王建军", "on": "2022-11-30", "ground": "义商务〔2022〕41号"}
    officers = [f for f in client.get("/api/v1/facts").json() if not f["derived"]]
    fact = next(
        f["fact"]
        for f in officers
        if f["settled_by"] == "officer" and f["type"] == "bool"
    )
    body = {"on": DAY, "facts": {}}
    settled = body | {"determinations": [made | {"fact": fact, "value": True}]}
    assert (
        client.post(CHECK, json=settled).json() != client.post(CHECK, json=body).json()
    )
    wrong = body | {"determinations": [made | {"fact": fact, "value": "maybe"}]}
    (fault,) = problem(client.post(CHECK, json=wrong), 422)
    assert fault["pointer"] == "/determinations/0/value"


def test_what_a_firm_does_not_know_is_not_asked_again(client: TestClient) -> None:
    (firm,) = (path for path in FIRMS if path.stem == "toy-maker")
    body = sent(firm)
    first = client.post("/api/v1/questions", json=body).json()["questions"][0]["fact"]
    left = client.post("/api/v1/questions", json=body | {"skipped": [first]}).json()
    assert first not in {question["fact"] for question in left["questions"]}
    faults = problem(
        client.post("/api/v1/questions", json=body | {"skipped": ["no-such"]}), 422
    )
    assert faults[0]["pointer"] == "/skipped/0"


# ---- refusals


def test_all_faults_at_once_with_codes_pointers_and_mends(client: TestClient) -> None:
    facts = {"employes": 1, "revenue": "很多", "employees": -3}
    english = problem(client.post(CHECK, json={"facts": facts}, headers=ENGLISH), 422)
    assert [(one["code"], one["pointer"]) for one in english] == [
        ("F501", "/facts/employes"),
        ("F502", "/facts/revenue"),
        ("F504", "/facts/employees"),
    ]
    assert english[0]["hint"] == "did you mean `employees`?"
    for one in problem(client.post(CHECK, json={"facts": facts}), 422):
        assert chinese(one["message"])
        assert chinese(one["hint"])


def test_a_batch_is_answered_whole_or_not_at_all(client: TestClient) -> None:
    firms = [{"facts": {}}, {"facts": {"x": 1}}, {"on": "soon", "facts": {"y/~": 1}}]
    faults = problem(client.post(CHECK, json=firms), 422)
    assert [one["pointer"] for one in faults] == [
        "/1/facts/x",
        "/2/on",
        "/2/facts/y~1~0",
    ]
    for count in (0, 101):
        faults = problem(client.post(CHECK, json=[{"facts": {}}] * count), 422)
        assert faults[0]["code"] == "H806"


def test_what_is_no_firm_in_a_list_hides_no_other_fault(client: TestClient) -> None:
    firms = [3, {"facts": {"employes": 1}}, None, {"on": "soon", "facts": {}}]
    faults = problem(client.post(CHECK, json=firms), 422)
    assert [(one["code"], one["pointer"]) for one in faults] == [
        ("F506", "/0"),
        ("F501", "/1/facts/employes"),
        ("F506", "/2"),
        ("F502", "/3/on"),
    ]


@pytest.mark.parametrize(
    ("body", "status", "codes"),
    [
        ("{", 400, ["F509"]),
        ("", 400, ["F509"]),
        ('{"facts": {"revenue": NaN}}', 400, ["F509"]),
        pytest.param(b'{"facts": "\xff"}', 400, ["F509"], id="not UTF-8"),
        ("5", 422, ["F506"]),
        ("[5]", 422, ["F506"]),
        ("{}", 422, ["F506"]),
        ('{"facts": 5}', 422, ["F506"]),
        ('{"facts": {"employees": 1, "employees": 2}}', 422, ["Y103"]),
        ('{"facts": {"employees": 1e99999}}', 422, ["F502"]),
        ('{"facts": {"employees": {"low": 1}}}', 422, ["F502"]),
        ('{"facts": {"name": "\\u0000"}}', 422, ["Y102"]),
        ('{"facts": {}, "colour": "red"}', 422, ["F506"]),
        ('{"facts": {"name": ' + "[" * 40 + "]" * 40 + "}}", 422, ["Y105"]),
        ("[" * 100_000, 422, ["Y105"]),
    ],
)
def test_bodies_that_are_none(
    client: TestClient, body: str | bytes, status: int, codes: list[str]
) -> None:
    head = {"Content-Type": "application/json"}
    data = body.encode() if isinstance(body, str) else body
    found = problem(client.post(CHECK, content=data, headers=head), status)
    assert [one["code"] for one in found] == codes


def test_a_body_has_a_limit_and_a_type(client: TestClient) -> None:
    big = {"facts": {"name": "x" * (256 * 1024)}}
    assert problem(client.post(CHECK, json=big), 413)[0]["code"] == "H802"

    def parts() -> Any:
        yield from (b" " * 4096 for _ in range(80))

    head = {"Content-Type": "application/json"}
    endless = client.post(CHECK, content=parts(), headers=head)
    assert problem(endless, 413)[0]["code"] == "H802"
    form = client.post(CHECK, data={"facts": "{}"})
    assert problem(form, 415)[0]["code"] == "H803"
    encoded = client.post(
        CHECK, content=b"{}", headers=head | {"Content-Encoding": "gzip"}
    )
    (fault,) = problem(encoded, 415)
    assert "Content-Encoding" in fault["hint"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/policies/..%2f..%2f..%2fetc%2fpasswd",
        "/api/v1/policies/%2e%2e",
        "/api/v1/policies/a%00b",
        "/api/v1/policies/../../../../etc/passwd",
        "/api/v1/policies//etc/passwd",
        "/api/v1/nothing",
        "/..%2f..%2fpyproject.toml",
        "/static/..%2f..%2fapp.py",
        "/static/firm.js%00.css",
        "//etc/passwd",
        "/handbook/zh/policies/..%2f..%2fplan.json",
        "/handbook/%2e%2e/plan.json",
        "/" + "a" * 5000,
        "/handbook/..%2f..%2fapp.py",
        "/api/v1/policies/",
    ],
)
def test_paths_that_lead_outside_lead_nowhere(client: TestClient, path: str) -> None:
    assert problem(client.get(path), 404)[0]["code"] == "H804"


def test_methods_days_and_facts_that_are_none(client: TestClient) -> None:
    found = client.delete(CHECK)
    assert problem(found, 405)[0]["code"] == "H805"
    assert found.headers["allow"] == "POST"
    (fault,) = problem(client.get("/api/v1/policies?on=soon"), 422)
    assert (fault["code"], fault["parameter"]) == ("H809", "on")
    (fault,) = problem(client.get("/api/v1/codes?fact=employees&q=x"), 422)
    assert fault["parameter"] == "fact"


@pytest.mark.parametrize(
    ("address", "parameters"),
    [
        (f"policies?onn={DAY}", ["onn"]),
        (f"policies?on={DAY}&on=2023-12-31", ["on"]),
        ("policies?lang=fr", ["lang"]),
        ("codes?fact=nope&on=soon&x=1", ["x", "on", "fact"]),
        ("policies/no-such?on=soon", ["on", None]),
    ],
)
def test_no_parameter_is_passed_over(
    client: TestClient, address: str, parameters: list[str | None]
) -> None:
    """One that is misspelt would be answered by another day's law."""
    faults = problem(client.get(f"/api/v1/{address}"), 422)
    assert [one.get("parameter") for one in faults] == parameters
    assert all(chinese(one["message"]) for one in faults)


def test_a_post_has_its_day_in_the_body(client: TestClient) -> None:
    found = client.post(f"{CHECK}?on={DAY}", json={"facts": {}})
    assert problem(found, 422)[0]["parameter"] == "on"


@pytest.mark.parametrize(
    ("asked", "header", "answered"),
    [
        ("", "fr, en-GB;q=0.8, zh;q=0.5", "en"),
        ("", "en ; q=0.2, zh ; q=0.9", "zh"),
        ("", "en;q=0", "zh"),
        ("", "fr", "zh"),
        ("?lang=en", "zh", "en"),
    ],
)
def test_the_language_is_the_one_that_is_preferred(
    client: TestClient, asked: str, header: str, answered: str
) -> None:
    address = f"/api/v1/policies/small-low-profit-cit{asked}"
    found = client.get(address, headers={"Accept-Language": header})
    assert found.headers["content-language"] == answered
    assert (chinese(found.json()["title"]) is True) is (answered == "zh")


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_no_body_is_a_defect(client: TestClient, data: bytes) -> None:
    head = {"Content-Type": "application/json"}
    for address in (CHECK, "/api/v1/replay"):
        found = client.post(address, content=data, headers=head)
        assert found.status_code in {400, 422}
        problem(found, found.status_code)


# ---- what is cached, and what a server keeps to itself


def test_a_client_is_told_when_it_has_the_answer_already(client: TestClient) -> None:
    first = client.get(f"/api/v1/facts?on={DAY}")
    tag = {"If-None-Match": first.headers["etag"]}
    again = client.get(f"/api/v1/facts?on={DAY}", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    for other in ({"Accept-Language": "en"}, {}):
        day = DAY if other else "2023-12-31"
        found = client.get(f"/api/v1/facts?on={day}", headers=tag | other)
        assert found.status_code == 200
        assert found.headers["etag"] != first.headers["etag"]
    assert "Accept-Language" in first.headers["vary"]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/firm.json",
        "/static/firm.js",
        "/openapi.json",
        "/api/v1/policies",
        "/handbook/en/policies/small-low-profit-cit.json",
    ],
)
def test_every_get_has_a_tag_and_a_head(client: TestClient, address: str) -> None:
    """HEAD tells what GET would, and sends nothing."""
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-type", "content-length"):
        assert head.headers[name] == first.headers[name]
    allowed = client.put(address)
    assert problem(allowed, 405)
    assert allowed.headers["allow"] == "GET, HEAD"


def test_a_batch_never_mixes_two_laws(client: TestClient) -> None:
    body = {"on": DAY, "facts": {}}
    digest = client.get("/health").json()["digest"]
    same = client.post(CHECK, json=body, headers={"If-Match": f'"{digest}"'})
    assert same.status_code == 200
    assert same.headers["cache-control"] == "no-store"
    either = {"If-Match": f'"sha256:0", "{digest}"'}
    assert client.post(CHECK, json=body, headers=either).status_code == 200
    other = client.post(CHECK, json=body, headers={"If-Match": '"sha256:0"'})
    assert problem(other, 412)[0]["code"] == "H807"


def test_answers_are_compressed_and_guarded(client: TestClient) -> None:
    found = client.post(CHECK, json={"on": DAY, "facts": {}})
    assert found.headers["content-encoding"] == "gzip"
    for accepted in ("gzip;q=0", "br", "identity"):
        head = {"Accept-Encoding": accepted}
        plain = client.post(CHECK, json={"on": DAY, "facts": {}}, headers=head)
        assert "content-encoding" not in plain.headers
        assert plain.json() == found.json()
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["referrer-policy"] == "no-referrer"


def test_other_sites_may_ask_only_where_it_is_allowed(client: TestClient) -> None:
    def allowed(origin: str) -> str | None:
        head = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        found = client.options(CHECK, headers=head)
        return found.headers.get("access-control-allow-origin")

    assert allowed("https://example.org") == "https://example.org"
    assert allowed("https://elsewhere.example") is None


def test_a_name_that_is_led_here_is_not_answered(client: TestClient) -> None:
    found = client.get("/api/v1/policies", headers={"Host": "evil.example"})
    assert problem(found, 421)[0]["code"] == "H810"
    nameless = problem(client.get("/api/v1/policies", headers={"Host": ""}), 421)
    assert "Host" in nameless[0]["hint"]
    full = client.get("/health", headers={"Host": "LOCALHOST.:80"})
    assert full.status_code == 200


def test_no_fact_reaches_the_log(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    planted = "星禾玩具的秘密"
    client.post(CHECK, json={"facts": {"name": planted, planted: 1}})
    client.get(f"/api/v1/policies/{planted}", params={"on": planted})
    client.get("/api/v1/codes", params={"fact": "industry_code", "q": planted})
    with patch("policy_match.api.law.Law.assess", side_effect=ValueError(planted)):
        found = client.post(CHECK, json={"facts": {"name": planted}})
    assert problem(found, 500)[0]["code"] == "H800"
    log = capsys.readouterr().err
    assert planted not in log
    assert planted.encode("unicode_escape").decode() not in log
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"time", "id", "method", "route", "status", "ms"} <= lines[0].keys()
    assert lines[0]["route"] == CHECK
    assert [line["status"] for line in lines if "status" in line][-1] == 500


def test_who_cannot_wait_is_told_when_to_come_back() -> None:
    with TestClient(create(Settings(waiting=0)), base_url="http://localhost") as full:
        found = full.post(CHECK, json={"facts": {}})
        assert problem(found, 503)[0]["code"] == "H808"
        assert int(found.headers["retry-after"]) > 0
        assert full.get("/health").status_code == 200


def test_nothing_is_worked_out_for_those_who_are_gone() -> None:
    """They left while they waited for their turn; the next one has it."""
    made: list[str] = []

    async def left() -> bool:
        return True

    async def here() -> bool:
        return False

    async def both() -> None:
        queue = Queue(2)
        with pytest.raises(Problem):
            await queue.turn(lambda: made.append("for nobody"), left)
        await queue.turn(lambda: made.append("for somebody"), here)

    anyio.run(both)
    assert made == ["for somebody"]


# ---- the description


def test_the_description_is_closed_and_has_every_call(client: TestClient) -> None:
    found = client.get("/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    calls = {
        f"{method.upper()} {path.removeprefix('/api/v1/')}"
        for path, methods in found["paths"].items()
        for method in methods
    }
    assert calls >= {
        "GET policies",
        "GET policies/{policy}",
        "GET facts",
        "GET codes",
        "GET parameters",
        "POST check",
        "POST questions",
        "POST plan",
        "POST records",
        "POST replay",
    }
    shapes = found["components"]["schemas"]
    refs = re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(found))
    assert set(refs) <= shapes.keys()
    assert shapes["Facts"]["properties"].keys() == pm.load().on(DAY).facts.keys()
    for name in ("Answer", "Finding", "Questions", "ProblemModel", "Firm"):
        assert shapes[name]["additionalProperties"] is False, name


def test_the_description_has_what_is_given_beside_json(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for call, kind in (("check", "text/html"), ("plan", "text/calendar")):
        given = paths[f"/api/v1/{call}"]["post"]["responses"]["200"]["content"]
        assert list(given) == ["application/json", kind]


def test_the_example_of_the_description_is_answered(client: TestClient) -> None:
    found = client.get("/openapi.json").json()
    for path in ("check", "questions", "records"):
        body = found["paths"][f"/api/v1/{path}"]["post"]["requestBody"]
        example = body["content"]["application/json"]["example"]
        assert client.post(f"/api/v1/{path}", json=example).status_code == 200
