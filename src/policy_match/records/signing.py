"""A record signed by a key of the caller's: Ed25519, by `cryptography`.

What is signed is the record as it stands without `signature`, byte for byte, its
seal included. So a record may be signed and is the same record, and whoever has
the public key can tell who vouches for it without trusting where it was kept.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from policy_match.errors import BackendUnavailableError, UsageError, reason
from policy_match.language.messages import said
from policy_match.records.sealing import SIGNATURE, canonical, refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

    Key = str | PathLike[str] | bytes
    """The file of a key, or its bytes: PEM, or as OpenSSH writes one."""

ALGORITHM: Final = "Ed25519"
_LONGEST_KEY = 1 << 16
_SHOWN = len("sha256:") + 12


def signed(record: bytes, key: Key) -> bytes:
    """Return a sealed record with the signature of a private key.

    Raises UsageError where the key cannot be used, BackendUnavailableError without
    `cryptography`.
    """
    private = _private(key)
    value = b64encode(private.sign(record)).decode()
    of = fingerprint(private.public_key())
    signature = {"algorithm": ALGORITHM, "key": of, "value": value}
    return canonical({**json.loads(record), SIGNATURE: signature})


def verify(content: Mapping[str, Any], key: Key, file: str) -> None:
    """Raise RecordError where a record is not signed by the owner of a public key.

    Raises UsageError where the key cannot be used, BackendUnavailableError without
    `cryptography`.
    """
    found = content.get(SIGNATURE)
    if found is None:
        raise refused(file, "F705", "record-unsigned", "record-sign")
    public = _public(key)
    if found["key"] != fingerprint(public):
        keys = {"key": found["key"][:_SHOWN], "wanted": fingerprint(public)[:_SHOWN]}
        raise refused(file, "F706", "signed-by-another", "take-that-key", **keys)
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415

    rest = {name: part for name, part in content.items() if name != SIGNATURE}
    try:
        public.verify(b64decode(found["value"], validate=True), canonical(rest))
    except InvalidSignature:
        raise refused(file, "F706", "signature-broken", "record-copy") from None


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return `sha256:` and the digest of a public key, by which a record names it."""
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        Encoding,
        PublicFormat,
    )

    raw = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def _private(key: Key) -> Ed25519PrivateKey:
    data, name = _read(key)
    formats, kinds = _formats()
    loads = (formats.load_pem_private_key, formats.load_ssh_private_key)
    for load in loads:
        try:
            found = load(data, password=None)
        except TypeError:  # it wants a passphrase
            locked = said("key-locked", file=name)
            raise UsageError(locked, said("unlock-key")) from None
        except _unreadable():
            continue
        if isinstance(found, kinds.Ed25519PrivateKey):
            return cast("Ed25519PrivateKey", found)
    raise UsageError(said("no-private-key", file=name), said("make-a-key"))


def _public(key: Key) -> Ed25519PublicKey:
    data, name = _read(key)
    formats, kinds = _formats()
    for load in (formats.load_pem_public_key, formats.load_ssh_public_key):
        with suppress(*_unreadable()):
            found = load(data)
            if isinstance(found, kinds.Ed25519PublicKey):
                return cast("Ed25519PublicKey", found)
    raise UsageError(said("no-public-key", file=name), said("make-public-key"))


def _formats() -> tuple[Any, Any]:
    """Return the modules of `cryptography` for files of keys, and for their kind."""
    try:
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric import (  # noqa: PLC0415
            ed25519,
        )
    except ImportError as error:
        raise BackendUnavailableError("cryptography", said("install-sign")) from error
    return serialization, ed25519


def _unreadable() -> tuple[type[Exception], ...]:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415

    return ValueError, UnsupportedAlgorithm


def _read(key: Key) -> tuple[bytes, str]:
    if isinstance(key, bytes):
        return key, "<key>"
    try:
        with Path(key).open("rb") as file:
            return file.read(_LONGEST_KEY), str(key)
    except OSError as error:
        message = said("key-unread", file=str(key), reason=reason(error))
        raise UsageError(message) from None
