"""The answer for one firm, as a developer holds it."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

from policy_match.advice.counterfactuals import prospects
from policy_match.advice.planner import ranked
from policy_match.api.matching import engine_version
from policy_match.api.usage import moment_of, one_of, policy_of
from policy_match.language.words import LANGUAGES
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from os import PathLike

    from policy_match.advice.planner import Question
    from policy_match.api.origin import Origin
    from policy_match.api.usage import Looks
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import OutOfForce, Policy
    from policy_match.reports.document.models import Answer as Document
    from policy_match.reports.sheet.view import Sealed
    from policy_match.semantics.outcome import Assessment, Finding, Warning_


PLAN_FORMATS = ("text", "html", "markdown", "json", "ics")
"""What a plan is written as; `ics` is a calendar."""


class Answer:
    """Which incentives one firm gets on one day, how much, and why.

    A sequence of findings, one for each policy in force; a finding by the
    policy's id. What would change the answer is worked out when it is first
    asked for.

    >>> import policy_match as pm
    >>> answer = pm.load().on("2022-12-31").assess({})
    >>> len(answer) == len(answer.eligible) + len(answer.undetermined)
    True
    >>> {finding.outcome.value for finding in answer.undetermined}
    {'undetermined'}
    """

    def __init__(self, found: Assessment, origin: Origin) -> None:
        """Wrap what was found under a law from some rulebook."""
        self._found, self._origin = found, origin

    @property
    def day(self) -> date:
        """The day whose law was applied."""
        return self._found.day

    @property
    def today(self) -> date:
        """The day from which deadlines are dated."""
        return self._found.asked_on

    @property
    def backend(self) -> str:
        """Who did the inference: `durable-rules` or `reference`."""
        return self._found.backend

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A finding for each policy in force, in the rulebook's order."""
        return self._found.findings

    def __getitem__(self, policy: str) -> Finding:
        """Return the finding of a policy in force; KeyError for any other."""
        return self._found.finding(policy)

    def __contains__(self, policy: object) -> bool:
        """Whether a policy is in force on the day."""
        return any(found.policy.id == policy for found in self.findings)

    def __iter__(self) -> Iterator[Finding]:
        """Iterate over the findings."""
        return iter(self.findings)

    def __len__(self) -> int:
        """Return how many policies are in force."""
        return len(self.findings)

    @property
    def eligible(self) -> tuple[Finding, ...]:
        """The policies every completion of the facts is eligible for."""
        return self._with(Outcome.ELIGIBLE)

    @property
    def undetermined(self) -> tuple[Finding, ...]:
        """The policies that what is known does not settle."""
        return self._with(Outcome.UNDETERMINED)

    @property
    def ineligible(self) -> tuple[Finding, ...]:
        """The policies no completion of the facts is eligible for."""
        return self._with(Outcome.INELIGIBLE)

    def _with(self, outcome: Outcome) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.outcome is outcome)

    @property
    def derived(self) -> Mapping[str, Possible]:
        """What is possible of each derived fact."""
        return self._found.values

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The facts worth asking for, those with most money at stake first."""
        return ranked(self._found)

    @property
    def warnings(self) -> tuple[Warning_, ...]:
        """What is possible but doubtful in what was given."""
        return tuple(self._found.warnings)

    @property
    def assessed(self) -> Assessment:
        """The answer as data, without what would change it, which takes longest."""
        return self._found

    @cached_property
    def assessment(self) -> Assessment:
        """The whole answer as data, with what would change it."""
        found = prospects(self._found, self._origin.program_on)
        return replace(self._found, prospects=found)

    def to_dict(self, lang: str = "zh", *, indirect: bool = False) -> dict[str, Any]:
        """Return the JSON of `check`, as data (docs/command-line.md).

        Texts are in `lang`; policies that reach firms only indirectly are left
        out unless `indirect`.
        """
        from policy_match.reports.document.encoding import as_data  # noqa: PLC0415

        found: dict[str, Any] = as_data(self.document(lang, indirect=indirect))
        return found

    def document(self, lang: str = "zh", *, indirect: bool = False) -> Document:
        """Return the answer as a typed document: what JSON and records are made of.

        Texts are in `lang`; policies that reach firms only indirectly are left
        out unless `indirect`. Raises UsageError for a language there is none of.
        """
        from policy_match import reports  # noqa: PLC0415
        from policy_match.reports.readings.summary import shown  # noqa: PLC0415

        one_of("lang", lang, LANGUAGES)
        return reports.as_document(
            shown(self.assessment, indirect=indirect, named=()), lang
        )

    def render(
        self,
        format: str = "text",  # noqa: A002  (as on the command line)
        lang: str = "zh",
        *,
        explain: Collection[str] = (),
        indirect: bool = False,
        policies: Collection[str] = (),
        record: bytes | None = None,
        **looks: Unpack[Looks],
    ) -> str:
        """Return the answer as text, JSON, Markdown, a page of HTML, or a `sheet`.

        `explain` names policies whose evidence is unfolded, or `all`; where
        `policies` are named, only they are told of. A sheet names the `record` of
        the answer, where there is one.
        """
        return render(
            [self],
            format,
            lang,
            explain=explain,
            indirect=indirect,
            policies=policies,
            record=record,
            **looks,
        )

    def plan(
        self,
        format: str = "text",  # noqa: A002  (as on the command line)
        lang: str = "zh",
        **looks: Unpack[Looks],
    ) -> str:
        """Return what to do, as text, JSON, Markdown, a page of HTML or a calendar."""
        return render_plan([self], format, lang, **looks)

    def policy(self, name: str) -> Policy | OutOfForce:
        """Return a policy by id, in force or not; raises UsageError."""
        return policy_of(self._found.program, name)

    def record(
        self,
        at: datetime | str,
        lang: str = "zh",
        sign: str | PathLike[str] | bytes | None = None,
        *,
        policies: Collection[str] = (),
    ) -> bytes:
        """Return the answer as a decision record, made `at` a moment.

        The record is of every policy; `policies` are those of which its sheet is
        asked, by id or title, so that `replay` prints the same sheet again.

        The moment, in ISO 8601, is the caller's to give, so that the same answer
        at the same moment is the same record. `sign` is the file of a private
        Ed25519 key, or its bytes, that signs it. See docs/decision-records.md and
        `replay`. Raises UsageError for what is no moment, language, policy or key.
        """
        from policy_match import records  # noqa: PLC0415

        one_of("lang", lang, LANGUAGES)
        local = self._origin.parameters
        made = records.Made(
            moment_of(at),
            engine_version(self.backend),
            self._origin.digests,
            None if local is None else local.decode(),
            lang,
            tuple(dict.fromkeys(self.policy(name).id for name in policies)),
        )
        record = records.sealed(records.content(self._found, made))
        return record if sign is None else records.signed(record, sign)

    def _repr_html_(self) -> str:
        """Return the page for a notebook, in a frame of its own."""
        page = html.escape(self.render("html"), quote=True)
        style = "width:100%;height:40rem;border:0"
        return f'<iframe srcdoc="{page}" style="{style}"></iframe>'

    def __repr__(self) -> str:
        """Return the day and how many policies have which outcome."""
        counts = ", ".join(f"{len(self._with(kind))} {kind}" for kind in Outcome)
        return f"<Answer {self.day}: {counts}>"


def render(  # noqa: PLR0913
    answers: Sequence[Answer],
    format: str = "text",  # noqa: A002  (as on the command line)
    lang: str = "zh",
    *,
    explain: Collection[str] = (),
    indirect: bool = False,
    policies: Collection[str] = (),
    record: bytes | None = None,
    **looks: Unpack[Looks],
) -> str:
    """Return the answers for one firm or several as one text.

    `explain` names policies whose evidence is unfolded, or `all`; where `policies`
    are named, by id or title, only they are told of. A sheet names the `record`
    that was made of the answer. Raises UsageError for a format, a language or a
    policy there is none of.
    """
    from policy_match import reports  # noqa: PLC0415

    one_of("format", format, reports.FORMATS)
    one_of("lang", lang, LANGUAGES)
    return reports.render(
        [answer.assessment for answer in answers],
        format,
        lang,
        explain=explain,
        indirect=indirect,
        policies=frozenset(answers[0].policy(name).id for name in policies),
        sealed=_sealed(record),
        **looks,
    )


def render_plan(
    answers: Sequence[Answer],
    format: str = "text",  # noqa: A002  (as on the command line)
    lang: str = "zh",
    *,
    indirect: bool = False,
    policies: Collection[str] = (),
    **looks: Unpack[Looks],
) -> str:
    """Return the plans of one firm or several as one text: what to do, by when.

    In one of PLAN_FORMATS; `ics` is a calendar. Where `policies` are named, by id
    or title, only they are told of. Raises UsageError for a format, a language or a
    policy there is none of, and where a calendar cannot be written.
    """
    from policy_match import reports  # noqa: PLC0415

    one_of("format", format, PLAN_FORMATS)
    one_of("lang", lang, LANGUAGES)
    return reports.render_plan(
        [answer.assessment for answer in answers],
        format,
        lang,
        indirect=indirect,
        policies=frozenset(answers[0].policy(name).id for name in policies),
        **looks,
    )


def _sealed(record: bytes | None) -> Sealed | None:
    """Return what a sheet names of a record."""
    if record is None:
        return None
    from policy_match.reports.sheet.view import Sealed  # noqa: PLC0415

    content = json.loads(record)
    return Sealed(content["recorded_at"], content["seal"])
