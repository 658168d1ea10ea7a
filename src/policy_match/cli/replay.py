"""`replay`: a recorded decision, given again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from policy_match import api
from policy_match.cli import console, options
from policy_match.cli.output import write
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterator

DIFFERS = 6
_SHOWN = len("sha256:") + 12
"""Characters of a key's digest that a person is told."""


@click.command("replay")
@click.argument("record", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--verify",
    metavar="PUBKEY",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Refuse a record that the owner of this public key did not sign.",
)
@options.rules
@options.lang
@options.formats("text", "json", "sheet")
@options.policies
@options.out
def command(
    record: Path,
    verify: Path | None,
    rules: Path | None,
    lang: str,
    form: str,
    policies: tuple[str, ...],
    out: Path | None,
) -> int:
    """Give a recorded decision again, and say whether it is identical.

    RECORD is what `check --record` wrote; the rules must be the very files it was
    made by. Exits with 6 where the answer differs, naming the first difference.
    `--format sheet` prints the decision sheet again, of an identical answer only:
    of the policies of which it was asked, and in its language, unless told others.
    """
    found = api.replay(record, rules, verify=verify, warn=console.say)
    if form == "sheet":
        if found.difference is not None:
            console.say(_sentence(found))
            return DIFFERS
        context = click.get_current_context()
        own = context.get_parameter_source("lang") is ParameterSource.DEFAULT
        sheet = found.answer.render(
            "sheet",
            found.lang if own else lang,
            policies=policies or found.asked,
            record=record.read_bytes(),
        )
        write(sheet, out)
    elif form == "json":
        write(json.dumps(found.to_dict(), ensure_ascii=False, indent=2), out)
    else:
        told = (_sentence(found), *_signature(found))
        write("\n".join(message.to(lang) for message in told), out)
    return DIFFERS if found.difference else 0


def _sentence(found: api.Replay) -> api.Message:
    if found.difference is None:
        return said(
            "replay-identical",
            policies=found.policies,
            firm=found.firm or said("some-firm"),
            at=found.recorded_at,
            backend=found.backend,
        )
    place, then, now = found.difference
    return said(
        "replay-differs",
        at=found.recorded_at,
        place=place,
        then=_value(then),
        now=_value(now),
    )


def _signature(found: api.Replay) -> Iterator[api.Message]:
    if found.signed_by is not None:
        key = "replay-signed" if found.verified else "replay-unverified"
        yield said(key, key=found.signed_by[:_SHOWN])


def _value(found: object) -> str:
    if found is api.NOTHING:
        return said("replay-nothing")
    return json.dumps(found, ensure_ascii=False)
