"""A rulebook's digest: one for a meaning, another for every change of it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest
import yaml

from policy_match.compiler.local import local_parameters
from policy_match.compiler.rulebook import load_texts
from policy_match.errors import RulebookError
from policy_match.rulebook import yaml_reader
from tests.unit.report_rulebook import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

MORE = """
facts:
  level:
    type: enum
    settled_by: register
    changeable: up
    values: {high: {zh: 高, en: high}, low: {zh: 低, en: low}}
    title: {zh: 等级, en: level}
    asks: {zh: 等级？, en: Which level?}
    aliases: [grade]
parameters:
  tax:
    title: {zh: 税率, en: tax}
    type: brackets
    values:
      - from: 2021-01-01
        is: [{upto: 100万, rate: 5%}, {rate: 20%}]
        cite: law 第五条
        status: known
        review_by: 2026-12-31
definitions:
  fee:
    type: money
    title: {zh: 费用, en: fee}
    cases:
      - {if: level = high, is: 100}
      - {if: sales < 5_000 and costs > 0, in: 2023, is: 200}
      - is: brackets(sales - costs, $tax)
policies:
  fee-relief:
    title: {zh: 减费, en: fee relief}
    summary: {zh: 减费。, en: Relief.}
    kind: subsidy
    departments: {lead: tax, granting: trade}
    in_force: [{from: 2021-01-01, to: 2021-12-31}, {from: 2023-01-01}]
    when: {not: {any: [level = low, "staff within 5..9"]}, why: {zh: 因, en: because}}
    benefit:
      form: fee-reduction
      tiers:
        - {tier: top, if: level = high, amount: fee / 2}
        - {tier: rest, amount: fee}
    claim: {documents: {zh: [甲, 乙], en: [a, b]}}
    cite: law
    examples:
      - on: 2023-05-01
        given: {level: low}
        then: {outcome: ineligible}
relations:
  - {at_most_one_of: [fee-relief, fair-grant], cite: law 第九条}
plausibility:
  - {if: costs <= sales, says: {zh: 费用不高于收入。, en: Costs are below sales.}}
code_systems:
  trades: {title: {zh: 行业, en: trades}, divisions: {C: ["13", "14"]}}
"""


def digest(*texts: str) -> str:
    """Return the digest of a rulebook in so many files."""
    return load_texts({f"{n}.yaml": text for n, text in enumerate(texts)}).digest


@pytest.fixture(scope="module")
def original() -> str:
    """Return the digest of the rulebook as it stands above."""
    return digest(RULES, MORE)


def test_it_names_its_method(original: str) -> None:
    """SHA-256, in hexadecimal."""
    method, _, figures = original.partition(":")
    assert method == "sha256"
    assert len(bytes.fromhex(figures)) == 32


# ---- the same meaning


def turned(data: object) -> object:
    """Return YAML data with the keys of every mapping in the other order."""
    if isinstance(data, dict):
        return {key: turned(data[key]) for key in reversed(data)}
    return [turned(part) for part in data] if isinstance(data, list) else data


def plain(text: str) -> object:
    """Return a rule file as dicts, lists and texts."""
    return yaml_reader.plain_data(yaml_reader.read(text, "rules"))


@pytest.mark.parametrize("flow", [True, False])
@pytest.mark.parametrize("style", ["'", '"', "|", None])
def test_layout_has_no_meaning(original: str, style: str | None, flow: bool) -> None:
    """Block or flow, quoted, folded or plain, whatever the order of keys."""
    written = [
        yaml.safe_dump(
            turned(plain(text)),
            default_flow_style=flow,
            default_style=style,
            allow_unicode=True,
            sort_keys=False,
            width=40,
        )
        for text in (RULES, MORE)
    ]
    assert written != [RULES, MORE]
    assert digest(*written) == original


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: money", "type: money  # in yuan"),
        ("costs > 0", "costs>0"),
        ("costs > 0", "(costs) > (0)"),
        ("sales < 5_000 and", "sales < 5000 and"),
        ("kind: tax\n    reaches: directly", "kind: tax"),
        ("may_be_none: true", "may_be_none: true\n    event: false"),
        ("when: size = large", "when: {if: size = large}"),
        ("{level: low}", "{level: high}"),
        ("outcome: ineligible", "outcome: undetermined"),
        ("\n", "\r\n"),
    ],
)
def test_spelling_and_examples_have_no_meaning(
    original: str, old: str, new: str
) -> None:
    """Comments, blanks, needless parentheses, defaults written out, line ends."""
    texts = [text.replace(old, new) for text in (RULES, MORE)]
    assert texts != [RULES, MORE]
    assert digest(*texts) == original


def test_the_spread_over_files_has_no_meaning(original: str) -> None:
    """One file or one for each section, in any order."""
    parts: dict[str, str] = {}
    for text in (MORE, RULES):
        sections = plain(text)
        assert isinstance(sections, dict)
        for section, content in sections.items():
            parts[f"{len(parts)} {section}.yaml"] = yaml.safe_dump({section: content})
    assert load_texts(parts).digest == original


# ---- another meaning


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("is: 300,", "is: 301,"),
        ("is: 75%", "is: 75.1%"),
        ("to: 2025-12-31, is: 300", "to: 2025-12-30, is: 300"),
        ("staff <= $staff_limit", "staff < $staff_limit"),
        ("sales <= 2000万", "sales <= 2000.01万"),
        ("size in [small, micro]", "size in [small]"),
        ("fair_on within in_force", "fair_on within year"),
        ("amount: costs * $rate", "amount: costs * $rate + 1"),
        ("kind: tax", "kind: subsidy"),
        ("form: deduction", "form: tax-reduction"),
        ("settled_by: officer", "settled_by: register"),
        ("lead: tax, granting: tax", "lead: trade, granting: tax"),
        ("因", "由"),
        ("law 第二条", "law 第三条"),
        ("For reference only.", "For guidance only."),
        ("currency: CNY", "currency: EUR"),
        ("\n  jurisdiction: {zh: 某市, en: a town}", ""),
        ("because: plan-period", "because: statute"),
        ("changeable: up", "changeable: down"),
        ("aliases: [grade]", "aliases: [rank]"),
        ("upto: 100万", "upto: 101万"),
        ("{rate: 20%}", "{rate: 21%}"),
        ("sales - costs", "costs - sales"),
        ("sales < 5_000 and costs > 0", "sales < 5_000 or costs > 0"),
        ("in: 2023", "in: 2024"),
        ("- {if: level = high, is: 100}\n", "- {if: level = low, is: 100}\n"),
        ("within 5..9", "within 5..10"),
        ("{not: {any:", "{not: {all:"),
        ("fee / 2", "fee / (2 + fee)"),
        ("tier: top, if: level = high", "tier: best, if: level = high"),
        ("[甲, 乙]", "[乙, 甲]"),
        ("[fee-relief, fair-grant]", "[fair-grant, fee-relief]"),
        ("costs <= sales", "costs < sales"),
        ('["13", "14"]', '["13"]'),
        ("status: known\n        review_by", "status: verified\n        review_by"),
        ("review_by: 2026-12-31", "review_by: 2027-12-31"),
        ("某发〔2021〕1号", "某发〔2021〕2号"),
    ],
)  # fmt: skip
def test_a_change_of_meaning_changes_the_digest(
    original: str, old: str, new: str
) -> None:
    """Of any answer, or of anything that people read in one."""
    texts = [text.replace(old, new) for text in (RULES, MORE)]
    if texts == [RULES, MORE]:
        pytest.fail(f"`{old}` does not stand in the rulebook")
    assert digest(*texts) != original


def removals(data: object, path: tuple[str | int, ...] = ()) -> Iterator[object]:
    """Yield the path of every part of a rule file, the outermost first."""
    pairs: list[tuple[str | int, object]] = []
    if isinstance(data, dict):
        pairs = list(data.items())
    elif isinstance(data, list):
        pairs = list(enumerate(data))
    for key, part in pairs:
        yield (*path, key)
        yield from removals(part, (*path, key))


WITHOUT_MEANING = {"examples", "reaches"}
"""Left out of the digest; `reaches: directly` is what holds without it."""


def test_nothing_can_be_left_out_unnoticed(original: str) -> None:
    """Whichever part of the rule file is missing, and the rest still sound."""
    data = plain(MORE)
    loaded = 0
    for path in removals(data):
        assert isinstance(path, tuple)
        if WITHOUT_MEANING & set(path):
            continue
        shorter = copy.deepcopy(data)
        holder = shorter
        for key in path[:-1]:
            holder = holder[key]  # type: ignore[index]
        del holder[path[-1]]  # type: ignore[attr-defined]
        try:
            found = digest(RULES, yaml.safe_dump(shorter))
        except RulebookError:
            continue
        loaded += 1
        assert found != original, path
    assert loaded > 15


def test_local_parameters_change_the_digest(original: str) -> None:
    """An answer by other figures is an answer by another rulebook."""
    book = load_texts({"0.yaml": RULES, "1.yaml": MORE})

    def changed(text: str) -> str:
        data = f"parameters: {{{text}}}".encode()
        return book.with_parameters(
            local_parameters(data, "local.yaml", book.book)
        ).digest

    found = [changed("award: 1万"), changed("award: 2万"), changed("staff_limit: 300")]
    assert len({original, *found}) == 4
