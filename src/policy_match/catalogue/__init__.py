"""The sentences themselves: every message about input, in every language.

English messages are lower case, one line, without a full stop, with what the
user wrote in backticks; Chinese ones use full-width punctuation throughout.
"""

from __future__ import annotations

from policy_match.catalogue.files import FILES
from policy_match.catalogue.profile import PROFILE
from policy_match.catalogue.records import RECORDS
from policy_match.catalogue.registers import REGISTERS
from policy_match.catalogue.usage import USAGE
from policy_match.catalogue.values import VALUES
from policy_match.catalogue.yaml import YAML

SEPARATORS = {"en": ", ", "zh": "、"}
"""Between the parts of a list."""

CATALOGUE: dict[str, dict[str, str]] = {
    key: {"en": english, "zh": chinese}
    for part in (YAML, PROFILE, VALUES, FILES, USAGE, RECORDS, REGISTERS)
    for key, (english, chinese) in part.items()
}
"""Key to language to text, with named fields in braces."""
