"""One message a firm: what it is entitled to and has not claimed, and how to."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from policy_match.errors import UsageError, reason
from policy_match.language.formats import day_words, formats
from policy_match.language.messages import said
from policy_match.language.words import label
from policy_match.outputs import Place, inside, target
from policy_match.reports.layouts.pages import shown
from policy_match.reports.views.finding import claim_steps, granted_by
from policy_match.reports.views.view import ClaimStep
from policy_match.reports.words.benefits import amounts_in_words
from policy_match.reports.words.figures import money_words
from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.screening.csv_files import LETTERS, to_write_about
from policy_match.screening.letter_figures import Source, computed, figures
from policy_match.screening.letter_services import by_firm, services_open
from policy_match.screening.statuses import asked_for
from policy_match.screening.work import SUMMARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from policy_match.ir.program import Policy, Program
    from policy_match.semantics.one_firm import Evaluation

_FIRMS_AT_ONCE = 20_000
_LONGEST_NAME = 60
_LONGEST_FORMULA, _LONGEST_OWN = 200, 600
_NO_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
"""What no name of a directory may have on some system."""


class Item(NamedTuple):
    """One thing a firm may claim."""

    title: str
    form: str
    """What the amount is: money paid, tax not owed, or only what is deducted."""
    amount: str
    department: str
    sure: bool
    """Whether something is surely left; else that depends on what is not known."""
    steps: tuple[ClaimStep, ...]


class Letter(NamedTuple):
    """What a firm is told."""

    items: list[Item]
    services: list[str]
    """Titles of what it may use besides, without a claim."""


class Firm(NamedTuple):
    """Whom a letter is written to."""

    uscc: str
    name: str
    left: str
    """What it surely has left, form by form; empty where that is open."""


class Summary(NamedTuple):
    """What a result says of itself."""

    day: str
    digest: str
    register: str
    """The digest of the register."""


class Asked(NamedTuple):
    """What the bureau asks of its letters."""

    today: date
    """The day from which deadlines are dated."""
    least: float = 0
    """Yuan that a firm must have left in some form of benefit."""
    by: str = ""
    """A column of `letters.csv`: a directory for each of its values."""
    source: Source | None = None
    """Where the figures of firms stand, to tell how amounts came about."""


def summary_of(directory: Path) -> Summary:
    """Return the day and the rulebook of a result; raises UsageError."""
    try:
        found = json.loads((directory / SUMMARY).read_text(encoding="utf-8"))
        register = found["inputs"]["firms"]["digest"]
        return Summary(found["on"], found["rulebook"]["digest"], register)
    except OSError as error:
        message = said("no-result", path=str(directory), reason=reason(error))
    except (ValueError, KeyError, TypeError):
        message = said("not-a-screening", path=str(directory))
    raise UsageError(message, said("screen-first"))


def write_notices(
    directory: Path,
    out: Path,
    program: Program,
    lang: str,
    asked: Asked,
) -> int:
    """Write `<uscc>.txt` and `<uscc>.html` for each firm; return how many firms.

    All appear under the name `out` at once, or none. A message has nothing of any
    other firm. Raises UsageError.
    """
    words = Vocabulary.of(program, lang)
    place = Place(target(out, (directory,)))
    try:
        if place.out.exists() and any(place.out.iterdir()):
            raise UsageError(said("out-not-empty", path=str(out)), said("name-another"))
        with place.held():
            place.clear()
            try:
                count = _write(directory, place.result, words, asked)
                place.publish()
            except BaseException:
                place.discard()
                raise
    except OSError as error:
        message = said("cannot-write", path=str(out), reason=reason(error))
        raise UsageError(message) from None
    return count


def _write(directory: Path, result: Path, words: Vocabulary, asked: Asked) -> int:
    result.mkdir()
    render = _renderer(words)
    count = 0
    listed = pl.read_csv(directory / "letters.csv", infer_schema=False)
    names, left = _column(listed, "name"), _left(listed, words)
    groups = _groups(listed, asked.by) if asked.by else {}
    apart = _directory(label("group-unknown", words.lang))
    for uscc, letter in _firms(directory, words, asked):
        where = f"{groups.get(uscc, apart)}/" if asked.by else ""
        for ending in ("txt", "html"):
            file = inside(result, f"{where}{uscc}.{ending}")
            file.parent.mkdir(exist_ok=True)
            firm = Firm(uscc, names.get(uscc, ""), left.get(uscc, ""))
            text = render(ending, firm, letter)
            file.write_text(text, encoding="utf-8")
        count += 1
    return count


def _left(listed: pl.DataFrame, words: Vocabulary) -> dict[str, str]:
    """Return what each firm surely has left, form by form, in words."""
    found: dict[str, list[str]] = {}
    amounts = listed.select(
        "uscc", "form", pl.col("amount_left").cast(pl.Decimal(18, 2))
    )
    for uscc, form, amount in amounts.filter(pl.col("amount_left") > 0).iter_rows():
        money = money_words(Fraction(amount), words.lang, words.program.currency)
        title = words.label(f"form-{form}")
        found.setdefault(uscc, []).append(
            words.label("notice-form", form=title, amount=money)
        )
    comma = words.label("comma")
    return {uscc: comma.join(parts) for uscc, parts in found.items()}


def _groups(listed: pl.DataFrame, by: str) -> dict[str, str]:
    """Return the directory of each firm; raises UsageError for no such column."""
    known = tuple(x for x in listed.columns if x == "town" or x not in LETTERS)
    if by not in known:
        hint = said("group-by", columns=known)
        raise UsageError(said("no-column-to-group", column=by), hint)
    named = {code: _directory(x) for code, x in _column(listed, by).items()}
    return {code: name for code, name in named.items() if name}


def _column(listed: pl.DataFrame, name: str) -> dict[str, str]:
    """Return what firms have in a column, by code; those that have nothing left out."""
    return {code: x for code, x in listed.select("uscc", name).iter_rows() if x}


def _directory(value: str) -> str:
    """Return a value as the name of one directory, on any system; it may be empty."""
    return _NO_NAME.sub("_", value)[:_LONGEST_NAME].strip(". ")


def _renderer(words: Vocabulary) -> Callable[[str, Firm, Letter], str]:
    environment = Environment(
        loader=PackageLoader("policy_match.reports"),
        autoescape=select_autoescape(["html.j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=shown,
    )
    templates = {
        ending: environment.get_template(f"notice.{ending}.j2")
        for ending in ("txt", "html")
    }
    shared = {
        "tag": formats(words.lang).tag,
        "word": lambda key, **fields: label(key, words.lang, **fields),
        "day": day_words(words.program.day, words.lang),
        "disclaimer": words.text(words.program.disclaimer),
        "colon": label("colon", words.lang),
        "comma": label("comma", words.lang),
    }

    recovered = words.label("act-recover")

    def render(ending: str, firm: Firm, letter: Letter) -> str:
        labels = {step.label for item in letter.items for step in item.steps}
        return templates[ending].render(
            **shared,
            **firm._asdict(),
            **letter._asdict(),
            recovers=recovered in labels,
        )

    return render


def _firms(
    directory: Path, words: Vocabulary, asked: Asked
) -> Iterator[tuple[str, Letter]]:
    """Yield every firm that has something to claim, some of them in memory."""
    found = to_write_about(pl.scan_parquet(directory / "findings.parquet"))
    by_id: Mapping[str, Policy] = words.program.by_id
    asked_for_ids = [x.id for x in by_id.values() if asked_for(x)]
    unclaimed = found.filter(pl.col("policy").is_in(asked_for_ids))
    services = found.filter(
        pl.col("policy").is_in(services_open(words.program, asked.today))
    )
    # What a body sets has no amount: it may be more than any limit.
    left = unclaimed.group_by("uscc", "form").agg(
        pl.col("amount_low").sum(),
        (pl.col("amount_low").is_null() & pl.col("amount_high").is_null())
        .any()
        .alias("unset"),
    )
    worth = left.filter((pl.col("amount_low") >= asked.least) | pl.col("unset"))
    firms = worth.select("uscc").unique().sort("uscc").collect()["uscc"]
    for some, known_of in _some(firms, words.program, asked.source):
        rows = (
            unclaimed.filter(pl.col("uscc").is_in(some.implode()))
            .select(
                "uscc",
                "policy",
                "amount_low",
                "amount_high",
                "missing",
                (pl.col("status").cast(pl.String) == "unclaimed").alias("sure"),
            )
            .sort(
                ["uscc", "sure", "amount_low", "policy"],
                descending=[False, True, True, False],
                nulls_last=True,
            )
            .collect()
        )
        used = by_firm(services.filter(pl.col("uscc").is_in(some.implode())), words)
        for (uscc,), group in rows.group_by("uscc", maintain_order=True):
            of = _Letter(words, asked.today, known_of.get(str(uscc)))
            items = [
                of.item(by_id[id_], (low, high), missing, sure=sure)
                for _, id_, low, high, missing, sure in group.rows()
            ]
            yield str(uscc), Letter(items, used.get(str(uscc), []))


def _some(
    firms: pl.Series, program: Program, source: Source | None
) -> Iterator[tuple[pl.Series, Mapping[str, Evaluation]]]:
    """Yield some firms at a time, with what is known of them where it is asked for."""
    if source is None:
        for start in range(0, len(firms), _FIRMS_AT_ONCE):
            yield firms.slice(start, _FIRMS_AT_ONCE), {}
        return
    rest = firms
    for known in figures(source, program, firms):
        some = pl.Series("uscc", list(known), pl.String)
        rest = rest.filter(~rest.is_in(some.implode()))
        yield some, known
    # Of a register that is read otherwise than in the screening some may be lost.
    yield rest, {}


class _Letter(NamedTuple):
    """What a firm is told, of each of its policies."""

    words: Vocabulary
    today: date
    known: Evaluation | None
    """What is known of the firm, where the letter is to tell its figures."""

    def item(
        self,
        policy: Policy,
        ends: tuple[Decimal | None, Decimal | None],
        missing: list[str],
        *,
        sure: bool,
    ) -> Item:
        """Return one thing that the firm may claim."""
        words = self.words
        return Item(
            words.policy(policy.id),
            words.label(f"form-{policy.form}"),
            _amount(*ends, missing, words),
            words.department(policy.about.granting),
            sure,
            (
                *self._computation(policy, ends),
                *claim_steps(policy.about, words, self.today),
                *_basis(policy, words),
            ),
        )

    def _computation(
        self, policy: Policy, ends: tuple[Decimal | None, Decimal | None]
    ) -> Iterator[ClaimStep]:
        """Yield how the amount comes about; what is long stands in the handbook."""
        known = self.known
        own = "" if known is None else computed(policy, ends, known, self.words)
        text = own or _formulas(policy, self.words)
        if text and len(text) <= (_LONGEST_OWN if own else _LONGEST_FORMULA):
            yield ClaimStep(self.words.label("computation"), (text,))


def _formulas(policy: Policy, words: Vocabulary) -> str:
    found = [*amounts_in_words(policy, words)]
    colon = words.label("colon")
    several = [f"{title}{colon}{formula}" for title, formula in found]
    told = [found[0][1]] if len(found) == 1 else several
    return words.label("semicolon").join(told)


def _basis(policy: Policy, words: Vocabulary) -> Iterator[ClaimStep]:
    documents = granted_by(policy, words)
    if documents:
        yield ClaimStep(words.label("granted-by"), documents)


def _amount(
    low: Decimal | None, high: Decimal | None, missing: list[str], words: Vocabulary
) -> str:
    """Return what a firm may expect; where that is not known, what it depends on."""

    def money(value: Decimal) -> str:
        return money_words(Fraction(value), words.lang, words.program.currency)

    if high is not None:
        if low == high:
            return money(high)
        if not low:
            return label("at-most", words.lang, high=money(high))
        return label("range", words.lang, low=money(low), high=money(high))
    if low:
        return label("at-least", words.lang, low=money(low))
    facts = label("comma", words.lang).join(map(words.title, missing))
    return label("notice-depends", words.lang, facts=facts) if missing else ""
