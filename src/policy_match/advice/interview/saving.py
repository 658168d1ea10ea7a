"""A profile with new answers, the rest of it as its author wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from policy_match.rulebook import yaml_reader
from policy_match.rulebook.yaml_reader import Mapping, YamlFaults

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf
    from datetime import date

    from policy_match.errors import Place
    from policy_match.firms.profile import Profile

_NOTE = re.compile(r"\s+#.*")
_EMPTY = re.compile(r"(\s*facts\s*:)\s*(\{\s*\})?\s*(#.*)?")
_INDENT = "  "


def fresh(answers: MappingOf[str, Any], day: date | None) -> str:
    """Return a profile of some answers and nothing else."""
    lines = [f"on: {day.isoformat()}"] if day else []
    lines.append("facts:" if answers else "facts: {}")
    lines += [_INDENT + _entry(key, answer) for key, answer in answers.items()]
    return "\n".join(lines) + "\n"


def updated(profile: Profile, answers: MappingOf[str, Any]) -> str:
    """Return a profile's text with answers in it, by the names it uses.

    Comments, order and layout stay, unless the facts are laid out in a way
    that lines cannot be put into.
    """
    node = profile.root.values["facts"]
    before = yaml_reader.plain_data(node) if isinstance(node, Mapping) else {}
    wanted = {**before, **answers}
    lines = list(yaml_reader.lines_of(profile.text.rstrip()))
    if isinstance(node, Mapping) and node.keys:
        _put(lines, node, answers)
    else:
        _begin(lines, profile.root.keys["facts"], answers)
    text = "\n".join(lines) + "\n"
    return text if _facts_in(text) == wanted else fresh(wanted, profile.day)


def _put(lines: list[str], node: Mapping, answers: MappingOf[str, Any]) -> None:
    """Write answers over what stands at their names, and the others below."""
    places = sorted(node.keys.items(), key=lambda item: item[1].line)
    for key, place in places:
        if key in answers:
            line, value = lines[place.line - 1], node.values[key].place
            after = line[value.column - 1 :] if value.line == place.line else ""
            note = _NOTE.search(after)
            entry = _entry(key, answers[key]) + (note[0] if note else "")
            lines[place.line - 1] = line[: place.column - 1] + entry
    _, last = places[-1]
    indent = " " * (last.column - 1)
    more = [indent + _entry(k, a) for k, a in answers.items() if k not in node.keys]
    end = _end(lines, last)
    lines[end:end] = more


def _begin(lines: list[str], place: Place, answers: MappingOf[str, Any]) -> None:
    found = _EMPTY.fullmatch(lines[place.line - 1])
    if found and answers:
        lines[place.line - 1] = f"{found[1]}  {found[3]}" if found[3] else found[1]
        entries = [_INDENT + _entry(key, answer) for key, answer in answers.items()]
        lines[place.line : place.line] = entries


def _end(lines: list[str], last: Place) -> int:
    """Return the line below an entry: its value may go on, further indented."""
    end = last.line
    for number, line in enumerate(lines[last.line :], last.line + 1):
        bare = line.strip()
        if bare and len(line) - len(line.lstrip()) < last.column:
            break
        if bare and not bare.startswith("#"):
            end = number
    return end


def _facts_in(text: str) -> object:
    try:
        node = yaml_reader.read(text, "").values.get("facts")
    except YamlFaults:
        return None
    return yaml_reader.plain_data(node) if isinstance(node, Mapping) else {}


def _entry(key: str, answer: Any) -> str:  # noqa: ANN401  (a text, or lists of texts)
    shown = yaml.safe_dump(
        {key: answer}, allow_unicode=True, default_flow_style=None, width=10**6
    )
    return shown.strip().removeprefix("{").removesuffix("}")
