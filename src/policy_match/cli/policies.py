"""`policies`: the rulebook for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import use_cases
from policy_match.cli import completion, console, options
from policy_match.cli.output import write, write_folder
from policy_match.messages import said

if TYPE_CHECKING:
    from datetime import date


@click.group("policies")
def command() -> None:
    """Read the rulebook: all policies, one policy, or a handbook of them."""


@command.command("handbook")
@options.rules
@options.parameters
@options.on("the plan's last day, else today")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Directory to write to; an earlier handbook there is replaced.",
)
def handbook(
    rules: Path | None, parameters: Path | None, day: date | None, out: Path
) -> None:
    """Write the rulebook as a website: every policy, figure, fact and document."""
    from policy_match.reports.handbook import handbook as pages  # noqa: PLC0415

    rulebook = use_cases.Law(rules, parameters).rulebook()
    plan = rulebook.book.manifest.plan
    last = plan.end if plan else None
    write_folder(pages(rulebook, day or last or use_cases.today()), out)
    console.say(said("written", path=out / "index.html"))


@command.command("list")
@options.rules
@options.parameters
@options.on("today")
@options.lang
@options.formats()
@options.out
def list_policies(
    rules: Path | None,
    parameters: Path | None,
    day: date | None,
    lang: str,
    form: str,
    out: Path | None,
) -> None:
    """List every policy, in force on the day or not."""
    from policy_match import reports  # noqa: PLC0415

    program = use_cases.Law(rules, parameters).on(day or use_cases.today())
    write(reports.list_policies(program, form, lang, **console.looks(out)), out)


@command.command("show")
@click.argument("policy", shell_complete=completion.policies)
@options.rules
@options.parameters
@options.on("today")
@options.lang
@options.formats()
@options.out
def show(
    policy: str,
    rules: Path | None,
    parameters: Path | None,
    day: date | None,
    lang: str,
    form: str,
    out: Path | None,
) -> None:
    """Show one policy: conditions in words, figures, documents, how to claim."""
    from policy_match import reports  # noqa: PLC0415

    program = use_cases.Law(rules, parameters).on(day or use_cases.today())
    page = reports.show_policy(program, policy, form, lang, **console.looks(out))
    write(page, out)
