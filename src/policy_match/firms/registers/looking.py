"""How a table would be read, without screening it: sheet by sheet, column by column."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from policy_match.domain.facts import FactType
from policy_match.errors import nearest
from policy_match.firms.registers.cell_formats import letters_of
from policy_match.firms.registers.columns import without_blank_rows
from policy_match.firms.registers.heading_text import bare
from policy_match.firms.registers.table import ROW, place_name
from policy_match.firms.values.conventions import HABITS
from policy_match.firms.values.grammar import Grammar
from policy_match.firms.values.reasons import lost
from policy_match.firms.values.texts import plain
from policy_match.ir.traversal import facts_of
from policy_match.language.words import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.facts import FactSpec
    from policy_match.firms.registers.register import Part, Register
    from policy_match.ir.program import Program

_UNKNOWN = ("unknown-column", "unknown-column-near")
_ROWS = 200_000
_COMMON = 5
_LISTED = 20
_GUESSED = 500
"""Columns for which a proposal is looked for."""
_UNITS = {-3: "‰", -2: "%", 2: "百", 3: "千", 4: "万", 6: "百万", 8: "亿"}
_MONEY_UNITS = {2: "百元", 3: "千元", 4: "万元", 6: "百万元", 8: "亿元"}


@dataclass
class Looked:
    """One column: what it is taken for, how full it is, what cannot be read."""

    heading: str
    fact: str = ""
    power: int = 0
    """The unit, as a power of ten of the fact's own."""
    filled: int = 0
    unreadable: int = 0
    common: list[str] = field(default_factory=list)
    """The commonest values that cannot be read."""
    proposal: str = ""
    """A fact that the heading may mean; `keep` for a column that is useful as it is."""
    note: str = ""
    """Why a column that is known is left out, in the language of the report."""
    column: str = ""
    """The letter of the column in a spreadsheet."""
    unit: str = ""
    """The unit in words, where it is not the fact's own."""
    share_filled: float = 0
    share_unreadable: float = 0
    proposals: dict[str, str] = field(default_factory=dict)
    """What values that cannot be read may mean."""
    about: int = 0
    """Cells with a number that is about so much, each taken as a range."""
    edition: str = ""
    """The edition that the codes of the column are known to be of."""
    undecided: int = 0
    """Cells with a code that means different things by edition, where none is told."""
    editions: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """The commonest such codes: what they mean in each edition."""


@dataclass
class LookedSheet:
    """One sheet of a workbook, or the whole of another file."""

    sheet: str
    rows: int
    headings: tuple[int, int]
    """The first row of the headings and their last, as a person counts them."""
    taken: bool
    hidden: bool


@dataclass
class Answerable:
    """One policy: for which share of the firms it is settled, and what is missing."""

    policy: str
    title: str
    settled: float
    amounts: float
    """The share of those entitled whose amount is exact."""
    missing: list[str] = field(default_factory=list)
    """Facts without a column that would settle more."""


@dataclass
class Look:
    """A register, looked at."""

    file: str
    row: int
    encoding: str
    rows: int
    refused: int
    columns: list[Looked]
    answered: list[str]
    """The policies for which there is a column of every fact they read."""
    warnings: list[str]
    sheets: list[LookedSheet] = field(default_factory=list)
    listed: list[dict[str, object]] = field(default_factory=list)
    """The first rows that are refused or left out: sheet, row, column, value, code."""
    policies: list[Answerable] = field(default_factory=list)
    """What can be answered, of a sample of the firms."""
    unreadable: int = 0
    """How many cells and rows a list of what cannot be read as it stands would have."""
    lang: str = "zh"
    """The language of warnings, and of what the mapping says beside its keys."""

    @property
    def mapping(self) -> str:
        """A mapping file to complete: what is known, and what is not."""
        return _as_mapping(self)

    def to_dict(self) -> dict[str, Any]:
        """Return it as data."""
        return asdict(self)


def look(register: Register, program: Program, lang: str) -> tuple[Look, Part | None]:
    """Return how an open register would be read, and its first firms.

    Warnings are in the language given. Raises ProfileError.
    """
    found = _columns(register, program, lang)
    rows = refused = 0
    bad: list[pl.DataFrame] = []
    first: Part | None = None
    for frame, part in _read(register, program):
        shown = without_blank_rows(frame)
        if part is not None:
            reasons = part.rejects.select("row", pl.col("reason", "effect").cast(str))
            refused += lost(part.rejects).filter(pl.col("effect") == "row").height
            notes = reasons.filter(pl.col("reason") == "no-firm")["row"]
            shown = shown.filter(~pl.col(ROW).is_in(notes.implode()))
            bad.append(part.rejects)
            first = first or part
        rows += shown.height
        cells = (pl.col(place_name(place)).cast(pl.String) for place in found)
        filled = shown.select(map(filled_in, cells))
        for one, count in zip(
            found.values(), filled.row(0) if found else (), strict=True
        ):
            one.filled += count
    every = pl.concat(bad) if bad else None
    for one in found.values():
        one.share_filled = round(one.filled / rows, 4) if rows else 0
        if every is not None and one.fact:
            mine = every.filter(pl.col("column") == one.heading)
            open_ = pl.lit(not one.edition) & (
                pl.col("reason").cast(pl.String) == "edition"
            )
            _tell_unreadable(one, mine.filter(~open_))
            _tell_editions(one, mine.filter(open_), program)
            one.about = mine.filter(pl.col("reason").cast(pl.String) == "about").height
    facts = {column.spec.id for column in register.headings.columns}
    table = register.table
    sheets = [
        LookedSheet(one.name, one.rows, one.at, one.taken, one.hidden)
        for one in table.sheets
    ] or [LookedSheet("", rows, table.at, taken=True, hidden=False)]
    told = Look(
        register.path.name,
        table.row,
        table.encoding,
        rows,
        refused,
        [*found.values()],
        [*_answered(program, facts)],
        [warning.to(lang) for warning in register.warnings],
        sheets,
        [] if every is None else _listed(every),
        unreadable=0 if every is None else every.height,
        lang=lang,
    )
    return told, first


def filled_in(text: pl.Expr) -> pl.Expr:
    """Return how many texts of a column are more than blanks."""
    # Those alone are looked at that begin as blanks do, whatever kind they are.
    perhaps = (text < "!") | ((text >= "\x85") & (text < "\u3001"))
    blank = text.filter(perhaps).str.strip_chars() == ""
    return text.count() - blank.sum()


def _read(
    register: Register, program: Program
) -> Iterator[tuple[pl.DataFrame, Part | None]]:
    """Yield rows as they stand and what is read of them; nothing without their key."""
    if program.identity.key not in register.facts:
        for frame in register.table.parts(_ROWS):
            yield frame, None
        return
    frames: list[pl.DataFrame] = []
    for part in register.parts(program, _ROWS, frames.append):
        yield frames.pop(), part


def _columns(register: Register, program: Program, lang: str) -> dict[int, Looked]:
    places = {column.place: column for column in register.headings.columns}
    habits = HABITS.get(program.locale, HABITS["en"])
    names = {title: f for f, s in program.facts.items() for title in (f, *s.aliases)}
    told = {one.fields.get("heading"): one for one in register.warnings}
    found: dict[int, Looked] = {}
    kept = {bare(name) for name in register.mapping.kept}
    left = {bare(name) for name in register.mapping.left_out}
    guessed = 0
    for place, heading in enumerate(register.table.headings):
        if not heading.strip():
            continue
        one = found[place] = Looked(heading, column=letters_of(place))
        column = places.get(place)
        if column is not None:
            one.fact, one.power = column.spec.id, column.shift
            one.edition = column.spec.wording.edition
            one.unit = _unit(column.spec, column.shift, own=column.size == 1)
            continue
        why = told.get(heading)
        if why is not None and why.key not in _UNKNOWN:
            one.note = why.to(lang)
        if plain(heading) in habits.kept or bare(heading) in kept:
            one.proposal = "keep"
        elif one.note or bare(heading) in left:
            continue
        elif guessed < _GUESSED:
            guessed += 1
            one.proposal = names.get(nearest(heading, names), "")
    return found


def _unit(spec: FactSpec, power: int, *, own: bool) -> str:
    if not own:
        return _UNITS.get(power, "") + spec.unit.to("zh")
    units = _MONEY_UNITS if spec.type is FactType.MONEY else _UNITS
    return units.get(power, f"10^{power}") if power else ""


def _tell_unreadable(one: Looked, mine: pl.DataFrame) -> None:
    bad = mine.filter(~pl.col("effect").cast(pl.String).is_in(["range", "left-out"]))
    one.unreadable = bad.height
    one.share_unreadable = round(bad.height / one.filled, 4) if one.filled else 0
    one.common = _commonest(bad)


def _commonest(cells: pl.DataFrame) -> list[str]:
    counted = cells["value"].drop_nulls().value_counts()
    counted = counted.sort("count", "value", descending=[True, False])
    return counted["value"].head(_COMMON).to_list()


def _tell_editions(one: Looked, mine: pl.DataFrame, program: Program) -> None:
    """Say which codes mean different things by edition, and what in each."""
    one.undecided = mine.height
    words = Grammar.of(program.locale, program.systems, program.timezone).words
    for value in _commonest(mine):
        means = words.undecided(program.facts[one.fact], value)
        one.editions[value] = {year: sorted(codes) for year, codes in means.items()}


def _listed(every: pl.DataFrame) -> list[dict[str, object]]:
    names = ("sheet", "row", "column", "value", "reason")
    rows = lost(every).select(names).cast({"reason": pl.String}).head(_LISTED)
    return rows.rename({"reason": "code"}).to_dicts()


def _answered(program: Program, facts: set[str]) -> Iterator[str]:
    """Yield the policies whose every fact has a column, or follows from columns."""
    known = set(facts)
    for name, definition in program.definitions.items():
        if all(fact in known for fact in facts_of(definition)):
            known.add(name)
    for policy in program.policies:
        if all(fact in known for fact in facts_of(policy.when)):
            yield policy.id


def _quoted(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\n", "\\n").replace("\r", "\\r") + '"'


def _as_mapping(found: Look) -> str:
    taken = [one for one in found.sheets if one.taken]
    sheets = "all" if len(taken) != 1 or not taken[0].sheet else _list(taken[0].sheet)
    first, last = taken[0].headings
    rows = range(first, last + 1)
    headings = str(first) if first == last else f"[{', '.join(map(str, rows))}]"
    # In sheets whose headings stand in other rows they are found again.
    alike = all(one.headings == taken[0].headings for one in taken)
    notes = {
        key: f"   # {label(f'map-{key}', found.lang)}"
        for key in ("columns", "constants", "complete", "segments")
    }
    lines = [
        f"sheets: {sheets}",
        *([f"headings: {headings}"] if alike else ()),
        f"columns:{notes['columns']}",
    ]
    for one in found.columns:
        lines += _column_lines(one)
    lines += [
        f"constants: {{}}{notes['constants']}",
        f"complete: []{notes['complete']}",
        f"segments: []{notes['segments']}",
    ]
    return "\n".join([*lines, ""])


def _list(name: str) -> str:
    return f"[{_quoted(name)}]"


def _column_lines(one: Looked) -> Iterator[str]:
    heading = _quoted(one.heading)
    if not one.fact:
        kept = one.proposal == "keep"
        note = f"   # {one.proposal}?" if one.proposal and not kept else ""
        yield f"  {heading}: {'keep' if kept else 'ignore'}{note}"
        return
    unit = f", unit: '{one.unit}'" if one.unit and "^" not in one.unit else ""
    edition = f", edition: '{one.edition}'" if one.edition else ""
    if not one.proposals and not one.editions:
        unit += edition
        plainly = f"{{fact: {one.fact}{unit}}}" if unit else one.fact
        yield f"  {heading}: {plainly}"
        return
    yield f"  {heading}:"
    yield f"    fact: {one.fact}"
    if unit:
        yield f"    unit: '{one.unit}'"
    if edition:
        yield f"    edition: '{one.edition}'"
    elif one.editions:
        years = sorted({year for means in one.editions.values() for year in means})
        yield f"    # edition: '{years[-1]}'   # {' / '.join(years)} ?"
    if one.proposals:
        yield "    values:"
    for value, meaning in one.proposals.items():
        yield f"      {_quoted(value)}: {meaning}   # ?"
