"""A program as data: the same law again, or nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

import policy_match as pm
from policy_match.ir.codec import FORMAT, DamagedError, decode, encode
from policy_match.ir.program import Program
from policy_match.semantics.assessment import assess
from tests.docs.markdown import ROOT
from tests.unit.report_rulebook import RULES

if TYPE_CHECKING:
    from pathlib import Path

FIRM = ROOT / "examples" / "firms" / "toy-maker.yaml"
DAY = "2022-12-31"


@pytest.fixture(scope="module")
def law() -> pm.Law:
    """Return the shipped law of the day."""
    return pm.load().on(DAY)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a small program as bytes."""
    place = tmp_path_factory.mktemp("town")
    (place / "town.yaml").write_text(RULES, "utf-8")
    return encode(pm.load(place).on(DAY).program)


def test_a_program_that_was_written_answers_as_it_did(law: pm.Law) -> None:
    """Same digest, same answer to the last leaf; written again, the same bytes.

    Each node that is told apart by identity has a row, so that what is one node in
    the law is one in what was read.
    """
    written = encode(law.program)
    again = decode(written)
    assert again.digest == law.program.digest
    assert encode(again) == written
    facts = law.known(FIRM)
    one, other = assess(law.program, facts), assess(again, facts)
    assert (
        pm.api.Answer(one, law.origin).to_dict()
        == pm.api.Answer(other, law.origin).to_dict()
    )


def resealed(data: bytes, change: Any, **header: Any) -> bytes:
    """Return a program whose rows were changed by somebody who mends the seal."""
    head, body = data.split(b"\n", 1)
    rows = json.loads(body)
    change(rows)
    body = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    told = json.loads(head) | {"sha256": sha256(body).hexdigest()} | header
    return json.dumps(told).encode() + b"\n" + body


@pytest.mark.parametrize("seed", range(40))
def test_a_flipped_bit_is_refused(data: bytes, seed: int) -> None:
    chance, changed = Random(seed), bytearray(data)  # noqa: S311
    at = chance.randrange(data.index(b"\n") + 1, len(data))
    changed[at] ^= 1 << chance.randrange(8)
    with pytest.raises(DamagedError):
        decode(bytes(changed))


@pytest.mark.parametrize(
    "header", [{"format": "policy-match/program/0"}, {"shape": "0"}]
)
def test_another_version_is_refused(data: bytes, header: dict[str, str]) -> None:
    assert FORMAT not in header.values()
    with pytest.raises(DamagedError, match="another version"):
        decode(resealed(data, list.copy, **header))


@pytest.mark.parametrize(
    "text", ["", "\n", "{}\n[]", "null\nnull", "[" * 10_000, "\xff\n\xff"]
)
def test_what_is_no_program_is_refused(text: str) -> None:
    with pytest.raises(DamagedError):
        decode(text.encode("latin-1"))


@pytest.mark.parametrize("seed", range(60))
def test_rows_that_were_meant_to_do_harm_make_nothing_else(
    data: bytes, seed: int
) -> None:
    """Whatever stands in a row: a program, or a refusal, and no other error."""
    chance = Random(seed)  # noqa: S311
    cells: tuple[Any, ...] = (
        None,
        True,
        -1,
        10**9,
        1.5,
        "x",
        [],
        {},
        "program.Program",
        "d",
        "i",
    )

    def change(rows: list[list[Any]]) -> None:
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice(cells)

    try:
        found = decode(resealed(data, change))
    except DamagedError:
        return
    assert isinstance(found, Program)


def test_only_what_a_program_consists_of_is_ever_made(data: bytes) -> None:
    """A class by another name is none, be it known to Python or not."""
    for name in ("pathlib.Path", "facts.Facts", "builtins.eval"):
        head = json.loads(data.split(b"\n", 1)[0])
        classes = [name, *head["classes"][1:]]
        with pytest.raises(DamagedError):
            decode(resealed(data, list.copy, classes=classes))


def test_it_is_read_without_what_reads_rules(data: bytes, tmp_path: Path) -> None:
    """Neither pydantic nor lark nor YAML is loaded."""
    file = tmp_path / "law"
    file.write_bytes(data)
    code = (
        "import sys, pathlib\n"
        "from policy_match.ir.codec import decode\n"
        "from policy_match.semantics.assessment import assess\n"
        "from policy_match.domain.facts import Facts\n"
        "law = decode(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "assess(law, Facts({}))\n"
        "print({'pydantic', 'lark', 'yaml', 'pickle'} & sys.modules.keys())\n"
    )
    command = [sys.executable, "-c", code, str(file)]
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=True, env={**os.environ}
    )
    assert done.stdout.strip() == "set()"
