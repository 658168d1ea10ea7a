"""A shell completes commands, files and the ids of policies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).parent / "policy-match"


def completed(words: str, shell: str = "bash") -> list[str]:
    """Return the lines that a shell is answered for the last of `words`."""
    asked = {
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
        "_POLICY_MATCH_COMPLETE": f"{shell}_complete",
    }
    run = subprocess.run(  # noqa: S603
        [COMMAND],
        env=os.environ | asked,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return [line for line in run.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("policy-match pro", ["plain,profile"]),
        ("policy-match check --ba", ["plain,--backend"]),
        ("policy-match check examples/", ["file,examples/"]),
        ("policy-match policies show six", ["plain,six-taxes-two-fees-relief"]),
        ("policy-match check --explain urban", ["plain,urban-land-use-tax-relief"]),
        ("policy-match policies show no-such-policy", []),
    ],
)
def test_a_word_is_completed(words: str, expected: list[str]) -> None:
    """As far as it goes: nothing is offered that does not begin so."""
    assert completed(words) == expected


def test_a_policy_is_offered_with_its_title() -> None:
    """Zsh shows the title beside the id."""
    shown = completed("policy-match policies show --lang en urban", "zsh")
    assert shown[1] == "urban-land-use-tax-relief"
    assert "land use tax" in shown[2].lower()
