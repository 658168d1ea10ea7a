"""A real browser, and a static host that can be taken away."""

from __future__ import annotations

import os
import shutil
import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pytest

from tests.docs.markdown import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

NPM = Path(os.environ.get("POLICY_MATCH_NPM", ROOT / ".venv-npm")) / "node_modules"
"""Where `tasks.py` puts what comes from npm: the runtime, and axe-core."""
EDITOR = (NPM / "@codemirror").is_dir() and any(NPM.parent.glob("wheels/*.whl"))
NO_EDITOR = "no editor for the playground: `python3 tasks.py npm` fetches it"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

needed = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no browser: apt install chromium"),
    pytest.mark.skipif(
        not (NPM / "pyodide").is_dir(),
        reason="no runtime: `python3 tasks.py npm` fetches it",
    ),
]
"""Marks of what is tried in a browser, which says why it cannot be."""


class _Host(SimpleHTTPRequestHandler):
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".wasm": "application/wasm",
        ".mjs": "text/javascript",
    }

    def log_request(self, *_: object) -> None:
        pass

    def copyfile(self, source: BinaryIO, target: BinaryIO) -> None:  # type: ignore[override]
        with suppress(ConnectionError):  # a tab that was left
            super().copyfile(source, target)


@contextmanager
def hosted(directory: Path) -> Iterator[tuple[ThreadingHTTPServer, str]]:
    """Serve a directory below a path of its own; yield the server and the address."""
    handler = partial(_Host, directory=str(directory))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server, f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def opened(said: tuple[str, ...] | None = (), **options: Any) -> Iterator[Page]:
    """Open a page of a new browser; its console says what is in `said`, in order.

    None where it may say anything.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(**options).new_page()
        heard: list[str] = []
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        yield page
        browser.close()
    if said is None:
        return
    assert len(heard) == len(said), heard
    assert all(one in text for one, text in zip(said, heard, strict=True)), heard


def until(page: Page, condition: str, seconds: int = 300) -> None:
    """Wait for a condition; `wait_for_function` would need a weaker policy."""
    limit = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < limit, f"waited in vain: {condition}"
        time.sleep(0.05)


def answer(page: Page) -> None:
    """Answer what the screen asks, whichever kind it is: a choice, or 1 of each."""
    choice = page.query_selector("#choices button")
    if choice is not None:
        choice.click()
        return
    for field in page.query_selector_all("#fields select"):
        field.select_option(index=1)
    for field in page.query_selector_all("#fields input[inputmode=decimal]"):
        field.fill("1")
    page.click("#next")


def sound(page: Page) -> None:
    """Nothing scrolls sideways, and axe-core has no serious finding."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.evaluate("innerWidth")
    page.evaluate((NPM / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate(
        "axe.run().then((r) => r.violations.map((v) => "
        "[v.impact, v.id, v.nodes.map((n) => n.html).slice(0, 2)]))"
    )
    assert [one for one in found if one[0] in {"serious", "critical"}] == []
