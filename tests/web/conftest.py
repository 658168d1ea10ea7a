"""One server for all tests of the web face, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from policy_match.web.app import create
from policy_match.web.settings import Settings
from tests.web import firms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WHERE = "http://localhost"


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """Return a client of a server of the shipped rulebook."""
    app = create(
        Settings(origins=("https://example.org",), frames=("https://town.example",))
    )
    with TestClient(app, base_url=WHERE) as found:
        yield found


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(4, id="a few"),
        pytest.param(firms.MANY, id="many", marks=pytest.mark.long),
    ],
)
def compared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> firms.Compared:
    """Return random firms and what the command line answers, the same for all faces."""
    place: Path = tmp_path_factory.mktemp("firms")
    return firms.compared(request.param, place)
