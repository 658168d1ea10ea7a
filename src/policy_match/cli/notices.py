"""`notices`: one message a firm, from the result of a screening."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import api
from policy_match.cli import console, options
from policy_match.cli.output import ready
from policy_match.language.messages import said

if TYPE_CHECKING:
    from datetime import date


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
@click.option(
    "--least",
    metavar="YUAN",
    type=float,
    default=0.0,
    help="Write only to firms that have so much left, in some form of benefit.",
)
@click.option(
    "--by",
    metavar="COLUMN",
    default="",
    help="Put the letters into a directory for each value of this column of"
    " letters.csv: town, or one that the mapping keeps.",
)
@click.option(
    "--firms",
    type=click.Path(path_type=Path),
    help="The register that was screened: letters then tell how amounts came about"
    " in the firm's own figures.",
)
@click.option(
    "--map",
    "mapping",
    type=click.Path(path_type=Path),
    help="The mapping that the register was screened with.",
)
@click.option(
    "--sheet",
    metavar="NAME",
    default="",
    help="The sheet of the register that was screened, where one was named.",
)
@options.today
@options.rules
@options.parameters
@options.lang
def command(
    directory: Path,
    out: Path,
    least: float,
    by: str,
    firms: Path | None,
    mapping: Path | None,
    sheet: str,
    today: date | None,
    rules: Path | None,
    parameters: Path | None,
    lang: str,
) -> None:
    """Write each firm what it is entitled to and has not claimed, and how to claim.

    DIR is the result of `policy-match screen`. Every message is a text and an
    HTML page named by the firm's credit code; it says nothing of other firms.
    `letters.csv` of the result has the firms in the order of what they have left.
    """
    ready()
    book = api.load(rules, parameters=parameters)
    count = api.notices(
        directory,
        out,
        book,
        lang,
        console.say,
        least=least,
        by=by,
        today=today,
        firms=firms,
        mapping=mapping,
        sheet=sheet,
    )
    console.say(said("notices-written", count=count, path=str(out)))
