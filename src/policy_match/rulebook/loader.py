"""From a directory of YAML files to one `Book`, or to every fault in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from policy_match.errors import Fault, Place, RulebookError, did_you_mean
from policy_match.rulebook import yaml_reader
from policy_match.rulebook.carets import inside
from policy_match.rulebook.models import RuleFile
from policy_match.rulebook.yaml_reader import Scalar, YamlFaults, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from policy_match.domain.texts import Text
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
        return _place(root, path, at, lines_of(self.texts[file]))

    def home(self, path: Path_) -> str:
        """Return the file that declares what `path` begins with."""
        return self.homes.get((str(path[0]), str(path[1])), "") if path[1:] else ""

    def fault(
        self, path: Path_, code: str, message: str, hint: str = "", at: int = 0
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
        hint = "add a file with `rulebook: {id: …, title: …, languages: […]}`"
        faults.append(Fault(place, "R206", "no file declares the rulebook", hint))
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
                place = _place(nodes[file], (section, name), key=True)
                first = _place(nodes[home], (section, name), key=True)
                message = f"`{name}` is declared twice in {section}"
                faults.append(Fault(place, "R204", message, f"first at {first}"))
        for section, count in counts.items():
            for index in range(len(getattr(model, section))):
                # The n-th of the whole book, and its place within its file.
                homes[section, str(count + index)] = file
                homes[section, f"{count + index}#"] = str(index)
            counts[section] = count + len(getattr(model, section))
    facts = {name for section, name in homes if section == "facts"}
    for (section, name), file in homes.items():
        if section == "definitions" and name in facts:
            place = _place(nodes[file], (section, name), key=True)
            message = f"`{name}` is both a fact and a definition"
            faults.append(Fault(place, "R204", message, "keep one of them"))
    return homes, faults


def _place(
    root: yaml_reader.Mapping,
    path: Path_,
    at: int = 0,
    lines: tuple[str, ...] | None = None,
    *,
    key: bool = False,
) -> Place:
    """Return where `path` stands: its key for a block, else its value."""
    found = yaml_reader.find(root, path)
    parent = yaml_reader.find(root, path[:-1]) if path else root
    if isinstance(parent, yaml_reader.Mapping) and parent is not found:
        block = not isinstance(found, Scalar)
        if key or block:
            return parent.keys.get(str(path[-1]), found.place)
    if isinstance(found, Scalar) and lines and at >= 0:
        return inside(found, lines, at)
    return found.place


# ---- what pydantic found, in our words


def explained(
    error: ValidationError, node: yaml_reader.Mapping, text: str
) -> Iterable[Fault]:
    """Return pydantic's findings as faults with places and plain words."""
    lines = lines_of(text)
    for detail in error.errors(include_url=False):
        path = tuple(p for p in detail["loc"] if not str(p).startswith("<"))
        context = detail.get("ctx", {})
        code, message, hint = _in_words(detail, path)
        key = detail["type"] == "extra_forbidden"
        at = int(context.get("at", -1))
        place = _place(node, path, at, lines, key=key)
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        yield Fault(place, code, message, hint, line)


def _in_words(detail: ErrorDetails, path: Path_) -> tuple[str, str, str]:
    last = path[-1] if path else ""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return "R201", f"`{last}` is missing", f"add `{last}: …`"
        case "extra_forbidden":
            known = _known_keys(detail["loc"])
            hint = did_you_mean(str(last), known, f"known here: {', '.join(known)}")
            return "R202", f"`{last}` is not known here", hint
        case "R203" | "R301" as code:
            return code, context["message"], context["hint"]
        case "literal_error" | "enum":
            expected = str(context.get("expected", "")).replace("'", "`")
            message = f"`{detail['input']}` is not one of {expected}"
            return "R203", message, ""
        case "too_short" | "too_long" as length:
            count = context["min_length" if length == "too_short" else "max_length"]
            bound = "at least" if length == "too_short" else "at most"
            found = context["actual_length"]
            return "R203", f"`{last}` has {found} parts", f"write {bound} {count}"
        case _:
            expected = {
                "dict_type": "keys and values",
                "model_type": "keys and values",
                "model_attributes_type": "keys and values",
                "string_type": "a text",
                "tuple_type": "a list",
            }.get(detail["type"], "something else")
            return "R203", f"expected {expected} in `{last}`", ""


def _known_keys(loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the model at `loc` knows."""
    model: Any = RuleFile
    for part in loc[:-1]:
        model = _inner(model, part)
        if model is None:
            return []
    return _keys(model)


def _keys(model: type[BaseModel]) -> list[str]:
    fields = getattr(model, "model_fields", {})
    return [info.alias or name for name, info in fields.items()]


def _inner(model: Any, part: int | str) -> Any:  # noqa: ANN401
    """Return the model that `part` of a location leads to, or None."""
    from typing import get_args  # noqa: PLC0415

    from pydantic import BaseModel as Base  # noqa: PLC0415

    if str(part).startswith("<"):
        from policy_match.rulebook import condition_models as models  # noqa: PLC0415

        tags = {
            "<if>": models.If,
            "<all>": models.AllOf,
            "<any>": models.AnyOfThem,
            "<not>": models.NotThis,
        }
        return tags.get(str(part), model)
    fields = getattr(model, "model_fields", None)
    if fields is None:
        return model
    for name, info in fields.items():
        if part in {info.alias, name}:
            pending = [info.annotation]
            while pending:
                kind = pending.pop()
                if isinstance(kind, type) and issubclass(kind, Base):
                    return kind
                pending += get_args(kind)
            return None
    return model
