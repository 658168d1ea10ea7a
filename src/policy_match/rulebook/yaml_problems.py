"""What a YAML parser complains of, in our words and in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.messages import Message, said

if TYPE_CHECKING:
    from yaml import MarkedYAMLError

_PROBLEMS = (
    ("mapping values are not allowed", "colon-not-expected", "quote-the-text"),
    ("could not find expected ':'", "colon-missing", "colon-and-space"),
    ("cannot start any token", "bad-start", "quote-it"),
    ("did not find expected alphabetic", "bad-start", "quote-it"),
    ("did not find expected whitespace", "bad-start", "quote-it"),
    ("unexpected end of stream", "unfinished-quote", "close-the-quote"),
    ("unexpected document indicator", "unfinished-quote", "close-the-quote"),
    ("unknown escape character", "bad-escape", "use-single-quotes"),
    ("hexdecimal", "bad-escape", "use-single-quotes"),
    ("hexadecimal", "bad-escape", "use-single-quotes"),
    ("expected ',' or", "bracket-missing", "close-the-bracket"),
    ("found a tab character", "tab-indents", "indent-with-spaces"),
    ("expected <block end>", "bad-indent", "align"),
    ("did not find expected key", "bad-indent", "align"),
    ("did not find expected '-'", "bad-indent", "align"),
    ("sequence entries are not allowed", "bad-indent", "align"),
    ("block mapping keys are not allowed", "bad-indent", "align"),
    ("did not find expected node content", "bracket-missing", "close-the-bracket"),
)
"""Part of a problem, as libyaml or PyYAML words it; our message; what to do."""


def explained(
    error: MarkedYAMLError, line: str, column: int
) -> tuple[Message, Message]:
    """Return what is wrong at `column` of `line`, and what to do about it."""
    problem = error.problem or ""
    char = line[column - 1 : column]
    before = line[: column - 1]
    if char == "\t" or (before and not before.strip() and "\t" in before):
        return said("tab-indents"), said("indent-with-spaces")
    for part, key, hint in _PROBLEMS:
        if part in problem:
            if key == "bad-start" and not char:
                break
            return said(key, char=char), said(hint)
    return said("not-yaml"), said("check-the-form")
