"""`check`: one firm, every policy, outcome, amount and evidence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import use_cases
from policy_match.cli import completion, console, options
from policy_match.cli.output import write
from policy_match.errors import Fault, Place, ProfileError, reason
from policy_match.messages import said

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
@options.lang
@options.formats()
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
    help="Show measures that reach a firm only indirectly as well.",
)
@click.option(
    "--backend",
    type=click.Choice(use_cases.BACKENDS),
    default="auto",
    show_default=True,
    help="Who does the inference; auto is durable-rules where it is installed.",
)
@options.out
def command(
    firms: tuple[str, ...],
    rules: Path | None,
    parameters: Path | None,
    day: date | None,
    lang: str,
    form: str,
    explain: tuple[str, ...],
    everything: bool,
    backend: str,
    out: Path | None,
) -> None:
    """Say which incentives a firm gets, how much, by which article, and why not.

    FIRM is a profile (see `policy-match profile`); `-` reads one from stdin.
    """
    assessments = use_cases.check(
        _read(firms),
        use_cases.Law(rules, parameters),
        day=day,
        today=use_cases.today(),
        backend=backend,
        warn=console.say,
    )
    for name in explain:
        if name != "all":
            use_cases.policy_in(assessments[0].program, name)
    from policy_match.reports import render  # noqa: PLC0415

    text = render(
        assessments,
        form,
        lang,
        explain=explain,
        indirect=everything,
        **console.looks(out),
    )
    write(text, out)


def _read(firms: tuple[str, ...]) -> list[use_cases.Firm]:
    read: list[use_cases.Firm] = []
    faults: list[Fault] = []
    for name in firms:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            read.append(use_cases.Firm("<stdin>" if name == "-" else name, data))
        except OSError as error:
            message = said("unreadable", reason=reason(error))
            faults.append(Fault(Place(name), "F507", message))
    if faults:
        raise ProfileError(faults)
    return read
