"""Writes the help of every command into docs/command-line.md.

    python docs/generate.py           bring the page up to date
    python docs/generate.py --check   write nothing; exit with 1 where it is stale

Everything else on the page is written by hand and stays as it is.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from policy_match.cli.main import commands

PAGE = Path(__file__).with_name("command-line.md")
WIDTH = 78
"""What click writes to a terminal of 80 columns."""
HELP = re.compile(
    r"^## `policy-match([^`]*)`\n\n```text\n.*?^```$", re.MULTILINE | re.DOTALL
)


def section(words: list[str]) -> str:
    """Return a command's heading and its help."""
    command: click.Command = commands
    context = _asked(command, "policy-match", None)
    for word in words:
        known = isinstance(command, click.Group) and command.get_command(context, word)
        if not known:
            sys.exit(f"{PAGE}: no such command: {word}; remove its section")
        command, context = known, _asked(known, word, context)
    return f"## `{context.command_path}`\n\n```text\n{context.get_help()}\n```"


def _asked(
    command: click.Command, name: str, parent: click.Context | None
) -> click.Context:
    return command.make_context(
        name, [], parent, resilient_parsing=True, terminal_width=WIDTH
    )


def page() -> str:
    """Return the page with the help of today."""
    text = PAGE.read_text(encoding="utf-8")
    return HELP.sub(lambda found: section(found[1].split()), text)


def main() -> None:
    """Write the page, or say that it is stale."""
    fresh = page()
    if "--check" not in sys.argv:
        PAGE.write_text(fresh, encoding="utf-8")
    elif fresh != PAGE.read_text(encoding="utf-8"):
        sys.exit(f"{PAGE} is stale; run `python3 tasks.py tidy`")


if __name__ == "__main__":
    main()
