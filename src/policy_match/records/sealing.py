"""Canonical JSON, and the seal that shows a changed byte.

Keys are sorted, nothing stands between tokens, texts are UTF-8 as they are, a
number that is not whole is a text, and one line feed ends it: a content has one
form, so that a record is refused as soon as a byte of it is not the one that was
written.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from policy_match.errors import Fault, Place, RecordError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA: Final = "policy-match/record/1"
SIGNATURE: Final = "signature"
"""The key of what a signer adds to a sealed record."""
_SEAL = "seal"


def canonical(content: object) -> bytes:
    r"""Return the one form of a content in JSON.

    >>> canonical({"b": 1, "a": ["é"]})
    b'{"a":["\xc3\xa9"],"b":1}\n'
    """
    text = json.dumps(
        content,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    return text.encode() + b"\n"


def seal(content: Mapping[str, Any]) -> str:
    """Return `sha256:` and the digest of all of a content but seal and signature."""
    outside = {_SEAL, SIGNATURE}
    rest = {key: value for key, value in content.items() if key not in outside}
    return "sha256:" + hashlib.sha256(canonical(rest)).hexdigest()


def _seal_of(content: Mapping[str, Any]) -> str | None:
    """Return the seal of what was read; None where it has no canonical form."""
    try:
        return seal(content)
    except ValueError:  # half a character, a number beyond all numbers
        return None


def sealed(content: Mapping[str, Any]) -> bytes:
    """Return a content as a record: canonical, under its seal."""
    return canonical({**content, _SEAL: seal(content)})


def unsealed(data: bytes, file: str) -> dict[str, Any]:
    """Return what a record holds.

    Raises RecordError where it is no record, is of another version, or is not
    byte for byte what was written.
    """
    try:
        content = json.loads(data)
        version, kept = content["schema"], content[_SEAL]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise refused(file, "F701", "not-a-record", "record-first") from None
    if version != SCHEMA:
        raise refused(
            file, "F702", "record-version", "record-release", version=str(version)
        )
    if kept != _seal_of(content) or canonical(content) != data:
        raise refused(file, "F703", "record-changed", "record-copy")
    found: dict[str, Any] = content
    return found


def refused(
    file: str,
    code: str,
    message: str,
    hint: str,
    **fields: Any,  # noqa: ANN401  (texts of a message)
) -> RecordError:
    """Return the error of a record that cannot be used."""
    fault = Fault(Place(file), code, said(message, **fields), said(hint, **fields))
    return RecordError([fault])
