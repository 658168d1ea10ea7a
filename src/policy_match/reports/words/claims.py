"""How to claim, in words: papers by their titles, days, whom to ask, where to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.calendar import add_years, quarter_around, year_around
from policy_match.language.formats import day_words
from policy_match.semantics.claiming import State, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from policy_match.domain.calendar import Run
    from policy_match.domain.claims import Claim, Paper
    from policy_match.domain.texts import Text
    from policy_match.ir.program import About
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.claiming import Dated, Days, Known, Life


def to_submit(claim: Claim, words: Vocabulary) -> tuple[str, ...]:
    """Return the papers to hand in, at whatever step, each once."""
    if not claim.papers and not any(step.papers for step in claim.steps):
        return of_language(claim.documents, words)
    later = (paper for step in claim.steps for paper in step.papers)
    return titles((*claim.papers, *later), words)


def to_keep(claim: Claim, words: Vocabulary) -> tuple[str, ...]:
    """Return the papers to keep for inspection."""
    return titles(claim.keep_papers, words) or of_language(claim.keep, words)


def titles(papers: Iterable[Paper], words: Vocabulary) -> tuple[str, ...]:
    """Return the titles of papers, each once."""
    return tuple(dict.fromkeys(words.text(paper.title) for paper in papers))


def issuers(claim: Claim, words: Vocabulary) -> dict[str, str]:
    """Return who issues each paper that a claim names, by the title of the paper."""
    papers = [*claim.papers, *claim.keep_papers, *claim.bring]
    papers += [paper for step in claim.steps for paper in step.papers]
    return {words.text(p.title): words.text(p.issued_by) for p in papers}


def with_issuers(
    papers: Iterable[str], by: Mapping[str, str], words: Vocabulary
) -> tuple[str, ...]:
    """Return papers, each with who issues it behind it."""
    return tuple(paper + words.bracketed(by.get(paper, "")) for paper in papers)


def of_language(
    texts: Mapping[str, Sequence[str]], words: Vocabulary
) -> tuple[str, ...]:
    """Return the texts of the language of the answer, else of the first one."""
    return tuple(texts.get(words.lang, next(iter(texts.values()), ())))


# ---- places and bodies


def where(life: Life, about: About, words: Vocabulary) -> str:
    """Return where to claim, or to recover; the granting body where nothing is said."""
    counters = about.claim.counters
    if life.now is not None:
        counters = life.now.step.counters or counters
    if life.state is State.RECOVERABLE and life.recovery is not None:
        counters = life.recovery.counters or counters
    return _named(counters, words) or words.department(about.granting)


def whom(about: About, words: Vocabulary, others: Sequence[Text] = ()) -> str:
    """Return whom to ask; the granting body where nothing is said."""
    return _named(others or about.claim.ask, words) or words.department(about.granting)


def places(claim: Claim, words: Vocabulary) -> str:
    """Return every place where a claim is made; nothing where none is said."""
    steps_ = (counter for step in claim.steps for counter in step.counters)
    return _named((*claim.counters, *steps_), words)


def asked(claim: Claim, words: Vocabulary) -> str:
    """Return whom a claim says to ask; nothing where it says nobody."""
    return _named(claim.ask, words)


def _named(texts: Iterable[Text], words: Vocabulary) -> str:
    return words.label("comma").join(dict.fromkeys(map(words.text, texts)))


# ---- days


def period_of(period: Run | None, words: Vocabulary) -> str:
    """Return a month, a quarter or a year by its name; nothing for other days."""
    if period is None or period[0] == period[1]:
        return ""
    first, last = period
    year = str(last.year)
    if (first, last) == year_around(last):
        return words.label("span-year", year=year)
    if (first, last) == quarter_around(last):
        return words.label("span-quarter", year=year, part=str(last.month // 3))
    return words.label("span-month", year=year, part=str(last.month))


def day_of(days: Days | None, words: Vocabulary) -> str:
    """Return a day, or between which days it lies; nothing where it is not known."""
    if days is None or days == (None, None):
        return ""
    if days.exact is not None:
        return day_words(days.exact, words.lang)
    low, high = (day and day_words(day, words.lang) for day in days)
    if low and high:
        return words.label("act-between", low=low, high=high)
    return low or high or ""


def deadlines(dated: Iterable[Dated], words: Vocabulary) -> tuple[str, ...]:
    """Return each step with its days: what is filed, from when to when."""
    found: dict[str, None] = {}
    for one in dated:
        span = _span(one, words)
        if span:
            name = filing(one, words) or words.text(one.step.what)
            colon = words.label("colon") if name else ""
            found[f"{name}{colon}{span}"] = None
    return tuple(found)


def days_of(
    claim: Claim, words: Vocabulary, known: Known, today: date | None = None
) -> tuple[str, ...]:
    """Return the days of a claim; what the rulebook says in words, where it has none.

    They are those of the period around the program's day: all of them, or with
    `today` those that are not past, and where all are past the last.
    """
    every = steps(words.program, claim, known)
    dated = deadlines(every if today is None else _to_come(every, today), words)
    return dated or (words.text(claim.deadline),)


def _to_come(every: Sequence[Dated], today: date) -> Sequence[Dated]:
    """Return the steps that are not past; where all are past, the last of them."""
    ends = [(one, one.by and (one.by.high or one.by.low)) for one in every]
    rest = [one for one, end in ends if end is None or end >= today]
    last = max((end for _, end in ends if end is not None), default=None)
    return rest or [one for one, end in ends if end == last]


def _span(one: Dated, words: Vocabulary) -> str:
    due = one.step.by
    start, by = day_of(one.start, words), day_of(one.by, words)
    if not by:
        told = [words.text(due.says)] if due and due.says else []
        if due and due.ask:
            told.append(words.label("act-ask", who=_named(due.ask, words)))
        return words.label("semicolon").join(told)
    text = words.label("act-by", by=by)
    if start:
        text = words.label("act-from-to", start=start, by=by)
    if one.provisional:
        text += words.bracketed(words.label("act-provisional"))
    return text


def filing(one: Dated, words: Vocabulary) -> str:
    """Return what is filed, with the period it is for."""
    name = words.text(one.step.filing)
    period = period_of(one.period, words)
    space = " " if words.lang == "en" and name and period else ""
    return f"{period}{space}{name}" if name else ""


# ---- what to do


def what(life: Life, about: About, words: Vocabulary) -> str:
    """Return what to do, as the claim stands."""
    return words.label("semicolon").join(dict.fromkeys(_what(life, about, words)))


def _what(life: Life, about: About, words: Vocabulary) -> Iterator[str]:
    claim = about.claim
    if claim.how == "unknown":
        yield from _without_guide(about, words)
        return
    match life.state:
        case State.RECOVERABLE if life.recovery is not None:
            yield _recoverable(life, words)
        case State.LATE:
            yield words.label("act-late", by=day_of(life.by, words))
            yield from _step(life.now, words)
        case State.LOST:
            yield words.label("act-lost", by=day_of(life.by, words))
        case State.CLOSED:
            yield _closed(life, about, words)
        case _:
            if claim.automatic:
                yield words.label("automatic")
            told = [*_step(life.now, words)]
            yield from told
            if not told and claim.channel:
                yield words.text(claim.channel)
            elif not told and not claim.automatic:
                yield words.label("act-ask", who=whom(about, words))
    for one in life.remedies:
        told_ = words.text(one.remedy.what)
        by = day_of(one.by, words)
        key = "act-remedy" if by else "act-remedy-open"
        yield words.label(key, what=told_, by=by)


def _without_guide(about: About, words: Vocabulary) -> Iterator[str]:
    """Yield that no guide is public, whom to ask, and what is useful to have."""
    yield words.label("act-no-guide", who=whom(about, words))
    if about.claim.bring:
        papers = words.label("comma").join(titles(about.claim.bring, words))
        yield words.label("act-bring", papers=papers)


def _step(one: Dated | None, words: Vocabulary) -> Iterator[str]:
    if one is None:
        return
    name, text = filing(one, words), words.text(one.step.what)
    text += words.bracketed(words.text(one.step.covers))
    if name and text:
        yield words.label("act-step", filing=name, what=text)
    elif name or text:
        yield name or text
    if one.by is None and one.step.by is not None:
        yield from filter(None, [_span(one, words)])
    if one.step.note:
        yield words.text(one.step.note)


def _recoverable(life: Life, words: Vocabulary) -> str:
    how = words.text(life.recovery.how) if life.recovery else ""
    by = day_of(life.by, words)
    key = "act-recoverable" if by else "act-recoverable-open"
    return words.label(key, by=by, how=how)


def _closed(life: Life, about: About, words: Vocabulary) -> str:
    until = life.recover_until
    if until is not None and until.high is not None and life.recovery is not None:
        day = day_words(until.high, words.lang)
        if until.exact is None:
            paid = add_years(until.high, -life.recovery.years)
            return words.label(
                "act-gone-unless", until=day, paid=day_words(paid, words.lang)
            )
        return words.label("act-gone", until=day)
    by = day_of(life.by, words)
    if by and about.claim.recover_said:
        return words.label("act-closed", by=by)
    if by:
        return words.label("act-closed-ask", by=by, who=whom(about, words))
    return words.label("act-closed-open", who=whom(about, words))


def standing(life: Life, about: About, today: date, words: Vocabulary) -> str:
    """Return how a claim stands on a day, with the day that presses."""
    start, by = day_of(life.start, words), day_of(life.by, words)
    match life.state:
        case State.OPEN if life.by and (last := _next(life.by, today)):
            left = (last - today).days
            key = "act-open-by" if left else "act-today"
            text = words.label(key, by=by, left=str(left))
        case State.NOT_YET if start:
            key = "act-not-yet" if by else "act-not-yet-open"
            text = words.label(key, start=start, by=by)
        case State.RECOVERABLE if until(life, words):
            text = words.label("act-recoverable-now", until=until(life, words))
        case State.OPEN if about.claim.how == "unknown":
            return words.label("act-not-published")
        case State.OPEN if life.now and (due := life.now.step.by) and due.local:
            return words.label("act-open-local")
        case state:
            return words.label(f"state-{state.value}")
    if life.provisional:
        text += words.bracketed(words.label("act-provisional"))
    return text


def _next(days: Days, today: date) -> date | None:
    """Return the nearest of the days that a last day may be, that is not past."""
    return next((day for day in days if day is not None and day >= today), None)


def recovery(life: Life, words: Vocabulary) -> str:
    """Return how, and until when, what is not claimed in time can be recovered."""
    if life.recovery is None or life.state in {State.LOST, State.CLOSED}:
        return ""
    told = (words.text(life.recovery.how), until(life, words))
    return words.label("semicolon").join(filter(None, told))


def until(life: Life, words: Vocabulary) -> str:
    """Return until when the past can be recovered; nothing where it cannot be."""
    days = life.recover_until
    if days is None or days.high is None:
        return ""
    high = day_words(days.high, words.lang)
    if days.exact is not None:
        return words.label("act-until", until=high)
    if days.low is None:
        return words.label("act-until-at-most", high=high)
    low = day_words(days.low, words.lang)
    return words.label("act-until-range", low=low, high=high)
