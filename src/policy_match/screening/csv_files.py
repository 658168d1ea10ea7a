"""The lists that people open in a spreadsheet: CSV in UTF-8 with a mark."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from policy_match.domain.facts import FactType, Nature
from policy_match.firms.registers import KEPT, REASONS
from policy_match.ir.terms import Not
from policy_match.language.media import NUMBER, RISKY
from policy_match.language.words import label as word
from policy_match.reports.words.conditions import spoken
from policy_match.screening.changeable import bound_of, negated
from policy_match.screening.left import AMOUNT, KNOWN
from policy_match.screening.plan import INDUSTRY, SIZE
from policy_match.screening.takeup import FORMS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from policy_match.ir.program import Program
    from policy_match.ir.terms import Condition, Leaf
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.screening.changeable import Bound
    from policy_match.screening.plan import Plan
    from policy_match.screening.takeup import Row, TakeUp

_RATE = pl.Decimal(5, 4)
_MONEY = pl.Decimal(38, 2)
_TOTAL = {
    "firms": pl.Int64(),
    "eligible": pl.Int64(),
    "claimed": pl.Int64(),
    "unclaimed": pl.Int64(),
    "takeup_rate": _RATE,
    "amount_due": _MONEY,
    "amount_claimed": _MONEY,
    "amount_unclaimed": _MONEY,
    "undetermined": pl.Int64(),
    "over_claimed": pl.Int64(),
    "amount_due_high": _MONEY,
    "amount_unclaimed_high": _MONEY,
    "form": pl.String(),
    "worth_unknown": pl.Int64(),
    "nothing_to_claim": pl.Int64(),
    "rate_low": _RATE,
    "rate_high": _RATE,
    "claimed_of_due": _MONEY,
    "claimed_short": _MONEY,
    "set_by": pl.String(),
}
ALONE = "findings_settled_alone"
_SHARE_PLACES = 6
LETTERS = frozenset(
    {"uscc", "name", "town", "form", "amount_left", "policies", "cumulative_share"}
)
_ALL = ""
"""What stands for all policies with something to claim."""


_WATCHED = rf"{RISKY}|[\p{{Cc}}\p{{Cf}}\x{{2028}}\x{{2029}}]"
"""What is in a cell that is not written as it stands; a whole column may have none."""


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write a list; a text that a spreadsheet would run stays a text."""
    some = frame.select(pl.col(pl.String).str.contains(_WATCHED).any())
    watched = [column.name for column in some if column.any()]
    texts = (
        pl.col(watched)
        .str.replace_all(r"[\t\n\r\x{85}\x{2028}\x{2029}]", " ")
        .str.replace_all(r"[\p{Cc}\p{Cf}]", "\ufffd")
    )
    formula = texts.str.contains(RISKY) & ~texts.str.contains(NUMBER)
    safe = pl.when(formula).then("'" + texts).otherwise(texts)
    shown = frame.with_columns(safe.name.keep()) if watched else frame
    shown.write_csv(path, include_bom=True)


def takeup(found: TakeUp, words: Vocabulary) -> pl.DataFrame:
    """Return takeup.csv."""
    texts = {"policy": pl.String(), "title": pl.String()}
    return pl.DataFrame(found.by_policy(words), schema={**texts, **_TOTAL})


def takeup_by(found: TakeUp, words: Vocabulary) -> pl.DataFrame:
    """Return takeup_by.csv: each breakdown, for all policies and for each.

    Of all policies the first row has the counts, and one a form its money, which
    is added up within a form alone.
    """
    rows: list[Row] = []
    for by, groups in found.breakdowns.items():
        for value, parts in groups.items():
            name = {"by": by, "value": value, "label": label(by, value, words)}
            whole = found.together(parts)
            every = {**name, "policy": _ALL}
            rows.append({**every, "form": "", **found.counts(whole.counts)})
            rows += [
                {**every, "form": form, **found.cells(total)}
                for form, total in whole.forms.items()
            ]
            rows += [
                {**name, "policy": policy, **found.of(policy, total, words)}
                for policy, total in parts.items()
            ]
    names = ("by", "value", "label", "policy")
    return pl.DataFrame(rows, schema={**dict.fromkeys(names, pl.String()), **_TOTAL})


def label(by: str, value: str, words: Vocabulary) -> str:
    """Return what people call a value of a breakdown."""
    if by == "department":
        return words.department(value)
    if value in {"unknown", "none"}:
        return word(f"group-{value}", words.lang)
    if by == "size_class":
        spec = words.program.facts[SIZE]
        return words.text(spec.members.get(value)) or value
    if by == "industry_section":
        system = words.program.systems.get(words.program.facts[INDUSTRY].system)
        return words.text(system.names.get(value) if system else None) or value
    own = words.program.facts.get(by)
    return words.text(own.members.get(value) if own else None) or value


def data_gaps(gaps: pl.DataFrame, words: Vocabulary) -> pl.DataFrame:
    """Return data_gaps.csv, the worst first; what firms merely wish for is left out.

    Of several forms of money the one with most at stake is told, by itself.
    """
    specs = words.program.facts
    wishes = [s.id for s in specs.values() if s.nature is Nature.WISH]
    some = gaps.filter(~pl.col("fact").is_in(wishes))
    most = some.sort("stake", "form", descending=[True, False]).group_by(
        "fact", maintain_order=True
    )
    told = most.agg(
        pl.col("firms").sum(),
        pl.col("alone").sum(),
        pl.col("stake").first(),
        pl.when(pl.col("stake").first() > 0).then(pl.col("form").first()).alias("form"),
    )
    facts = told["fact"].to_list()
    return (
        told.with_columns(
            pl.Series("title", [words.title(fact) for fact in facts], pl.String),
            pl.Series("by", [specs[fact].settled_by for fact in facts], pl.String),
        )
        .sort(["stake", "alone", "firms", "fact"], descending=[True, True, True, False])
        .select(
            "fact",
            "title",
            pl.col("firms").alias("firms_missing"),
            pl.col("alone").alias(ALONE),
            (pl.col("stake").cast(_MONEY) / 100).cast(_MONEY).alias("amount_at_stake"),
            pl.col("by").alias("settled_by"),
            "form",
        )
    )


def to_write_about(findings: pl.LazyFrame) -> pl.LazyFrame:
    """Return the findings that a firm is written about."""
    return findings.filter(
        pl.col("status").cast(pl.String).is_in(["unclaimed", "worth-unknown"]),
        pl.col("uscc").is_not_null(),
    )


def letters(left: pl.DataFrame) -> pl.DataFrame:
    """Return letters.csv: firms by what they surely have left, form by form.

    `left` is what each firm has left of each form (see `left.Left`).
    `cumulative_share` is of all that is left in the form. Where a body sets an
    amount there is nothing to rank by; such firms stand last, with no amount. A firm
    of which it is open whether anything is left has 0.
    """
    cents = pl.when(pl.col(KNOWN) > 0).then(AMOUNT).cast(_MONEY)
    told = left.with_columns((cents / 100).cast(_MONEY).alias("amount_left"))
    in_money = [told.filter(pl.col("form") == form) for form in FORMS]
    others = told.filter(~pl.col("form").is_in(FORMS))
    ranked = [*map(_ranked, in_money), _ranked(others, "form")]
    kept = [name for name in left.columns if name.startswith(KEPT)]
    names = ("uscc", "name", "town", "form", "amount_left", "policies")
    return (
        pl.concat(ranked).select(*names, "cumulative_share", *kept).rename(_as_headings)
    )


def _ranked(rows: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Return rows by what is left, with the share of all so far, or by `by`."""
    amount = pl.col("amount_left").cast(pl.Float64)
    whole, so_far = amount.sum(), amount.cum_sum()
    if by:
        whole, so_far = whole.over(by), so_far.over(by)
    share = pl.when(whole > 0).then(so_far / whole).round(_SHARE_PLACES)
    return rows.sort(
        ["amount_left", "uscc", "form"],
        descending=[True, False, False],
        nulls_last=True,
    ).with_columns(share.alias("cumulative_share"))


def in_words(frame: pl.DataFrame, words: Vocabulary) -> pl.DataFrame:
    """Return a list of firms with what the facts it carries are called, not ids."""
    told = []
    for name in frame.columns:
        spec = words.program.facts.get(name.removeprefix(KEPT))
        if name.startswith(KEPT) and spec is not None and spec.members:
            titles = {x: words.text(text) or x for x, text in spec.members.items()}
            told.append(pl.col(name).replace(titles))
    return frame.with_columns(told) if told else frame


def kept_in(firms: pl.LazyFrame) -> list[str]:
    """Return the columns of firms that a mapping keeps."""
    return [x for x in firms.collect_schema().names() if x.startswith(KEPT)]


def _as_headings(name: str) -> str:
    """Return what a column is called in a list; a heading never hides one of ours."""
    heading = name.removeprefix(KEPT)
    return f"_{heading}" if heading != name and heading in LETTERS else heading


def near_misses(
    near: pl.DataFrame, plan: Plan, names: pl.LazyFrame, words: Vocabulary
) -> pl.DataFrame:
    """Return near_misses.csv, the nearest first."""
    known = names.select("uscc", "name").join(
        near.lazy().select("uscc").unique(), on="uscc", how="semi"
    )
    named = near.join(known.collect(), on="uscc", how="left", maintain_order="left")
    sheets = {sheet.policy.id: sheet for sheet in plan.sheets}
    rows: list[Row] = []
    groups = named.group_by("policy", "within", "leaf", maintain_order=True)
    for (policy, fact, place), group in groups:
        sheet = plan.reasons[str(fact)] if fact else sheets[str(policy)]
        leaf = sheet.leaves[int(str(place))]
        below = negated(sheet.policy.when, leaf)
        told = _told(str(policy), Not(leaf) if below else leaf, leaf, words)
        bound = bound_of(words.program, leaf, negated=below)
        rows += [
            {**told, "uscc": row["uscc"], "name": row["name"], "share": row["share"]}
            | _distance(row, bound, words.program)
            for row in group.iter_rows(named=True)
        ]
    kinds = {**dict.fromkeys(_NEAR, pl.String()), "share": pl.Float64()}
    table = pl.DataFrame(rows, schema=kinds)
    order = pl.Series("at", list(sheets), pl.String).to_frame().with_row_index("rank")
    ranked = table.join(order, left_on="policy", right_on="at", how="left")
    return ranked.sort("rank", "share", "uscc", nulls_last=True).select(_NEAR)


def _told(policy: str, needed: Condition, leaf: Leaf, words: Vocabulary) -> Row:
    """Return the condition in words, as it must hold for the firm to qualify."""
    return {
        "policy": policy,
        "title": words.policy(policy),
        "condition": leaf.test.text,
        "says": spoken(needed, words),
    }


_NEAR = (
    "policy",
    "title",
    "uscc",
    "name",
    "condition",
    "says",
    "fact",
    "value",
    "needed",
    "distance",
)


def _distance(row: Mapping[str, object], bound: Bound | None, program: Program) -> Row:
    distance = row["distance"]
    if bound is None or not isinstance(distance, float):
        return {}
    kind = program.facts[bound.fact].type
    low, high = (_number(row[end], kind) for end in ("low", "high"))
    days = FactType.INT if kind is FactType.DATE else kind
    return {
        "fact": bound.fact,
        "value": low if low == high else f"{low}..{high}",
        "needed": _number(float(bound.limit), kind),
        "distance": _number(distance, days),
    }


def _number(value: object, kind: FactType) -> str:
    if not isinstance(value, float):
        return ""
    if kind is FactType.DATE:
        return date.fromordinal(int(value)).isoformat()
    if kind is FactType.MONEY:
        return f"{value:.2f}"
    return f"{value:.4f}".rstrip("0").rstrip(".")


def rejected(
    sources: Sequence[tuple[str, pl.DataFrame]], words: Vocabulary
) -> pl.DataFrame:
    """Return rejects.csv: what could not be read, and why, file by file."""
    key = words.title(words.program.identity.key)
    reasons = {code: words.label(f"reject-{code}", identity=key) for code in REASONS}
    return pl.concat(
        frame.select(
            pl.lit(file).alias("file"),
            "sheet",
            "row",
            "column",
            "value",
            pl.col("reason")
            .cast(pl.String)
            .replace_strict(reasons, return_dtype=pl.String),
            pl.col("reason").cast(pl.String).alias("code"),
            pl.col("effect").cast(pl.String),
            "uscc",
        )
        for file, frame in sources
    )
