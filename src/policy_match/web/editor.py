"""The editor of the playground: CodeMirror 6, as its npm packages have it.

Its modules name each other by package, which a browser only follows with an import
map, and that would have to stand in the page as a script. So each is written to a
file of its own and the names are made paths: no bundler, nothing else is changed.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from policy_match.errors import UsageError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from pathlib import Path

USED = (
    "@codemirror/autocomplete",
    "@codemirror/commands",
    "@codemirror/lang-yaml",
    "@codemirror/language",
    "@codemirror/lint",
    "@codemirror/state",
    "@codemirror/view",
)
"""What the playground itself takes in; the rest follows."""
_FROM = re.compile(
    r"""^((?:import|export)\b[^'"]*?\bfrom\s*)(['"])([^'"./][^'"]*)\2""", re.MULTILINE
)


def modules(packages: Path) -> dict[str, str]:
    """Return the editor's modules by the names of their files.

    `packages` is a `node_modules`. Raises UsageError where it lacks one.
    """
    found: dict[str, str] = {}
    pending = list(USED)
    while pending:
        package = pending.pop()
        name = _file(package)
        if name in found:
            continue
        text = _module(packages / package)
        pending += [match[3] for match in _FROM.finditer(text)]
        found[name] = _FROM.sub(
            lambda match: f"{match[1]}{match[2]}./{_file(match[3])}{match[2]}", text
        )
    return found


def _file(package: str) -> str:
    """Return the file of a package.

    >>> _file("@codemirror/state"), _file("crelt")
    ('codemirror-state.js', 'crelt.js')
    """
    return package.removeprefix("@").replace("/", "-") + ".js"


def _module(home: Path) -> str:
    try:
        about = json.loads((home / "package.json").read_text("utf-8"))
        main: str = about.get("module") or about["exports"]["import"]
        return (home / main).read_text("utf-8")
    except (OSError, ValueError, KeyError, TypeError):
        path = home / "package.json"
        raise UsageError(said("no-editor", path=path), said("take-editor")) from None
