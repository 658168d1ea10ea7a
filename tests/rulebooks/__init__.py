"""Rulebooks of other towns, to show that the engine knows none."""

from __future__ import annotations

from pathlib import Path

HARBOUR = Path(__file__).parent / "harbour"
"""An invented port town: English only, EUR, its own codes."""
KIOSK = Path(__file__).parent / "kiosk"
"""The least that a rulebook needs, in two files."""
