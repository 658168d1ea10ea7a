"""What `lint` finds, as a document, and as SARIF 2.1.0 for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import quote

from policy_match.errors import Severity
from policy_match.language.messages import in_language
from policy_match.reports.document.values import Part
from policy_match.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.errors import Fault

SCHEMA: Final = "policy-match/lint/1"
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


class Finding(Part):
    """One fault or finding; `error` stops a rulebook, `warning` and `note` do not."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    hint: str
    fingerprint: str
    """By which a baseline knows it, wherever in its file it moves."""


class Lint(Part):
    """All that is found in a rulebook, in file order."""

    schema: Literal["policy-match/lint/1"]
    rulebook: str | None
    """Its id; null where it cannot be read."""
    findings: tuple[Finding, ...]


def document(
    faults: Sequence[Fault], prints: Sequence[str], rulebook: str | None, lang: str
) -> Lint:
    """Return findings as a document, their texts in one language."""
    return Lint(
        schema=SCHEMA,
        rulebook=rulebook,
        findings=tuple(
            Finding(
                code=fault.code,
                severity=fault.severity,
                file=fault.place.file,
                line=fault.place.line,
                column=fault.place.column,
                message=fault.message.to(lang),
                hint=in_language(fault.hint, lang),
                fingerprint=one,
            )
            for fault, one in zip(faults, prints, strict=True)
        ),
    )


def sarif(found: Lint) -> dict[str, Any]:
    """Return findings as a SARIF log of one run."""
    rules = sorted({finding.code for finding in found.findings})
    driver = {
        "name": "policy-match",
        "version": __version__,
        "rules": [{"id": code} for code in rules],
    }
    results = [_result(finding, rules) for finding in found.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"}
    return {
        "$schema": _SARIF,
        "version": "2.1.0",
        "runs": [{**run, "results": results}],
    }


def _result(finding: Finding, rules: list[str]) -> dict[str, Any]:
    region = {"startLine": finding.line, "startColumn": finding.column}
    physical = {"artifactLocation": {"uri": _uri(finding.file)}, "region": region}
    text = finding.message + (f"; {finding.hint}" if finding.hint else "")
    return {
        "ruleId": finding.code,
        "ruleIndex": rules.index(finding.code),
        "level": finding.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": physical}],
        "partialFingerprints": {"policyMatch/v1": finding.fingerprint},
    }


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
