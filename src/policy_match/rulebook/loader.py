"""From a directory of YAML files to one `Book`, and every fault in them."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from policy_match.domain.frozen import dataclass
from policy_match.errors import Fault, Place
from policy_match.language.messages import Unshortened, said
from policy_match.rulebook.book_models import ManifestModel
from policy_match.rulebook.carets import place_of
from policy_match.rulebook.code_lists import find_list
from policy_match.rulebook.drafts import Reading
from policy_match.rulebook.files import is_rule_file
from policy_match.rulebook.walking import within
from policy_match.rulebook.yaml_reader import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_match.domain.texts import Text
    from policy_match.errors import Hint
    from policy_match.language.messages import Message
    from policy_match.rulebook import yaml_reader
    from policy_match.rulebook.book_models import (
        CodeSystemModel,
        PlausibilityModel,
        RateModel,
        RelationModel,
        SourceModel,
    )
    from policy_match.rulebook.claim_models import (
        CalendarModel,
        DeadlineModel,
        PaperModel,
        RecoveryModel,
        ReturnModel,
    )
    from policy_match.rulebook.code_lists import CodeList
    from policy_match.rulebook.models import (
        DefinitionModel,
        DictionaryModel,
        FactModel,
        HeadingsModel,
        ParameterModel,
        PolicyModel,
        RuleFile,
    )
    from policy_match.rulebook.walking import Path

SECTIONS = (
    "facts",
    "parameters",
    "definitions",
    "policies",
    "sources",
    "departments",
    "code_systems",
    "worth",
    "dictionaries",
    "headings",
    "calendars",
    "deadlines",
    "returns",
    "recoveries",
    "counters",
    "papers",
)
Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Origin:
    """Where the text of a rulebook stands, for messages."""

    texts: Mapping[str, str] = field(default_factory=dict)
    nodes: Mapping[str, yaml_reader.Mapping] = field(default_factory=dict)
    homes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    _known: dict[tuple[Path_, int, bool], Place] = field(
        default_factory=dict, repr=False
    )

    def place(self, path: Path_, at: int = 0, *, key: bool = False) -> Place:
        """Return the place of what stands at `path`, `at` characters into it.

        With `key`, the place of what it is called.
        """
        found = self._known.get((path, at, key))
        if found is None:
            found = self._known[path, at, key] = self._search(path, at, key=key)
        return found

    def _search(self, path: Path_, at: int, *, key: bool) -> Place:
        file = self.home(path)
        root = self.nodes.get(file)
        numbered = (str(path[0]), f"{path[1]}#") if path[1:] else ("", "")
        if numbered in self.homes:
            path = (path[0], int(self.homes[numbered]), *path[2:])
        if root is None:
            return Place(file)
        return place_of(root, path, at, lines_of(self.texts[file]), key=key)

    def home(self, path: Path_) -> str:
        """Return the file that declares what `path` begins with."""
        return self.homes.get((str(path[0]), str(path[1])), "") if path[1:] else ""

    def fault(
        self,
        path: Path_,
        code: str,
        message: Message,
        hint: Hint = "",
        at: int = 0,
        *,
        key: bool = False,
    ) -> Fault:
        """Return a fault at `path`, or at its key, with its source line."""
        place = self.place(path, at, key=key)
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
    dictionaries: Mapping[str, DictionaryModel]
    headings: Mapping[str, HeadingsModel]
    calendars: Mapping[str, CalendarModel]
    """By year, as it is written."""
    deadlines: Mapping[str, DeadlineModel]
    returns: Mapping[str, ReturnModel]
    recoveries: Mapping[str, RecoveryModel]
    counters: Mapping[str, Text]
    papers: Mapping[str, PaperModel]
    relations: tuple[RelationModel, ...]
    plausibility: tuple[PlausibilityModel, ...]
    code_lists: Mapping[str, CodeList] = field(default_factory=dict)
    """The list of all codes of a code system that names one, by its id."""
    origin: Origin = field(default_factory=Origin, compare=False)

    @cached_property
    def everything(self) -> tuple[tuple[Path, object], ...]:
        """All that is declared and what it is made of, each with where it stands."""
        named = {
            (section, name): model
            for section in SECTIONS
            for name, model in getattr(self, section).items()
        }
        for section in ("relations", "plausibility"):
            listed = enumerate(getattr(self, section))
            named |= {(section, str(index)): model for index, model in listed}
        found = (within(model, path) for path, model in named.items())
        return (*chain.from_iterable(found), *within(self.manifest, ("rulebook",)))


class Draft(NamedTuple):
    """A rulebook as far as it can be read, and what is wrong with its files.

    `book` is None where not even its languages can be read. `lost` are names
    that are declared, but not in a way that can be read.
    """

    book: Book | None
    faults: tuple[Fault, ...]
    lost: frozenset[str]


def read_book(files: Mapping[str, bytes]) -> Draft:
    """Return what the files declare, whatever is wrong with some of them."""
    reading = Reading()
    nodes: dict[str, yaml_reader.Mapping] = {}
    texts: dict[str, str] = {}
    for file in filter(is_rule_file, files):
        found = reading.yaml(files[file], file)
        if found is not None:
            texts[file], nodes[file] = found
    models = {file: reading.model(node, texts[file]) for file, node in nodes.items()}
    homes, repeated = _homes(models, nodes)
    reading.faults += repeated
    origin = Origin(texts, nodes, homes)
    manifests = [m.rulebook for m in models.values() if m.rulebook]
    if not manifests and not reading.faults:
        place = Place(next(iter(files)))
        message, hint = said("no-manifest"), said("add-manifest")
        reading.faults.append(Fault(place, "R206", message, hint))
    manifest = manifests[0] if manifests else _makeshift(reading.manifest)
    book = None
    if manifest is not None:
        lists = _lists(models, origin, files, reading.faults)
        book = _merged(manifest, models.values(), origin, lists)
    return Draft(book, tuple(reading.faults), frozenset(reading.lost))


_MAKESHIFT = {
    "id": "rulebook",
    "title": "rulebook",
    "currency": "XXX",
    "disclaimer": "rulebook",
}


def _makeshift(written: dict[str, Any] | None) -> ManifestModel | None:
    """Return a manifest in place of a faulty one, to go on reading by."""
    if written is None:
        return None
    kept = {key: written[key] for key in ("languages", "locale") if key in written}
    try:
        return ManifestModel.model_validate(_MAKESHIFT | kept)
    except ValidationError:
        return None


def _lists(
    models: Mapping[str, RuleFile],
    origin: Origin,
    files: Mapping[str, bytes],
    faults: list[Fault],
) -> dict[str, CodeList]:
    """Return the lists that code systems name; a list nobody names is a fault."""
    found: dict[str, CodeList] = {}
    for file, model in models.items():
        for name, system in model.code_systems.items():
            if system.codes is not None:
                at = origin.place(("code_systems", name, "codes"))
                listed = find_list(system.codes, file, files, faults, at)
                if listed is not None:
                    found[name] = listed
    named = {listed.file for listed in found.values()}
    for file in files:
        if not is_rule_file(file) and file not in named:
            message, hint = said("not-named"), said("name-it-yaml")
            faults.append(Fault(Place(file), "R206", message, hint))
    return found


def _merged(
    manifest: ManifestModel,
    models: Iterable[RuleFile],
    origin: Origin,
    lists: Mapping[str, CodeList],
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
        code_lists=lists,
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
