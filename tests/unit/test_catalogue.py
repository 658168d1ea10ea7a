"""The sentences people are told: whole in both languages, and none of them idle."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import policy_match
from policy_match.language import errors as catalogue

SENTENCES = catalogue.CATALOGUE | catalogue.rarely_told()
SOURCE = Path(policy_match.__file__).parent
ERRORS = SOURCE / "language" / "errors"
LATIN = re.compile(r"[A-Za-z]{2,}")
TYPED = re.compile(r"“[^”]*”|policy-match [a-z ]+|--[a-z]+|[A-Z_]+=\d")
"""What people type as it stands."""
KEY = re.compile(r'^    "([^"]+)": \(', re.MULTILINE)
FORMATS = {
    "HOME",
    "JAVA",
    "Java",
    "Spark",
    "CSV",
    "GB",
    "GBK",
    "MiB",
    "Parquet",
    "UTF",
    "XLSX",
    "YAML",
}


def fields(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_is_whole_in_both_languages(key: str) -> None:
    """English in lower case without a full stop; Chinese without English."""
    english, chinese = SENTENCES[key]["en"], SENTENCES[key]["zh"]
    assert fields(english) >= fields(chinese) - {"title", "titles"}
    assert english[-1] not in ".!"
    assert chinese[-1] not in "。！"
    assert "\n" not in english + chinese
    assert not re.search("[\u4e00-\u9fff]", english)
    plain = "".join(text for text, *_ in Formatter().parse(TYPED.sub("", chinese)))
    assert set(LATIN.findall(plain)) - {"policy", "match"} <= FORMATS
    assert not re.search("[\u4e00-\u9fff][,;:?]", plain)


def test_every_sentence_is_told_somewhere() -> None:
    """A key that no module names would be translated for nobody."""
    files = [path for path in SOURCE.rglob("*.py") if path.parent != ERRORS]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert [key for key in SENTENCES if f'"{key}"' not in code] == []


def test_no_key_is_taken_twice() -> None:
    """The later sentence would be told in place of the earlier one."""
    files = sorted(ERRORS.glob("*.py"))
    keys = [
        key for path in files for key in KEY.findall(path.read_text(encoding="utf-8"))
    ]
    assert sorted(keys) == sorted(SENTENCES)
