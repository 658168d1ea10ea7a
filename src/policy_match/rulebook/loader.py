"""From a directory of YAML files to one `Book`, or to every fault in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from policy_match.errors import Fault, Place, RulebookError
from policy_match.language.messages import Unshortened, said
from policy_match.rulebook import yaml_reader
from policy_match.rulebook.carets import place_of
from policy_match.rulebook.model_problems import explained
from policy_match.rulebook.models import RuleFile
from policy_match.rulebook.yaml_reader import YamlFaults, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_match.domain.texts import Text
    from policy_match.errors import Hint
    from policy_match.language.messages import Message
    from policy_match.rulebook.book_models import (
        CodeSystemModel,
        ManifestModel,
        PlausibilityModel,
        RateModel,
        RelationModel,
        SourceModel,
    )
    from policy_match.rulebook.models import (
        DefinitionModel,
        FactModel,
        ParameterModel,
        PolicyModel,
    )

SECTIONS = (
    "facts",
    "parameters",
    "definitions",
    "policies",
    "sources",
    "departments",
    "code_systems",
    "worth",
)
Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Origin:
    """Where the text of a rulebook stands, for messages."""

    texts: Mapping[str, str] = field(default_factory=dict)
    nodes: Mapping[str, yaml_reader.Mapping] = field(default_factory=dict)
    homes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    _known: dict[tuple[Path_, int], Place] = field(default_factory=dict, repr=False)

    def place(self, path: Path_, at: int = 0) -> Place:
        """Return the place of what stands at `path`, `at` characters into it."""
        found = self._known.get((path, at))
        if found is None:
            found = self._known[path, at] = self._search(path, at)
        return found

    def _search(self, path: Path_, at: int) -> Place:
        file = self.home(path)
        root = self.nodes.get(file)
        numbered = (str(path[0]), f"{path[1]}#") if path[1:] else ("", "")
        if numbered in self.homes:
            path = (path[0], int(self.homes[numbered]), *path[2:])
        if root is None:
            return Place(file)
        return place_of(root, path, at, lines_of(self.texts[file]))

    def home(self, path: Path_) -> str:
        """Return the file that declares what `path` begins with."""
        return self.homes.get((str(path[0]), str(path[1])), "") if path[1:] else ""

    def fault(
        self, path: Path_, code: str, message: Message, hint: Hint = "", at: int = 0
    ) -> Fault:
        """Return a fault at `path`, with its source line."""
        place = self.place(path, at)
        lines = lines_of(self.texts.get(place.file, ""))
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        return Fault(place, code, message, hint, line)


@dataclass(frozen=True)
class Book:
    """A rulebook's declarations, merged from all its files."""

    manifest: ManifestModel
    facts: Mapping[str, FactModel]
    parameters: Mapping[str, ParameterModel]
    definitions: Mapping[str, DefinitionModel]
    policies: Mapping[str, PolicyModel]
    sources: Mapping[str, SourceModel]
    departments: Mapping[str, Text]
    code_systems: Mapping[str, CodeSystemModel]
    worth: Mapping[str, RateModel]
    relations: tuple[RelationModel, ...]
    plausibility: tuple[PlausibilityModel, ...]
    origin: Origin = field(default_factory=Origin, compare=False)


def load_book(files: Mapping[str, bytes]) -> Book:
    """Return the rulebook that the files declare; raises RulebookError."""
    faults: list[Fault] = []
    nodes: dict[str, yaml_reader.Mapping] = {}
    texts: dict[str, str] = {}
    for file, data in files.items():
        try:
            texts[file] = yaml_reader.decode(data, file)
            nodes[file] = yaml_reader.read(texts[file], file)
        except YamlFaults as error:
            faults += error.faults
    models: dict[str, RuleFile] = {}
    for file, node in nodes.items():
        try:
            models[file] = RuleFile.model_validate(yaml_reader.plain_data(node))
        except ValidationError as error:
            faults += explained(error, node, texts[file])
    homes, repeated = _homes(models, nodes)
    faults += repeated
    origin = Origin(texts, nodes, homes)
    manifests = [m.rulebook for m in models.values() if m.rulebook]
    if not manifests and not faults:
        place = Place(next(iter(files)))
        message, hint = said("no-manifest"), said("add-manifest")
        faults.append(Fault(place, "R206", message, hint))
    if faults:
        raise RulebookError(faults)
    return _merged(manifests[0], models.values(), origin)


def _merged(
    manifest: ManifestModel, models: Iterable[RuleFile], origin: Origin
) -> Book:
    merged: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    relations: list[RelationModel] = []
    plausibility: list[PlausibilityModel] = []
    for model in models:
        for section in SECTIONS:
            merged[section] |= getattr(model, section)
        relations += model.relations
        plausibility += model.plausibility
    return Book(
        manifest=manifest,
        relations=tuple(relations),
        plausibility=tuple(plausibility),
        origin=origin,
        **merged,
    )


def _homes(
    models: Mapping[str, RuleFile], nodes: Mapping[str, yaml_reader.Mapping]
) -> tuple[dict[tuple[str, str], str], list[Fault]]:
    homes: dict[tuple[str, str], str] = {}
    faults: list[Fault] = []
    counts = {"relations": 0, "plausibility": 0}
    for file, model in models.items():
        names = [(s, name) for s in SECTIONS for name in getattr(model, s)]
        if model.rulebook:
            names += [("rulebook", name) for name in type(model.rulebook).model_fields]
        for section, name in names:
            home = homes.setdefault((section, name), file)
            if home != file:
                place = place_of(nodes[file], (section, name), key=True)
                first = place_of(nodes[home], (section, name), key=True)
                message = said("declared-twice", name=name, section=section)
                hint = said("first-at", place=Unshortened(first))
                faults.append(Fault(place, "R204", message, hint))
        for section, count in counts.items():
            for index in range(len(getattr(model, section))):
                # The n-th of the whole book, and its place within its file.
                homes[section, str(count + index)] = file
                homes[section, f"{count + index}#"] = str(index)
            counts[section] = count + len(getattr(model, section))
    facts = {name for section, name in homes if section == "facts"}
    for (section, name), file in homes.items():
        if section == "definitions" and name in facts:
            place = place_of(nodes[file], (section, name), key=True)
            message = said("fact-and-definition", name=name)
            faults.append(Fault(place, "R204", message, said("keep-one")))
    return homes, faults
