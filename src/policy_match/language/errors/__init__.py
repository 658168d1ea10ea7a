"""The sentences themselves: every message, in every language.

English messages are lower case, one line, without a full stop, with what the
user wrote in backticks; Chinese ones use full-width punctuation throughout.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from policy_match.language.errors.files import FILES
from policy_match.language.errors.profile import PROFILE
from policy_match.language.errors.records import RECORDS
from policy_match.language.errors.registers import REGISTERS
from policy_match.language.errors.usage import USAGE
from policy_match.language.errors.values import VALUES
from policy_match.language.errors.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Mapping

Sentences = dict[str, dict[str, str]]
"""Key to language to text, with named fields in braces."""

SEPARATORS = {"en": ", ", "zh": "、"}
"""Between the parts of a list."""


def _in_languages(*parts: Mapping[str, tuple[str, str]]) -> Sentences:
    return {
        key: {"en": english, "zh": chinese}
        for part in parts
        for key, (english, chinese) in part.items()
    }


CATALOGUE = _in_languages(YAML, PROFILE, VALUES, FILES, USAGE, RECORDS, REGISTERS)
"""What any command may say of what it is given."""


@cache
def rarely_told() -> Sentences:
    """Return what is said of a faulty rulebook, and of what an engine cannot hold.

    Read when there is such a thing to say, so that no answer waits for it.
    """
    from policy_match.language.errors.backends import BACKENDS  # noqa: PLC0415
    from policy_match.language.errors.lint import LINT  # noqa: PLC0415
    from policy_match.language.errors.rule_files import RULE_FILES  # noqa: PLC0415
    from policy_match.language.errors.rule_meaning import RULE_MEANING  # noqa: PLC0415

    return _in_languages(RULE_FILES, RULE_MEANING, LINT, BACKENDS)


def sentence(key: str) -> dict[str, str]:
    """Return one sentence by language; raises KeyError for a key nobody declared."""
    found = CATALOGUE.get(key)
    return rarely_told()[key] if found is None else found
