"""`compare`: two rulebooks, or two days, and whom the difference touches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import api
from policy_match.cli import console, options
from policy_match.cli.output import write
from policy_match.errors import (
    BackendUnavailableError,
    Fault,
    RulebookError,
    UsageError,
)
from policy_match.language.messages import said

if TYPE_CHECKING:
    from datetime import date

_TWO = 2


@click.command("compare")
@click.argument(
    "firms",
    metavar="[FIRMS]...",
    nargs=-1,
    type=click.Path(path_type=Path, dir_okay=False),
)
@click.option(
    "--rules",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Directory of a rulebook; twice, the older one first.",
)
@click.option(
    "--on",
    "days",
    type=options.Day(),
    metavar="DATE",
    multiple=True,
    help="The law as of that day; twice, to compare two days. [default: today]",
)
@options.lang
@options.formats()
@options.out
def command(
    firms: tuple[Path, ...],
    rules: tuple[Path, ...],
    days: tuple[date, ...],
    lang: str,
    form: str,
    out: Path | None,
) -> None:
    """Say what differs between two rulebooks, or two days, and whom it touches.

    FIRMS are profiles, or one register: who gains, who loses, who becomes
    uncertain, the money by policy, and one firm explained for each.
    """
    if len(rules) > _TWO or len(days) > _TWO or _TWO not in {len(rules), len(days)}:
        raise UsageError(said("two-to-compare"), said("name-two"))
    registers = [firm for firm in firms if firm.suffix not in api.PROFILES]
    if registers and len(firms) > 1:
        raise UsageError(said("one-register"), said("profiles-or-register"))
    before, after = _laws(rules, days)
    if registers:
        try:
            from policy_match.cli.progress import Bar  # noqa: PLC0415
        except ModuleNotFoundError as error:
            raise BackendUnavailableError("polars", said("install-screen")) from error
        with Bar(lang) as bar:
            found = api.compare(before, after, firms, progress=bar)
    else:
        found = api.compare(before, after, firms)
    write(found.render(form, lang, **console.looks(out)), out)


def _laws(rules: tuple[Path, ...], days: tuple[date, ...]) -> list[api.Law]:
    """Return both laws; raises RulebookError with the faults of either."""
    places: list[Path | None] = [*rules] or [None]
    when = [*days] or [api.today()]
    found: list[api.Law] = []
    faults: list[Fault] = []
    for side in range(_TWO):
        try:
            book = api.load(places[min(side, len(places) - 1)])
            found.append(book.on(when[min(side, len(when) - 1)]))
        except RulebookError as error:
            faults += error.faults
    if faults:
        raise RulebookError(faults)
    return found
