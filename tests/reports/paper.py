"""Pages as a browser prints them on A4, and what is read on the paper."""

from __future__ import annotations

import io
import shutil
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FIRMS = {
    "general-taxpayer-plant": "2023-03-15",
    "half-known": "2023-03-15",
    "high-tech-choice": "2023-03-15",
    "individual-business": "2024-01-05",
    "just-over-the-line": "2023-03-15",
    "market-trader": "2023-10-09",
    "nothing-known": "2023-03-15",
    "tech-startup": "2023-03-15",
    "toy-maker": "2023-03-15",
}
"""Every example firm, and the day on which it asks."""
_RADICALS = str.maketrans(
    "戶⺠⻅⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻥⻦⻩⻬", "户民见贝车长门青页风飞食马骨鱼鸟黄齐"
)
"""Radicals that no normal form takes to the sign."""


def read(text: str) -> str:
    """Return a text as it is compared: without blanks, each sign in one form.

    A font may print a sign by the radical that looks the same.
    """
    told = unicodedata.normalize("NFKC", text).translate(_RADICALS)
    return "".join(told.split())


@contextmanager
def printer() -> Iterator[Callable[[str], list[str]]]:
    """Yield what prints a page and returns the text of each sheet of paper."""
    if CHROMIUM is None:
        pytest.skip("no browser that prints: apt install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415
    from pypdf import PdfReader  # noqa: PLC0415

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()

        def printed(html: str) -> list[str]:
            page.set_content(html)
            paper = page.pdf(prefer_css_page_size=True)
            sheets = PdfReader(io.BytesIO(paper)).pages
            return [read(sheet.extract_text()) for sheet in sheets]

        yield printed
        browser.close()
