"""Which languages there are: a directory beside this file is one."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
FALLBACK = "en"
"""What is told where a language has no words for it."""


def _languages() -> tuple[str, ...]:
    found = {path.parent.name for path in HERE.glob("*/formats.json")}
    return *sorted(found - {FALLBACK}), FALLBACK


LANGUAGES = _languages()
"""What the package speaks; a rulebook may have texts in others as well."""


def spoken_for(lang: str) -> str:
    """Return the language whose words stand for `lang`: itself, or English."""
    return lang if lang in LANGUAGES else FALLBACK
