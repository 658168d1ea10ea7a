"""Decision records: an answer as it was given, to be defended and given again.

A record is canonical JSON under a seal: what was known of the firm, by which
rules, on which day, who did the inference, and the whole answer with its
evidence (docs/decision-records.md). It is made here, read, and set against an
answer of today; nothing is evaluated here.
"""

from policy_match.records.comparing import NOTHING, Difference, difference
from policy_match.records.known import known_facts, written_facts
from policy_match.records.reading import Record, read_record
from policy_match.records.record import Made, answer, content
from policy_match.records.sealing import canonical, sealed
from policy_match.records.signing import signed

__all__ = [
    "NOTHING",
    "Difference",
    "Made",
    "Record",
    "answer",
    "canonical",
    "content",
    "difference",
    "known_facts",
    "read_record",
    "sealed",
    "signed",
    "written_facts",
]
