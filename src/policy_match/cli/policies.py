"""`policies`: the rulebook for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import api
from policy_match.cli import completion, console, options
from policy_match.cli.output import write, write_folder
from policy_match.language.messages import said

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
    write_folder(dict(api.load(rules, parameters=parameters).handbook(day)), out)
    console.say(said("written", path=out / "index.html"))


@command.command("list")
@options.reading()
def list_policies(
    rules: Path | None,
    parameters: Path | None,
    day: date | None,
    lang: str,
    form: str,
    out: Path | None,
) -> None:
    """List every policy, in force on the day or not."""
    law = api.load(rules, parameters=parameters).on(day or api.today())
    write(law.list_policies(form, lang, **console.looks(out)), out)


@command.command("show")
@click.argument("policy", shell_complete=completion.policies)
@options.reading()
def show(
    policy: str,
    rules: Path | None,
    parameters: Path | None,
    day: date | None,
    lang: str,
    form: str,
    out: Path | None,
) -> None:
    """Show one policy, by id or title: conditions, figures, documents, how to claim."""
    law = api.load(rules, parameters=parameters).on(day or api.today())
    write(law.show_policy(policy, form, lang, **console.looks(out)), out)


@command.command("search")
@click.argument("words", nargs=-1, required=True)
@options.reading("text", "json", local=False)
def search(
    words: tuple[str, ...],
    rules: Path | None,
    day: date | None,
    lang: str,
    form: str,
    out: Path | None,
) -> None:
    """Find policies and facts by WORDS of their titles, or of what is said of them."""
    law = api.load(rules).on(day or api.today())
    write(law.search(" ".join(words), form, lang), out)
