"""`assess`: asks the questions that still matter, then answers like `check`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import api, outputs
from policy_match.cli import console, options
from policy_match.cli.output import write
from policy_match.errors import UsageError, reason
from policy_match.language.messages import said

if TYPE_CHECKING:
    from datetime import date


@click.command("assess")
@click.argument("firm", type=click.Path(path_type=Path), default="profile.yaml")
@options.rules
@options.parameters
@options.on()
@options.today
@options.lang
@click.option(
    "--questions",
    type=click.Choice(["json"]),
    help="Ask nothing; print the questions worth asking next.",
)
def command(
    firm: Path,
    rules: Path | None,
    parameters: Path | None,
    day: date | None,
    today: date | None,
    lang: str,
    questions: str | None,
) -> None:
    """Ask what still matters, save the profile, and answer like `check`.

    FIRM is the profile to go on with, or to begin. [default: profile.yaml]
    """
    known = api.read_profile(firm) if outputs.there(firm) else None
    book = api.load(rules, parameters=parameters)
    law = book.on(day or (known.day if known else None) or today or api.today())
    if questions:
        asked = law.questions(known, lang)
        write(json.dumps(asked, ensure_ascii=False, indent=2), None)
        return
    interview = law.interview(known)
    _writable(firm)
    from policy_match.cli.dialogue import Dialogue  # noqa: PLC0415

    Dialogue(law, interview, firm, lang).hold()
    answer = law.assess(interview.facts, today=today)
    looks = console.looks(None)
    write(api.render([answer], lang=lang, **looks), None)
    write("\n" + api.render_plan([answer], lang=lang, **looks), None)


def _writable(file: Path) -> None:
    """Raise UsageError, before anything is asked, where answers cannot be saved."""
    outputs.target(file)
    try:
        if file.exists() and not file.stat().st_mode & 0o222:
            raise PermissionError(13, os.strerror(13))
        if not os.access(file.parent, os.W_OK):
            file.parent.stat()
            raise PermissionError(13, os.strerror(13))
    except OSError as error:
        message = said("cannot-write", path=file, reason=reason(error))
        raise UsageError(message) from None
