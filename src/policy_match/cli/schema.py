"""`schema`: JSON Schemas for editors and tools."""

from __future__ import annotations

import json
from pathlib import Path

import click

from policy_match import api, outputs
from policy_match.cli import console, options
from policy_match.errors import UsageError, reason
from policy_match.language.messages import said


@click.command("schema")
@options.rules
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("schemas"),
    show_default=True,
    help="Directory to write to.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; exit with 4 where a file there is not up to date.",
)
def command(rules: Path | None, out: Path, check: bool) -> int:
    """Write the JSON Schemas of rule files, profiles and results.

    With the line `# yaml-language-server: $schema=PATH` at its top, an editor
    completes and checks a YAML file.
    """
    stale = 0
    for name, schema in api.load(rules).schemas().items():
        path = out / name
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        known = outputs.there(path) == "file"
        current = path.read_text(encoding="utf-8") if known else None
        if check:
            if current != text:
                console.say(said("stale", path=path))
                stale += 1
            continue
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = said("cannot-write", path=out, reason=reason(error))
            raise UsageError(message) from None
        outputs.write_file(outputs.inside(out, name), text)
        click.echo(str(path), err=True)
    return 4 if stale else 0
