"""What a shell may complete besides commands and options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from policy_match import use_cases
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
    law = use_cases.Law(ctx.params.get("rules"), ctx.params.get("parameters"))
    try:
        program = law.on(ctx.params.get("day") or use_cases.today())
    except PolicyMatchError:
        return []
    lang = ctx.params.get("lang") or language()
    titles = {p.id: p.about.title for p in program.policies}
    titles |= {p.id: p.about.title for p in program.out_of_force}
    return [
        CompletionItem(name, help=title.to(lang))
        for name, title in titles.items()
        if name.startswith(incomplete)
    ]
