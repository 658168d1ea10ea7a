"""`serve`: the answers of the command line over HTTP."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from policy_match.cli import console, options
from policy_match.errors import UsageError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from pathlib import Path


class Origin(click.ParamType[str]):
    """A site as browsers name it: scheme, host and port."""

    name = "origin"
    _FORM = re.compile(
        r"https?://([a-z0-9-]+\.)*[a-z0-9-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?"
    )

    def convert(  # noqa: D102  (click's own)
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        text = str(value)
        if self._FORM.fullmatch(text) is None:
            self.fail(said("origin-wanted", text=text), param, ctx)
        return text


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Which port; 0 is one that is free.",
)
@options.rules
@options.parameters
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many processes answer; one a core.",
)
@click.option(
    "--allow-host",
    "hosts",
    metavar="NAME",
    multiple=True,
    help="A name it is reached by. [default: loopback; any where --host is another]",
)
@click.option(
    "--cors",
    "origins",
    type=Origin(),
    metavar="ORIGIN",
    multiple=True,
    help="A site whose pages may ask it, such as https://example.org.",
)
@click.option(
    "--embed",
    "frames",
    type=Origin(),
    metavar="ORIGIN",
    multiple=True,
    help="A site whose pages may show the self-assessment in a frame.",
)
def command(
    host: str,
    port: int,
    rules: Path | None,
    parameters: Path | None,
    workers: int,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
    frames: tuple[str, ...],
) -> None:
    """Serve the API and its description until told to stop; nothing is kept."""
    try:
        from policy_match.web.serving import serve  # noqa: PLC0415
        from policy_match.web.settings import LOOPBACK, Settings  # noqa: PLC0415
    except ModuleNotFoundError as error:
        message = said("web-missing", name=error.name or "")
        raise UsageError(message, said("install-web")) from None
    names = {*hosts, *(LOOPBACK if host in LOOPBACK else ())}
    settings = Settings(
        rules=None if rules is None else str(rules),
        parameters=None if parameters is None else str(parameters),
        hosts=tuple(sorted(names)),
        origins=origins,
        frames=frames,
    )
    serve(
        settings,
        host,
        port,
        workers=workers,
        listening=lambda url: console.say(said("serving", url=url)),
    )
