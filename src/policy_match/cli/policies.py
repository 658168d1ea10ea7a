"""`policies`: the rulebook for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from policy_match import use_cases
from policy_match.cli import completion, console, options
from policy_match.cli.output import write

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from policy_match.reports.terminal import Screen


@click.group("policies")
def command() -> None:
    """Read the rulebook: all policies, one policy, or a handbook of them."""


def _screen(out: Path | None) -> Screen:
    from policy_match.reports.terminal import Screen  # noqa: PLC0415

    if out is not None:
        return Screen(80, color=False)
    return Screen(console.width(), console.colour())


@command.command("list")
@options.rules
@options.parameters
@options.on
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
    from policy_match.reports.policies import listed  # noqa: PLC0415

    program = use_cases.Law(rules, parameters).on(day or use_cases.today())
    write(listed(program, form, lang, _screen(out)), out)


@command.command("show")
@click.argument("policy", shell_complete=completion.policies)
@options.rules
@options.parameters
@options.on
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
    from policy_match.reports.policies import described  # noqa: PLC0415

    program = use_cases.Law(rules, parameters).on(day or use_cases.today())
    write(described(program, policy, form, lang, _screen(out)), out)
