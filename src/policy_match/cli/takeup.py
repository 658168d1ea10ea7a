"""`takeup`: the trend of take-up over all screenings kept."""

from __future__ import annotations

from pathlib import Path

import click

from policy_match import api
from policy_match.cli import console, options
from policy_match.cli.output import write


@click.command("takeup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@options.lang
@options.formats(*api.TREND_FORMATS)
@options.out
def command(file: Path, lang: str, form: str, out: Path | None) -> None:
    """Show how take-up has come on, from the file that `screen --history` keeps."""
    write(api.takeup(file, form, lang, width=console.looks(out)["width"]), out)
