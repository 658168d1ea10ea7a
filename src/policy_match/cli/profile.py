"""`profile`: a blank profile to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from policy_match import api
from policy_match.cli import options
from policy_match.cli.output import write

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command("profile")
@options.rules
@options.on("today")
@options.lang
@options.out
def command(rules: Path | None, day: date | None, lang: str, out: Path | None) -> None:
    """Write a blank profile: every fact's label, question and unit as comments."""
    law = api.load(rules).on(day or api.today())
    write(law.blank_profile(lang), out)
