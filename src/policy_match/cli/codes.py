"""`codes`: the codes of a classification by everyday words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from policy_match import api
from policy_match.cli import console, options
from policy_match.cli.output import write
from policy_match.language.messages import said

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command("codes")
@click.argument("fact")
@click.argument("words", nargs=-1, required=True)
@options.reading("text", "json", local=False)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many codes are told, the likeliest first.",
)
def command(
    fact: str,
    words: tuple[str, ...],
    rules: Path | None,
    day: date | None,
    lang: str,
    form: str,
    out: Path | None,
    most: int,
) -> None:
    """Find the codes of FACT by WORDS: what a firm does, part of a name, or a code."""
    law = api.load(rules).on(day or api.today())
    asked = " ".join(words)
    found = law.codes(fact, asked, lang)[:most]
    if form == "json":
        listed = [{"code": one.code, "name": one.name} for one in found]
        write(json.dumps(listed, ensure_ascii=False, indent=2), out)
        return
    if not found:
        console.say(said("nothing-found", text=asked), said("other-words"))
        return
    width = max(len(one.code) for one in found)
    write("\n".join(f"{one.code:{width}}  {one.name}" for one in found), out)
