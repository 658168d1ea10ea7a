"""A decision record that cannot be given again: why, in one line, and no answer."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

import policy_match as pm
from policy_match.records import sealed
from tests.bad.run import run
from tests.docs.markdown import ROOT
from tests.unit.report_rulebook import RULES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AT = "2026-01-31T09:30:00+08:00"
DAY = "2022-12-31"
FIRM = ROOT / "examples" / "firms" / "toy-maker.yaml"
INPUT, RULEBOOK, USAGE = 3, 4, 2
WHO = '"某企业"'.encode()

Content = dict[str, Any]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return the directory of a small rulebook."""
    place = tmp_path / "town"
    place.mkdir()
    (place / "town.yaml").write_text(RULES, encoding="utf-8")
    return place


@pytest.fixture
def record(town: Path) -> bytes:
    """Return the record of an answer by that rulebook."""
    known = {"name": "某企业", "staff": "20..50", "costs": 1000}
    return pm.load(town).on(DAY).assess(known).record(AT)


# ---- bytes that nobody wrote

BYTES: dict[str, tuple[Callable[[bytes], bytes], str, str, str]] = {
    "nothing": (lambda _: b"", "F701", "no decision record", "这不是决定记录文件"),
    "a profile": (lambda _: b"facts:\n", "F701", "check FIRM --record", "可用"),
    "another text": (lambda _: b'"a text"\n', "F701", "no decision", "这不是"),
    "a list": (lambda r: b"[" + r + b"]", "F701", "no decision", "这不是"),
    "another encoding": (
        lambda r: r.decode().encode("gbk"), "F701", "no decision", "这不是"),
    "brackets without end": (lambda _: b"[" * 200_000, "F701", "no decision", "这不是"),
    "an answer": (
        lambda r: json.dumps(json.loads(r)["answer"]).encode(),
        "F701", "no decision", "这不是"),
    "a later form": (
        lambda r: r.replace(b"match/record/1", b"match/record/2"),
        "F702", "use the release", "请使用生成该记录的"),
    "laid out": (
        lambda r: json.dumps(json.loads(r), ensure_ascii=False, indent=2).encode(),
        "F703", "its seal is broken", "封印不符"),
    "other marks for the same text": (
        lambda r: r.replace(WHO, rb'"\u67d0\u4f01\u4e1a"'), "F703", "seal", "封印"),
    "a key twice": (
        lambda r: r.replace(b'{"answer"', b'{"answer":0,"answer"'),
        "F703", "unchanged copy", "未经改动的副本"),
    "a mark before it": (lambda r: b"\xef\xbb\xbf" + r, "F703", "seal", "封印"),
    "line ends of Windows": (lambda r: r[:-1] + b"\r\n", "F703", "seal", "封印"),
    "half a character": (lambda r: r.replace(WHO, rb'"\ud800"'), "F703", "seal", "封"),
    "beyond all numbers": (
        lambda r: r.replace(WHO, b"1e999"), "F703", "seal", "封印"),
    "no number": (lambda r: r.replace(WHO, b"NaN"), "F703", "seal", "封印"),
    "another seal": (
        lambda r: re.sub(rb'"seal":"sha256:.', b'"seal":"sha256:z', r),
        "F703", "seal", "封印"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BYTES)
def test_bytes_that_nobody_wrote(
    kind: str, record: bytes, town: Path, tmp_path: Path
) -> None:
    """Refused in the reader's language, with what to do."""
    change, code, english, chinese = BYTES[kind]
    path = tmp_path / "r.json"
    path.write_bytes(change(record))
    for lang, wanted in (("en", english), ("zh", chinese)):
        ran = run("replay", path, "--rules", town, lang=lang)
        assert (ran.code, ran.out, ran.faults) == (INPUT, "", [(1, 1, code)])
        assert len(ran.err.splitlines()) == 1
        assert wanted in ran.err


def test_any_byte_of_a_record_by_the_shipped_rules() -> None:
    """Drawn from a seed: a record is some 300,000 bytes long."""
    book = pm.load()
    record = book.on(DAY).assess(FIRM).record(AT)
    random = Random(1)  # noqa: S311  (the same bytes every time)
    for at in random.sample(range(len(record)), 150):
        other = record[at] ^ random.randint(1, 255)
        changed = record[:at] + bytes([other]) + record[at + 1 :]
        with pytest.raises(pm.RecordError):
            pm.replay(changed, book)


# ---- sealed anew, and still no record

WRONG: dict[str, Content] = {
    "no day": {"on": "soon"},
    "a number for a day": {"on": 20221231},
    "no such language": {"lang": "fr"},
    "a list for a language": {"lang": ["zh"]},
    "no rulebook": {"rulebook": None},
    "parameters that are no text": {"rulebook": {"parameters": 5}},
    "files that are a list": {"rulebook": {"files": ["town.yaml"]}},
    "no answer": {"answer": []},
    "no firm": {"answer": {"firm": None}},
    "no such engine": {"answer": {"backend": "drools"}},
    "facts that are a list": {"profile": {"facts": []}},
    "no such fact": {"profile": {"facts": {"stuff": "1"}}},
    "a number as a number": {"profile": {"facts": {"staff": 20}}},
    "an exponent": {"profile": {"facts": {"staff": "1e999999999"}}},
    "divided by zero": {"profile": {"facts": {"staff": "1/0"}}},
    "half a range": {"profile": {"facts": {"staff": {"low": "1"}}}},
    "no such day of a fair": {"profile": {"facts": {"fair_on": "2022-02-30"}}},
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_seal_makes_no_record(kind: str, record: bytes, town: Path) -> None:
    """Whoever seals nonsense is told that it is none; nothing breaks."""
    content: Content = json.loads(record)
    for key, value in WRONG[kind].items():
        whole = isinstance(value, dict)
        content[key] = {**content[key], **value} if whole else value
    with pytest.raises(pm.RecordError, match="F701 this is no decision record"):
        pm.replay(sealed(content), town)


# ---- other rules


def _added(rules: Path) -> None:
    (rules / "more.yaml").write_text("# nothing yet\n", encoding="utf-8")


def _renamed(rules: Path) -> None:
    (rules / "town.yaml").rename(rules / "city.yaml")


def _broken(rules: Path) -> None:
    (rules / "town.yaml").write_bytes(b"\xff")


OTHER = {
    "one more": (_added, "more.yaml (1 in all)", "more.yaml（共1个）"),
    "renamed": (_renamed, "city.yaml, town.yaml (2 in all)", "city.yaml、town.yaml"),
    "no rules any more": (_broken, "town.yaml (1 in all)", "town.yaml（共1个）"),
}


@pytest.mark.parametrize("kind", OTHER)
def test_other_rules(kind: str, record: bytes, town: Path, tmp_path: Path) -> None:
    """Which file is another, and which rulebook is wanted."""
    change, english, chinese = OTHER[kind]
    (tmp_path / "r.json").write_bytes(record)
    change(town)
    digest = json.loads(record)["rulebook"]["digest"][:16]
    for lang, wanted in (("en", english), ("zh", chinese)):
        ran = run("replay", tmp_path / "r.json", "--rules", town, lang=lang)
        assert (ran.code, ran.faults) == (INPUT, [(1, 1, "F704")])
        assert wanted in ran.err
        assert digest in ran.err
        assert "--rules" in ran.err


def test_files_that_are_read_otherwise_today(record: bytes, town: Path) -> None:
    """The bytes are those of the record, the meaning is another release's."""
    content: Content = json.loads(record)
    content["rulebook"]["digest"] = "sha256:" + "0" * 64
    with pytest.raises(pm.RecordError, match=r"F704 .* otherwise; use the release"):
        pm.replay(sealed(content), town)


def test_no_record_and_no_rules(record: bytes, tmp_path: Path) -> None:
    """Each by its own exit code."""
    ran = run("replay", tmp_path / "r.json")
    assert (ran.code, ran.faults) == (INPUT, [(1, 1, "F507")])
    (tmp_path / "r.json").write_bytes(record)
    ran = run("replay", tmp_path / "r.json", "--rules", tmp_path / "nowhere")
    assert (ran.code, ran.faults) == (RULEBOOK, [(1, 1, "R206")])


# ---- what cannot be recorded

LINES: dict[str, tuple[list[str], str, str]] = {
    "two firms": (["--record", "r.json", str(FIRM)], "2 are given", "现有2户"),
    "nowhere to write": (["--record", "no/r.json"], "cannot be written", "无法写入"),
    "a time of no record": (["--recorded-at", AT], "--record FILE", "却没有要求记录"),
    "no time": (
        ["--record", "r.json", "--recorded-at", "noon"],
        "`noon` is not a time", "“noon”不是带时区的时间"),
    "a time of any place": (
        ["--record", "r.json", "--recorded-at", "2026-01-31T09:30:00"],
        "with its offset from UTC", "不是带时区的时间"),
}  # fmt: skip


@pytest.mark.parametrize("kind", LINES)
def test_what_cannot_be_recorded(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    words, english, chinese = LINES[kind]
    for lang, wanted in (("en", english), ("zh", chinese)):
        ran = run("check", FIRM, *words, lang=lang)
        assert (ran.code, ran.out) == (USAGE, "")
        assert len(ran.err.splitlines()) == 1
        assert wanted in ran.err
    assert list(tmp_path.iterdir()) == []


def test_without_its_engine_the_reference_answers(town: Path, tmp_path: Path) -> None:
    """It says so, and everything but who answered is the same."""
    pytest.importorskip("durable")
    path = tmp_path / "r.json"
    law = pm.load(town).on(DAY)
    path.write_bytes(law.assess({"staff": 20}, backend="durable-rules").record(AT))
    code = (
        "import sys; sys.modules['durable'] = None;"
        " from policy_match.cli import main; main()"
    )
    words = ["replay", str(path), "--rules", str(town), "--format", "json"]
    ran = subprocess.run(  # noqa: S603  (our own interpreter)
        [sys.executable, "-c", code, *words],
        env={**os.environ, "LC_ALL": "en_GB.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(ran.stdout)
    assert (ran.returncode, told["identical"]) == (0, True)
    assert told["backend"] == "reference"
    assert "the reference evaluator answers" in ran.stderr
