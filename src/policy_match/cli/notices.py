"""`notices`: one message a firm, from the result of a screening."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from policy_match import use_cases
from policy_match.cli import console, options
from policy_match.errors import BackendUnavailableError
from policy_match.messages import said


@click.command("notices")
@click.argument(
    "directory", metavar="DIR", type=click.Path(path_type=Path, file_okay=False)
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Directory for the messages; a new or an empty one.",
)
@options.rules
@options.parameters
@options.lang
def command(
    directory: Path,
    out: Path,
    rules: Path | None,
    parameters: Path | None,
    lang: str,
) -> None:
    """Write each firm what it is entitled to and has not claimed, and how to claim.

    DIR is the result of `policy-match screen`. Every message is a text and an
    HTML page named by the firm's credit code; it says nothing of other firms.
    """
    try:
        from policy_match.screening.notices import (  # noqa: PLC0415
            summary_of,
            write_notices,
        )
    except ModuleNotFoundError as error:
        raise BackendUnavailableError("polars", said("install-screen")) from error
    summary = summary_of(directory)
    program = use_cases.Law(rules, parameters).on(date.fromisoformat(summary.day))
    if program.digest != summary.digest:
        console.say(said("other-rulebook", path=str(directory)))
    count = write_notices(directory, out, program, lang)
    console.say(said("notices-written", count=count, path=str(out)))
