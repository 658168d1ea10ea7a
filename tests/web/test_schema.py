"""The description of the API, held against what the API does."""

from __future__ import annotations

import importlib
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx2 as httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.result import Ok

from policy_match.web.app import create
from policy_match.web.settings import Settings
from tests.web.test_api import ENGLISH
from tests.web.test_serve import serving

if TYPE_CHECKING:
    from pathlib import Path

    from schemathesis import APIOperation, Case

_CHECKS = [
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
"""That a request is refused which the description allows is no fault: no schema
tells whether a fact is known on a day, or two facts of a firm can both be."""
_CALLS = (
    "GET /api/v1/policies",
    "GET /api/v1/policies/{policy}",
    "GET /api/v1/facts",
    "GET /api/v1/parameters",
    "GET /api/v1/codes",
    "POST /api/v1/check",
    "POST /api/v1/questions",
    "POST /api/v1/plan",
    "POST /api/v1/records",
    "POST /api/v1/replay",
)

_PATIENCE = 600
"""Seconds for one request: nothing is measured here."""
FACTS = {"employees": 86, "legal_form": "company", "revenue": None}


@cache
def described() -> dict[str, APIOperation[Any, Any, Any, Any]]:
    """Return every call that the description has, of a server in this process."""
    app = create(Settings(hosts=("testserver",)))
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    found = (one.ok() for one in schema.get_all_operations() if isinstance(one, Ok))
    return {one.label: one for one in found}


def test_every_call_is_tried() -> None:
    assert described().keys() == set(_CALLS)


@pytest.mark.parametrize("call", _CALLS)
@pytest.mark.parametrize(
    ("allowed", "count"),
    [
        pytest.param(GenerationMode.POSITIVE, 3, id="allowed"),
        pytest.param(GenerationMode.NEGATIVE, 1, id="not allowed"),
        pytest.param(GenerationMode.POSITIVE, 60, id="many", marks=pytest.mark.load),
        pytest.param(
            GenerationMode.NEGATIVE, 40, id="many not allowed", marks=pytest.mark.load
        ),
    ],
)
def test_no_request_is_a_defect(call: str, allowed: GenerationMode, count: int) -> None:
    """Whatever is sent, what comes back is what the description promises.

    A thousand requests, of which four hundred are none by the description.
    """

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(described()[call].as_strategy(generation_mode=allowed))
    def answered(case: Case[Any]) -> None:
        case.validate_response(case.call(timeout=_PATIENCE), checks=_CHECKS)

    answered()


@pytest.mark.load
def test_a_client_that_is_generated_has_typed_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the description alone, as any program would, and against a real server."""
    with serving() as server:
        make = [sys.executable, "-m", "openapi_python_client", "generate"]
        how = ["--meta", "none", "--output-path", str(tmp_path / "made_client")]
        (tmp_path / "how.yaml").write_text("post_hooks: []\nliteral_enums: true\n")
        how += ["--config", str(tmp_path / "how.yaml"), "--fail-on-warning"]
        url = f"{server.url}/openapi.json"
        subprocess.run([*make, *how, "--url", url], check=True, timeout=300)  # noqa: S603
        monkeypatch.syspath_prepend(tmp_path)
        made = importlib.import_module("made_client")
        models = importlib.import_module("made_client.models")
        call = importlib.import_module("made_client.api.default.check").sync
        sent = {"on": "2022-12-31", "facts": FACTS}
        with made.Client(base_url=server.url, timeout=120) as client:
            answer = call(
                client=client,
                body=models.FirmSent.from_dict(sent),
                accept_language="en",
            )
            wrong = models.FirmSent.from_dict({"facts": {"employees": -3}})
            refused = call(client=client, body=wrong)
        assert isinstance(answer, models.Answer)
        assert all(isinstance(one, models.Finding) for one in answer.findings)
        assert answer.firm.name is None
        url = f"{server.url}/api/v1/check"
        plain = httpx.post(url, json=sent, headers=ENGLISH, timeout=120)
        assert answer.to_dict() == plain.json()
        assert isinstance(refused, models.ProblemModel)
        assert [one.pointer for one in refused.faults] == ["/facts/employees"]
