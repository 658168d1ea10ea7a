"""How a benefit is claimed, as a part of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.reports.document import models as m
from policy_match.reports.words import claims

if TYPE_CHECKING:
    from policy_match.domain.claims import Claim
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.claiming import Known


def claim_part(claim: Claim, words: Vocabulary, known: Known) -> m.Claim:
    """Return how to claim, in the words of the answer, with the days that are known."""
    days = claims.days_of(claim, words, known)
    submit = claims.to_submit(claim, words)
    return m.Claim(
        automatic=claim.automatic,
        channel=words.text(claim.channel) or None,
        deadline=words.label("semicolon").join(days) or None,
        documents=submit,
        keep=claims.to_keep(claim, words),
        papers=submit,
        how=claim.how,
        bring=claims.titles(claim.bring, words),
        issued_by=claims.issuers(claim, words) or None,
        where=claims.places(claim, words),
        ask=claims.asked(claim, words),
        claw_back=words.text(claim.claw_back),
        note=words.text(claim.note),
    )
