"""A rule file as far as it can be read: what is wrong in it does not hide the rest.

A declaration that is no model is told, and left out; what it would have
declared is remembered, so that nothing is said of its absence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from policy_match.rulebook import yaml_reader
from policy_match.rulebook.model_problems import explained
from policy_match.rulebook.models import RuleFile

if TYPE_CHECKING:
    from policy_match.errors import Fault

_ROUNDS = 8
"""Of mending; each takes away all that the round before it has found."""
_KEY = re.compile(r"[ {-]*+([^\s:#{},\[\]]++) *+:")
_QUOTED = re.compile(r"'([^']*)'")


@dataclass
class Reading:
    """What is wrong in the files of a rulebook, and what is lost by it."""

    faults: list[Fault] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    """Names that are declared, but not in a way that can be read."""
    manifest: dict[str, Any] | None = None
    """Of a manifest that is no model: what stands in it."""

    def yaml(self, data: bytes, file: str) -> tuple[str, yaml_reader.Mapping] | None:
        """Return the text of a file and what it holds, or add its faults."""
        text = ""
        try:
            text = yaml_reader.decode(data, file)
            return text, yaml_reader.read(text, file)
        except yaml_reader.YamlFaults as error:
            self.faults += error.faults
            found = map(_KEY.match, text.splitlines())
            self.lost |= {key[1] for key in found if key}
            return None

    def model(self, node: yaml_reader.Mapping, text: str) -> RuleFile:
        """Return what a file declares, without what is wrong in it."""
        data = yaml_reader.plain_data(node)
        for round_ in range(_ROUNDS):
            try:
                return RuleFile.model_validate(data)
            except ValidationError as error:
                if round_ == 0:
                    self.faults += explained(error, node, text)
                for detail in error.errors(include_url=False):
                    self._mend(data, detail)
        return RuleFile()

    def _mend(self, data: dict[str, Any], detail: Any) -> None:  # noqa: ANN401
        path = [part for part in detail["loc"] if not str(part).startswith("<")]
        *above, last = path or [""]
        holder = _at(data, above)
        match detail["type"]:
            case "extra_forbidden" if isinstance(holder, dict):
                holder.pop(last, None)
            case "literal_error" | "enum" if isinstance(holder, dict | list):
                expected = _QUOTED.findall(str(detail["ctx"]["expected"]))
                holder[last] = expected[0]
            case _:
                self._drop(data, path)

    def _drop(self, data: dict[str, Any], path: list[str | int]) -> None:
        """Leave out the declaration that a path leads into."""
        section, *inner = path or [""]
        within = data.get(str(section))
        if section == "rulebook" and isinstance(within, dict):
            self.manifest = within
        if isinstance(within, dict) and inner and section != "rulebook":
            if within.pop(inner[0], None) is not None:
                self.lost.add(str(inner[0]))
        else:
            data.pop(str(section), None)


def _at(data: Any, path: list[Any]) -> Any:  # noqa: ANN401
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data
