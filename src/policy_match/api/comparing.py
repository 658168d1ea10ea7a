"""Two laws set against each other, and what that comes to for firms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from policy_match.api.usage import one_of
from policy_match.comparison import Effects, LawChanges, compare_laws, of_firms
from policy_match.errors import BackendUnavailableError, Fault, ProfileError
from policy_match.language.messages import said
from policy_match.language.words import LANGUAGES
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from os import PathLike

    from policy_match.api.law import Law
    from policy_match.api.usage import Looks
    from policy_match.domain.facts import Facts
    from policy_match.screening.request import Progress

PROFILES = (".yaml", ".yml")


class Comparison:
    """What differs between two laws; with firms, whom it touches.

    >>> import policy_match as pm
    >>> book = pm.load()
    >>> pm.compare(book.on("2022-03-01"), book.on("2022-03-02")).same
    True
    """

    def __init__(self, changes: LawChanges, effects: Effects | None) -> None:
        """Wrap what was found."""
        self.changes, self.effects = changes, effects

    @property
    def same(self) -> bool:
        """Whether nothing differs, in meaning or in words."""
        return self.changes.same

    def render(
        self,
        format: str = "text",  # noqa: A002  (as on the command line)
        lang: str = "zh",
        **looks: Unpack[Looks],
    ) -> str:
        """Return the comparison as text, json, markdown or html; raises UsageError."""
        from policy_match import reports  # noqa: PLC0415
        from policy_match.reports.layouts.comparison import render_comparison  # noqa: PLC0415

        one_of("format", format, reports.FORMATS)
        one_of("lang", lang, LANGUAGES)
        return render_comparison(self.changes, self.effects, format, lang, **looks)

    def to_dict(self, lang: str = "zh") -> dict[str, Any]:
        """Return the comparison as data (docs/comparing.md)."""
        from policy_match.reports.comparison.document import document  # noqa: PLC0415
        from policy_match.reports.document.encoding import as_data  # noqa: PLC0415

        lang = one_of("lang", lang, LANGUAGES)
        found: dict[str, Any] = as_data(document(self.changes, self.effects, lang))
        return found


def compare(
    before: Law,
    after: Law,
    firms: Sequence[str | PathLike[str]] = (),
    *,
    progress: Progress | None = None,
) -> Comparison:
    """Return what differs between two laws, and for firms what that comes to.

    `firms` are profiles, or one register; it needs the extra `screen`. Raises
    ProfileError with all faults, BackendUnavailableError.
    """
    changes = compare_laws(before.program, after.program)
    if not firms:
        return Comparison(changes, None)
    if all(Path(firm).suffix in PROFILES for firm in firms):
        return Comparison(changes, of_firms(_pairs(before, after, firms)))
    try:
        from policy_match.screening.comparison import of_register  # noqa: PLC0415
        from policy_match.screening.request import Progress  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise BackendUnavailableError("polars", said("install-screen")) from error
    (register,) = firms
    laws = before.program, after.program
    effects = of_register(*laws, Path(register), progress or Progress())
    return Comparison(changes, effects)


def _pairs(
    before: Law, after: Law, firms: Iterable[str | PathLike[str]]
) -> Iterable[tuple[Any, Any]]:
    known: list[tuple[Facts, Facts]] = []
    faults: list[Fault] = []
    for firm in firms:
        try:
            known.append((before.known(firm), after.known(firm)))
        except ProfileError as error:
            faults += error.faults
    if faults:
        raise ProfileError(faults)
    for old, new in known:
        yield assess(before.program, old), assess(after.program, new)
