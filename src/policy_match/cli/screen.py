"""`screen`: a register of firms, who is entitled and who has claimed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import api
from policy_match.cli import console, options
from policy_match.cli.next_steps import Given, after_look, after_screening
from policy_match.cli.output import ready, write
from policy_match.errors import BackendUnavailableError, UsageError
from policy_match.language.media import terminal
from policy_match.language.messages import said

if TYPE_CHECKING:
    from datetime import date

REJECTED = 5


@click.command("screen")
@click.argument("firms", metavar="FIRMS", type=click.Path(path_type=Path))
@click.option(
    "--claims",
    type=click.Path(path_type=Path),
    help="File with what has been claimed: uscc, policy, amount, on.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Directory of the result; an earlier result there is replaced.",
)
@options.on("today")
@options.today
@options.rules
@options.parameters
@options.lang
@click.option(
    "--backend",
    type=click.Choice(["polars", "spark"]),
    default="polars",
    show_default=True,
    help="Who does the screening: this process, or a Spark cluster.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Write findings that nobody has to act on as well.",
)
@click.option(
    "--map",
    "mapping",
    type=click.Path(path_type=Path),
    help="File that says what the columns of the register are.",
)
@click.option(
    "--sheet",
    metavar="NAME",
    default="",
    help="The one sheet of a workbook to read; by default all with the same headings.",
)
@click.option(
    "--check-only",
    is_flag=True,
    help="Say how the register would be read, and screen nothing.",
)
@click.option(
    "--map-out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --check-only: write a mapping to complete, for --map.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "json"]),
    default="text",
    show_default=True,
    help="Of --check-only.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Refuse the row for any cell that cannot be read, and not only the fact.",
)
@click.option(
    "--most-rejects",
    type=options.Share(),
    metavar="SHARE",
    default="10%",
    show_default=True,
    help="Share of rows that may be refused; with more, nothing is written.",
)
@click.option(
    "--history",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File that keeps what every screening found; see `policy-match takeup`.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on from the finished parts of a run that was stopped.",
)
def command(
    firms: Path,
    claims: Path | None,
    out: Path | None,
    day: date | None,
    today: date | None,
    rules: Path | None,
    parameters: Path | None,
    lang: str,
    backend: str,
    everything: bool,
    mapping: Path | None,
    sheet: str,
    check_only: bool,
    map_out: Path | None,
    form: str,
    strict: bool,
    most_rejects: float,
    history: Path | None,
    resume: bool,
) -> int:
    """Say of a whole register who is entitled to what, and who has not claimed it.

    FIRMS and CLAIMS are CSV (UTF-8, GBK, GB18030), XLSX or Parquet files, or
    directories of Parquet files, whose headings are facts by id or alias. Exits
    with 5 where anything could not be read as it stands.
    """
    try:
        from policy_match.cli.progress import Bar  # noqa: PLC0415
        from policy_match.cli.screen_summary import table  # noqa: PLC0415
        from policy_match.reports.words.vocabulary import language  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise BackendUnavailableError(backend, said("install-screen")) from error

    ready()
    if not check_only and (out is None or map_out is not None):
        key = "out-needed" if out is None else "map-out-alone"
        raise UsageError(said(key), said("see-help", command="policy-match screen"))
    law = api.load(rules, parameters=parameters).on(day or api.today())
    told = language(law.program, lang)
    given = Given(firms, mapping, sheet, rules, parameters, day, told)
    if check_only or out is None:
        seen = law.look(firms, mapping=mapping, sheet=sheet, strict=strict, lang=lang)
        if map_out is not None:
            write(seen.mapping, map_out)
        text = law.show_look(seen, form, lang, then=after_look(given, map_out))
        write(terminal(text) if form == "text" else text, None)
        return REJECTED if seen.unreadable else 0
    try:
        with Bar(lang) as bar:
            found = law.screen(
                firms,
                out,
                claims=claims,
                lang=lang,
                everything=everything,
                mapping=mapping,
                sheet=sheet,
                strict=strict,
                most_rejects=most_rejects,
                resume=resume,
                history=history,
                today=today,
                backend=backend,
                progress=bar,
            )
    except KeyboardInterrupt:
        console.say(said("resume-later"))
        raise
    steps = [*after_screening(given, out, found.listed)]
    write(terminal(table(found, out, lang, console.width(), steps)), None)
    return REJECTED if found.listed else 0
