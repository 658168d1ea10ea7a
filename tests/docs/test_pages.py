"""Pages of the documentation: links lead somewhere, layers are those checked."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.docs.markdown import PAGES, ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_somewhere(page: Path) -> None:
    """To a file of the project, and to a heading that is there."""
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        other = (page.parent / name) if name else page
        assert other.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", other.read_text("utf-8"), re.MULTILINE)
            known = {
                re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings
            }
            assert anchor in known, target


def test_the_layers_shown_are_the_layers_checked() -> None:
    """Line by line those of the contract."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    shown = text.split("<!-- layers -->\n\n")[1].split("\n\n")[0].splitlines()
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    whole = [c for c in contracts if c.get("containers") == ["policy_match"]]
    (layers,) = [c["layers"] for c in whole if c["type"] == "layers"]
    assert [line.strip().split("  ")[0] for line in shown] == layers


def test_every_file_the_architecture_names_is_there() -> None:
    """In the package, or from the top of the project."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+(?:/|\.py))`", text))
    package = ROOT / "src" / "policy_match"
    lost = {n for n in named if not ((package / n).exists() or (ROOT / n).exists())}
    assert len(named) > 20
    assert lost == set()
