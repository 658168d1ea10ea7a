"""What a shell may complete besides commands and options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from policy_match import api
from policy_match.cli.console import language
from policy_match.errors import PolicyMatchError

if TYPE_CHECKING:
    import click


def policies(
    ctx: click.Context,
    param: click.Parameter,  # noqa: ARG001  (click's own signature)
    incomplete: str,
) -> list[CompletionItem]:
    """Return the policies whose id begins so; none where the rulebook is faulty."""
    given = ctx.params.get
    try:
        book = api.load(given("rules"), parameters=given("parameters"))
        law = book.on(given("day") or api.today())
    except PolicyMatchError:
        return []
    lang = given("lang") or language()
    titles = {name: p.about.title for name, p in law.every_policy.items()}
    return [
        CompletionItem(name, help=title.to(lang))
        for name, title in titles.items()
        if name.startswith(incomplete)
    ]
