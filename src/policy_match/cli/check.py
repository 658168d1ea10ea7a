"""`check`: one firm, every policy, outcome, amount and evidence."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import api
from policy_match.cli import completion, console, options
from policy_match.cli.output import ready, write
from policy_match.errors import UsageError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from datetime import date


@click.command("check")
@click.argument(
    "firms",
    metavar="FIRM...",
    nargs=-1,
    required=True,
    type=click.Path(allow_dash=True),
)
@options.rules
@options.parameters
@options.on()
@options.today
@options.lang
@options.formats(*options.FORMATS, "sheet", "ics")
@click.option("--plan", is_flag=True, help="What to do: by when, where, with what.")
@options.policies
@click.option(
    "--explain",
    metavar="POLICY|all",
    multiple=True,
    shell_complete=completion.policies,
    help="Unfold the evidence of a policy, or of all.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Show each service, and measures that reach a firm only indirectly.",
)
@click.option(
    "--backend",
    type=click.Choice(api.BACKENDS),
    default="auto",
    show_default=True,
    help="Who does the inference; auto is durable-rules where it is installed.",
)
@click.option(
    "--record",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a decision record of the answer for one firm; see `replay`.",
)
@click.option(
    "--recorded-at",
    metavar="TIME",
    help="The time the record names. [default: now]",
)
@click.option(
    "--sign",
    metavar="KEY",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Sign the record with the private Ed25519 key in this file.",
)
@options.out
def command(
    firms: tuple[str, ...],
    rules: Path | None,
    parameters: Path | None,
    day: date | None,
    today: date | None,
    lang: str,
    form: str,
    plan: bool,
    policies: tuple[str, ...],
    explain: tuple[str, ...],
    everything: bool,
    backend: str,
    record: Path | None,
    recorded_at: str | None,
    sign: Path | None,
    out: Path | None,
) -> None:
    """Say which incentives a firm gets, how much, by which article, and why not.

    FIRM is a profile (see `policy-match profile`); `-` reads one from stdin.
    `--format sheet` is the decision sheet: HTML to print, two pages, to file and
    sign. `--plan` says what to do instead; its `--format ics` is a calendar.
    """
    if record is not None and len(firms) > 1:
        message = said("one-firm-a-record", count=len(firms))
        raise UsageError(message, said("check-one-by-one"))
    if record is None and recorded_at is not None:
        raise UsageError(said("recorded-at-alone"), said("name-a-record"))
    if record is None and sign is not None:
        raise UsageError(said("sign-alone"), said("name-a-record"))
    if form == "ics" and not plan:
        raise UsageError(said("plan-format-alone", form=form), said("add-plan"))
    if plan:
        api.one_of("format", form, api.PLAN_FORMATS)
    ready()
    at = recorded_at or datetime.now().astimezone().isoformat(timespec="seconds")
    answers = api.load(rules, parameters=parameters).check(
        [("<stdin>", sys.stdin.buffer.read()) if f == "-" else f for f in firms],
        day=day,
        today=today,
        backend=backend,
        warn=console.say,
    )
    for name in explain:
        if name != "all":
            answers[0].policy(name)
    sealed = None
    if record is not None:
        sealed = answers[0].record(at, lang, sign, policies=policies)
    looks = console.looks(out)
    if plan:
        text = api.render_plan(
            answers, form, lang, indirect=everything, policies=policies, **looks
        )
    else:
        text = api.render(
            answers,
            form,
            lang,
            explain=explain,
            indirect=everything,
            policies=policies,
            record=sealed,
            **looks,
        )
    if sealed is not None:
        write(sealed.decode(), record)
    write(text, out)
