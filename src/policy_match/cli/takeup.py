"""`takeup`: the trend of take-up over all screenings kept."""

from __future__ import annotations

from pathlib import Path

import click

from policy_match.cli import console, options
from policy_match.cli.output import write
from policy_match.errors import BackendUnavailableError
from policy_match.messages import said


@click.command("takeup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@options.lang
@options.formats("text", "html")
@options.out
def command(file: Path, lang: str, form: str, out: Path | None) -> None:
    """Show how take-up has come on, from the file that `screen --history` keeps."""
    try:
        from policy_match.screening.history import trend  # noqa: PLC0415
        from policy_match.screening.trends import as_html, as_text  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise BackendUnavailableError("polars", said("install-screen")) from error
    found = trend(file, lang)
    if form == "html":
        write(as_html(found, lang), out)
    else:
        write(as_text(found, lang, console.width() if out is None else 80), out)
