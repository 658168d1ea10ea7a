"""Records signed by a key: who vouches is told, whatever was done to the file."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

import policy_match as pm
from policy_match.records import canonical, sealed
from tests.bad.run import Ran, run
from tests.unit.report_rulebook import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    Content = dict[str, object]

AT = "2026-01-31T09:30:00+08:00"
DAY = "2022-12-31"
SCHEMA = Path(__file__).resolve().parents[2] / "schemas/record.schema.json"
INPUT, USAGE = 3, 2


class Keys(NamedTuple):
    """Files of keys: the signer's, and those that will not do."""

    key: Path
    pub: Path
    ssh: Path
    ssh_pub: Path
    other_pub: Path
    locked: Path
    curve: Path


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Write them, the signer's from the same 32 bytes every time."""
    place = tmp_path_factory.mktemp("keys")
    own = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    other = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
    pem, pkcs8, open_ = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    spki = PublicFormat.SubjectPublicKeyInfo
    found = Keys(*(place / name for name in Keys._fields))
    for path, data in (
        (found.key, own.private_bytes(pem, pkcs8, open_)),
        (found.pub, own.public_key().public_bytes(pem, spki)),
        (found.ssh, own.private_bytes(pem, PrivateFormat.OpenSSH, open_)),
        (
            found.ssh_pub,
            own.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH),
        ),
        (found.other_pub, other.public_key().public_bytes(pem, spki)),
        (found.locked, own.private_bytes(pem, pkcs8, BestAvailableEncryption(b"x"))),
        (
            found.curve,
            ec.generate_private_key(ec.SECP256R1()).private_bytes(pem, pkcs8, open_),
        ),
    ):
        path.write_bytes(data)
    return found


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return the directory of a small rulebook."""
    place = tmp_path / "town"
    place.mkdir()
    (place / "town.yaml").write_text(RULES, encoding="utf-8")
    return place


@pytest.fixture
def signed(town: Path, keys: Keys, tmp_path: Path) -> Path:
    """Return a signed record, made by the command."""
    firm = tmp_path / "firm.yaml"
    firm.write_text("facts: {staff: 20}\n", encoding="utf-8")
    made = tmp_path / "record.json"
    ran = run(
        "check", firm, "--rules", town, "--on", DAY, "--record", made,
        "--recorded-at", AT, "--sign", keys.key,
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    return made


def replayed(record: Path, town: Path, *options: str | Path, lang: str = "en") -> Ran:
    """Replay a record by the town's rules."""
    return run("replay", record, "--rules", town, *options, lang=lang)


def test_a_signed_record_is_told_as_its_signers(
    signed: Path, town: Path, keys: Keys
) -> None:
    """By a key as OpenSSL or OpenSSH writes it; unchecked, that is said."""
    content = json.loads(signed.read_bytes())
    key = content["signature"]["key"]
    for pub in (keys.pub, keys.ssh_pub):
        ran = replayed(signed, town, "--verify", pub)
        assert ran.code == 0
        assert ran.out.splitlines()[1:] == [f"signed by the key {key[:19]}"]
    assert "was not checked" in replayed(signed, town).out
    told = json.loads(
        replayed(signed, town, "--verify", keys.pub, "--format", "json").out
    )
    assert told["signature"] == {"key": key, "verified": True}
    unchecked = json.loads(replayed(signed, town, "--format", "json").out)
    assert unchecked["signature"] == {"key": key, "verified": False}
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(
        content
    )


def test_the_signature_is_of_the_record_without_it(town: Path, keys: Keys) -> None:
    """So that any tool can check it; the same record by the same key is the same."""
    found = pm.load(town).on(DAY).assess({"staff": 20})
    plain = found.record(AT, "en")
    made = [found.record(AT, "en", sign=key) for key in (keys.key, keys.ssh)]
    made.append(found.record(AT, "en", sign=keys.key.read_bytes()))
    assert len(set(made)) == 1
    content = json.loads(made[0])
    signature = content.pop("signature")
    assert canonical(content) == plain
    own = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    own.public_key().verify(b64decode(signature["value"]), plain)
    assert pm.replay(made[0], town, verify=keys.pub).verified


def resealed(content: Content, **other: object) -> bytes:
    """Return a changed record under a seal that fits, its signature kept."""
    kept = content.pop("signature")
    whole = json.loads(sealed({**content, **other}))
    return canonical({**whole, "signature": kept})


FORGED: dict[str, tuple[Callable[[bytes], bytes], str, str, str]] = {
    "no signature": (
        lambda r: canonical(
            {k: v for k, v in json.loads(r).items() if k != "signature"}
        ),
        "F705", "is not signed", "没有签名"),
    "altered and sealed anew": (
        lambda r: resealed(json.loads(r), recorded_at="2027-01-31T09:30:00+08:00"),
        "F706", "changed after it was signed", "签名后已被改动"),
    "altered": (
        lambda r: r.replace(b'"lang":"en"', b'"lang":"zh"'),
        "F703", "its seal is broken", "封印不符"),
    "the signature altered": (
        lambda r: canonical({**json.loads(r), "signature": {
            **json.loads(r)["signature"], "value": "A" * 86 + "=="}}),
        "F706", "its signature is broken", "签名不符"),
    "a signature of another kind": (
        lambda r: r.replace(b'"algorithm":"Ed25519"', b'"algorithm":"none"'),
        "F701", "no decision record", "不是决定记录"),
    "a signature that is null": (
        lambda r: canonical({**json.loads(r), "signature": None}),
        "F701", "no decision record", "不是决定记录"),
    "a signature with more in it": (
        lambda r: canonical({**json.loads(r), "signature": {
            **json.loads(r)["signature"], "by": "me"}}),
        "F701", "no decision record", "不是决定记录"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORGED)
def test_what_the_key_did_not_sign_is_refused(
    kind: str, signed: Path, town: Path, keys: Keys
) -> None:
    """In one line, with exit code 3, in both languages."""
    change, code, english, chinese = FORGED[kind]
    changed = change(signed.read_bytes())
    assert changed != signed.read_bytes()
    signed.write_bytes(changed)
    for lang, said in (("en", english), ("zh", chinese)):
        ran = replayed(signed, town, "--verify", keys.pub, lang=lang)
        assert (ran.code, ran.faults) == (INPUT, [(1, 1, code)])
        assert said in ran.told[0]
        assert ran.out == ""


def test_another_key_is_named(signed: Path, town: Path, keys: Keys) -> None:
    ran = replayed(signed, town, "--verify", keys.other_pub)
    own = json.loads(signed.read_bytes())["signature"]["key"]
    assert (ran.code, ran.faults) == (INPUT, [(1, 1, "F706")])
    assert "signed by another key" in ran.told[0]
    assert own[:19] in ran.told[0]


def test_an_unsigned_record_replays_as_before(town: Path) -> None:
    record = pm.load(town).on(DAY).assess({}).record(AT, "en")
    found = pm.replay(record, town)
    assert (found.difference, found.signed_by, found.verified) == (None, None, False)
    with pytest.raises(pm.RecordError, match="F705 the record is not signed"):
        pm.replay(record, town, verify=b"")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("locked", "locked by a passphrase"),
        ("curve", "no private Ed25519 key"),
        ("pub", "no private Ed25519 key"),
        ("absent", "no such file or directory"),
    ],
)
def test_what_cannot_sign_is_told_and_nothing_is_written(
    key: str, said: str, town: Path, keys: Keys, tmp_path: Path
) -> None:
    firm = tmp_path / "firm.yaml"
    firm.write_text("facts: {staff: 20}\n", encoding="utf-8")
    path = getattr(keys, key, tmp_path / "absent")
    ran = run(
        "check", firm, "--rules", town, "--on", DAY, "--sign", path,
        "--record", tmp_path / "record.json",
    )  # fmt: skip
    assert ran.code == USAGE
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "record.json").exists()


@pytest.mark.parametrize("key", ["key", "locked", "curve", "absent"])
def test_what_cannot_verify_is_told(
    key: str, signed: Path, town: Path, keys: Keys, tmp_path: Path
) -> None:
    path = getattr(keys, key, tmp_path / "absent")
    ran = replayed(signed, town, "--verify", path)
    assert ran.code == USAGE
    assert len(ran.err.splitlines()) == 1
    assert ran.out == ""


def test_a_key_without_a_record_is_refused(keys: Keys, tmp_path: Path) -> None:
    firm = tmp_path / "firm.yaml"
    firm.write_text("facts: {}\n", encoding="utf-8")
    ran = run("check", firm, "--sign", keys.key)
    assert ran.code == USAGE
    assert "`--sign` signs a record" in ran.err
