"""One server for all tests of the web face, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from policy_match.web.app import create
from policy_match.web.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

WHERE = "http://localhost"


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """Return a client of a server of the shipped rulebook."""
    app = create(
        Settings(origins=("https://example.org",), frames=("https://town.example",))
    )
    with TestClient(app, base_url=WHERE) as found:
        yield found
