"""What `lint` finds, chosen by code and by a baseline, in every format."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policy_match.api.rulebook import load
from policy_match.api.usage import one_of
from policy_match.errors import RulebookError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from policy_match.api.rulebook import Rulebook
    from policy_match.errors import Fault

LINT_FORMATS = ("text", "json", "sarif")


@dataclass(frozen=True)
class Linted:
    """A rulebook, and what is told of it.

    `rulebook` is None where it cannot be read. `unseen` counts errors that are
    there and were not asked for, `gone` what a baseline has and is no more.
    """

    rulebook: Rulebook | None
    faults: tuple[Fault, ...]
    directory: Path
    unseen: int = 0
    gone: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong, of all that was asked for."""
        wrong = any(fault.severity != "note" for fault in self.faults)
        return not (wrong or self.unseen)

    def show(self, format: str = "json", lang: str = "zh") -> str:  # noqa: A002
        """Return the findings as text, JSON or SARIF; raises UsageError."""
        from policy_match.checks.selection import fingerprints  # noqa: PLC0415
        from policy_match.reports.document import lint as told  # noqa: PLC0415
        from policy_match.reports.document.encoding import as_json  # noqa: PLC0415

        one_of("format", format, LINT_FORMATS)
        if format == "text":
            return "\n".join(fault.to(lang) for fault in self.faults)
        prints = fingerprints(self.faults, self.directory)
        id_ = None if self.rulebook is None else self.rulebook.id
        found = told.document(self.faults, prints, id_, lang)
        if format == "json":
            return as_json(found)
        return json.dumps(told.sarif(found), ensure_ascii=False, indent=2) + "\n"


def lint(
    rules: Path | str | None = None,
    *,
    parameters: Path | str | None = None,
    day: date | str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    baseline: Path | str | None = None,
) -> Linted:
    """Return what is wrong with a rulebook, and what is unwise in it.

    `day` asks for what has aged by then as well; `select` and `ignore` name
    codes or their beginnings; `baseline` is an earlier result in JSON, of which
    nothing is told again. Raises UsageError for a code that does not exist and
    for a file that is no baseline.
    """
    from policy_match.checks import selection  # noqa: PLC0415
    from policy_match.rulebook.files import shipped_rules  # noqa: PLC0415

    wanted, unwanted = selection.codes(select), selection.codes(ignore)
    known = None if baseline is None else selection.baseline(Path(baseline))
    directory = Path(rules) if rules is not None else shipped_rules()
    book: Rulebook | None = None
    try:
        book = load(rules, parameters=parameters)
        faults = book.lint(day)
    except RulebookError as error:
        book, faults = None, list(error.faults)
    gone = 0
    told = selection.chosen(faults, wanted, unwanted)
    if known is not None:
        told, gone = selection.beyond(told, directory, known)
    errors = sum(fault.severity == "error" for fault in faults)
    unseen = errors - sum(fault.severity == "error" for fault in told)
    return Linted(book, tuple(told), directory, unseen, gone)
