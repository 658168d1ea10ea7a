"""JSON of documents: what pydantic would write by their models, written without it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import TypeAdapter

import policy_match as pm
from policy_match.reports.document.encoding import as_data
from tests.docs.markdown import ROOT


@pytest.mark.parametrize("firm", ["toy-maker", "half-known"])
@pytest.mark.parametrize("exact", [True, False])
def test_a_document_is_written_as_its_models_say(firm: str, exact: bool) -> None:
    """Field by field, in their order; with numbers as a record has them too."""
    path = ROOT / "examples" / "firms" / f"{firm}.yaml"
    (answer,) = pm.load().check([path], backend="reference")
    document: Any = answer.document("en")
    expected = TypeAdapter(type(document)).dump_python(
        document,
        mode="json",
        by_alias=True,
        exclude_defaults=True,
        context={"exact": True} if exact else None,
    )
    assert json.dumps(as_data(document, exact=exact)) == json.dumps(expected)
