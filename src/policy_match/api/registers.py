"""What is made of the result of a screening: notices, and the trend of take-up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from policy_match.api.usage import asked_on, one_of
from policy_match.errors import BackendUnavailableError, UsageError
from policy_match.language.messages import said
from policy_match.language.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from os import PathLike

    from policy_match.api.rulebook import Rulebook
    from policy_match.language.messages import Message

TREND_FORMATS = ("text", "html")


def notices(  # noqa: PLR0913  (what a letter can be asked)
    result: str | PathLike[str],
    out: str | PathLike[str],
    book: Rulebook,
    lang: str = "zh",
    warn: Callable[[Message], None] = lambda _: None,
    *,
    least: float = 0,
    by: str = "",
    today: date | str | None = None,
    firms: str | PathLike[str] | None = None,
    mapping: str | PathLike[str] | None = None,
    sheet: str = "",
) -> int:
    """Write each firm what it is entitled to and has not claimed; return how many.

    `result` is the directory that `screen` wrote, `out` a new or an empty one. A
    firm with less than `least` yuan left in every form gets none, unless a body
    sets one of its amounts. `today` is the day from which deadlines are dated, by
    default the real one. With `by`, a column of `letters.csv` such as `town` or one
    that a mapping keeps, the letters lie in a directory for each of its values.
    `firms` is the register that was screened, by the `mapping` and the `sheet` that
    it was read by, where letters are to tell how amounts came about in the firm's own
    figures.
    `warn` is told where the result was made with another rulebook. Raises
    UsageError, ProfileError, BackendUnavailableError.
    """
    try:
        from policy_match.screening.letter_figures import Source  # noqa: PLC0415
        from policy_match.screening.notices import (  # noqa: PLC0415
            Asked,
            summary_of,
            write_notices,
        )
    except ModuleNotFoundError as error:
        raise BackendUnavailableError("polars", said("install-screen")) from error
    one_of("lang", lang, LANGUAGES)
    summary = summary_of(Path(result))
    program = book.on(summary.day).program
    if program.digest != summary.digest:
        warn(said("other-rulebook", path=str(result)))
    source = None
    if firms is not None:
        known = None if mapping is None else Path(mapping)
        source = Source(Path(firms), known, sheet)
        source.check(summary.register)
    elif mapping is not None or sheet:
        raise UsageError(said("map-needs-firms"), said("the-register-screened"))
    asked = Asked(asked_on(today), least, by, source)
    return write_notices(Path(result), Path(out), program, lang, asked)


def takeup(
    history: str | PathLike[str],
    format: str = "text",  # noqa: A002  (as on the command line)
    lang: str = "zh",
    *,
    width: int = 80,
) -> str:
    """Return how take-up has come on, from the file that `screen` keeps.

    `format` is one of TREND_FORMATS. Raises UsageError, BackendUnavailableError.
    """
    try:
        from policy_match.screening.history import trend  # noqa: PLC0415
        from policy_match.screening.trends import as_html, as_text  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise BackendUnavailableError("polars", said("install-screen")) from error
    one_of("format", format, TREND_FORMATS)
    one_of("lang", lang, LANGUAGES)
    found = trend(Path(history), lang)
    return as_html(found, lang) if format == "html" else as_text(found, lang, width)
