"""The words people are told: whole in every language, and none of them idle."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
from babel.core import Locale

import policy_match
from policy_match.language.formats import formats
from policy_match.language.words import LANGUAGES, label, sentence, sentences

SOURCE = Path(policy_match.__file__).parent
LANGUAGE = SOURCE / "language"
ERRORS = sentences("en", "errors")
WORDS = sentences("en", "words")
LATIN = re.compile(r"[A-Za-z]{2,}")
TYPED = re.compile(r"“[^”]*”|policy-match [a-z ]+|--[a-z-]+|[A-Z_]+=\d")
"""What people type as it stands."""
FORMATS = {
    "HOME",
    "JAVA",
    "Java",
    "Spark",
    "CSV",
    "GB",
    "HTTP",
    "curl",
    "GBK",
    "KiB",
    "MiB",
    "Parquet",
    "UTF",
    "JSON",
    "PDF",
    "XLSX",
    "XML",
    "YAML",
}
TEMPLATED = re.compile(r"""word\(["']([^"']+)["']""")
PREFIXED = re.compile(r"""word\(["']([^"']+-)["'] ~""")
OPERATORS = {"<", "<=", ">", ">=", "=", "not="}


class Use(NamedTuple):
    """A call that tells something: its key, and the gaps it fills; None: by dict."""

    place: str
    key: str
    gaps: frozenset[str] | None


def gaps(text: str | dict[str, str]) -> set[str]:
    """Return the names in braces, in any form of plural."""
    forms = [text] if isinstance(text, str) else text.values()
    return {name for one in forms for _, name, _, _ in Formatter().parse(one) if name}


def files(lang: str) -> dict[str, list[tuple[str, str]]]:
    """Return the pairs of each file of a language as they stand, by topic."""
    return {
        str(path.relative_to(LANGUAGE / lang)): json.loads(
            path.read_bytes(), object_pairs_hook=list
        )
        for path in sorted((LANGUAGE / lang).glob("*/*.json"))
    }


@cache
def code() -> dict[str, ast.Module]:
    """Return every module of the package, by its path."""
    return {
        str(path.relative_to(SOURCE)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
    }


def uses() -> list[Use]:
    """Return every call of `said` or `label` whose key is written out."""
    return [
        Use(f"{path}:{call.lineno}", key.value, _given(call))
        for path, module in code().items()
        for call in ast.walk(module)
        if isinstance(call, ast.Call)
        and _name(call.func) in {"said", "label", "_word", "word"}
        for key in call.args[:1]
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    ]


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _given(call: ast.Call) -> frozenset[str] | None:
    names = {keyword.arg for keyword in call.keywords}
    return None if None in names else frozenset(filter(None, names))


def named() -> set[str]:
    """Return every text that stands in the code, and what begins a made-up one."""
    return {
        node.value
        for module in code().values()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def made_up() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return how keys begin and end that are put together: `f"form-{form}"`."""
    ends: tuple[set[str], set[str]] = (set(), set())
    for module in code().values():
        for node in ast.walk(module):
            if isinstance(node, ast.JoinedStr):
                for place, found in zip((0, -1), ends, strict=True):
                    part = node.values[place]
                    if isinstance(part, ast.Constant):
                        found.add(str(part.value))
    return (
        tuple(one for one in ends[0] if re.fullmatch(r"[a-z-]+-", one)),
        tuple(one for one in ends[1] if re.fullmatch(r"-[a-z]+", one)),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_lacks_no_key_and_has_none_of_its_own(lang: str) -> None:
    """A reader would be told the rest in another language."""
    keys = {topic: [key for key, _ in pairs] for topic, pairs in files(lang).items()}
    assert keys == {
        topic: [k for k, _ in pairs] for topic, pairs in files("en").items()
    }
    assert all(text for pairs in files(lang).values() for _, text in pairs)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_is_taken_twice(lang: str) -> None:
    """The later text would be told in place of the earlier one."""
    keys = Counter(key for pairs in files(lang).values() for key, _ in pairs)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_has_the_gaps_that_the_english_one_has(lang: str) -> None:
    """But what it needs of titles, which English names by their ids."""
    for key, text in (sentences(lang, "words") | sentences(lang, "errors")).items():
        assert gaps(text) - {"title", "titles"} <= gaps(sentence(key, "en")), key


@pytest.mark.parametrize("key", ERRORS)
def test_a_message_is_written_as_messages_are(key: str) -> None:
    """English in lower case without a full stop; Chinese without English."""
    english, chinese = str(sentence(key, "en")), str(sentence(key, "zh"))
    assert english[-1] not in ".!"
    assert chinese[-1] not in "。！"
    assert "\n" not in english + chinese
    assert not re.search("[\u4e00-\u9fff]", re.sub("`[^`]*`", "", english))
    plain = "".join(text for text, *_ in Formatter().parse(TYPED.sub("", chinese)))
    assert set(LATIN.findall(plain)) - {"policy", "match"} <= FORMATS
    assert not re.search("[\u4e00-\u9fff][,;:?]", plain)


def test_every_text_is_told_somewhere() -> None:
    """A key that nothing names would be translated for nobody."""
    templates = "\n".join(
        path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.j2")
    )
    told = named() | set(TEMPLATED.findall(templates))
    begins, ends = made_up()
    begins += tuple(PREFIXED.findall(templates))
    signs = {f"{kind}{sign}" for kind in ("", "count", "date") for sign in OPERATORS}
    idle = (WORDS.keys() | ERRORS.keys()) - told - signs
    idle = {key for key in idle if not key.startswith(begins)}
    assert sorted(key for key in idle if not key.endswith(ends)) == []


def test_every_gap_is_filled_where_a_text_is_told() -> None:
    """And no key is told that nobody wrote."""
    found = uses()
    assert found
    known = WORDS.keys() | ERRORS.keys()
    assert [use for use in found if use.key not in known] == []
    assert [
        use
        for use in found
        if use.gaps is not None
        for lang in LANGUAGES
        if not gaps(sentence(use.key, lang)) <= use.gaps
    ] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plural_has_the_forms_of_its_language(lang: str) -> None:
    rule = Locale.parse(formats(lang).locale).plural_form
    for group in ("words", "errors"):
        for key, text in sentences(lang, group).items():
            if isinstance(text, dict):
                assert set(text) == set(rule.tags) | {"other"}, key


def test_a_language_that_nobody_wrote_is_answered_in_english() -> None:
    assert label("yes", "fr") == label("yes", "en") == "yes"
