"""The self-assessment within a page of another site, by one line of script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_match.web.settings import Settings
from tests.bad.run import run
from tests.web import browser
from tests.web.test_serve import serving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from starlette.testclient import TestClient

HIGH = "document.querySelector('iframe').offsetHeight"


def test_only_the_sites_that_are_named_may_show_the_interview(
    client: TestClient,
) -> None:
    """And no other page, whoever asks."""
    settings = client.app.app.state.face.settings  # type: ignore[attr-defined]
    assert settings.frames == ("https://town.example",)
    shown = client.get("/firm").headers
    policy = shown["content-security-policy"]
    assert "frame-ancestors https://town.example" in policy
    assert "x-frame-options" not in shown
    for path in ("/", "/check", "/api/v1/facts", "/nothing"):
        alone = client.get(path).headers
        assert "frame-ancestors 'none'" in alone["content-security-policy"]
        assert alone["x-frame-options"] == "DENY"
    assert '"../firm?lang={lang}"' in client.get("/static/embed.js").text


@pytest.mark.parametrize(
    "origin",
    ["https://a.example; script-src *", "*", "example.org", "https://a.example/path"],
)
@pytest.mark.parametrize("option", ["--embed", "--cors"])
def test_what_is_no_origin_is_refused(option: str, origin: str) -> None:
    ran = run("serve", "--port", "0", option, origin)
    assert ran.code == 2
    assert "is no origin" in ran.err


def test_settings_reach_the_processes_whole() -> None:
    settings = Settings(frames=("https://a.example",), origins=("https://b.example",))
    assert Settings.read(settings.written()) == settings


def embedded(page: Page, where: str, address: str, place: Path, lang: str) -> None:
    """Open a page of another site that has the one line."""
    (place / "index.html").write_text(
        f'<!doctype html><html lang="{lang}"><title>Town</title>'
        '<link rel="icon" href="data:,"><h1>Town</h1>'
        f'<script src="{address}static/embed.js"></script></html>',
        "utf-8",
    )
    page.goto(where)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.browser
@pytest.mark.skipif(browser.CHROMIUM is None, reason="no browser: apt install chromium")
def test_a_page_of_another_site_shows_it_by_one_line(tmp_path: Path, lang: str) -> None:
    """The frame is as high as what is in it; no other page may say how high."""
    with (
        browser.hosted(tmp_path) as (_, where),
        serving("--embed", where.rstrip("/")) as server,
        browser.opened(viewport=browser.PHONE) as page,
    ):
        embedded(page, where, f"{server.url}/", tmp_path, lang)
        frame = page.frame_locator("iframe")
        frame.locator("#begin").click()
        frame.locator("#ask").wait_for()
        assert frame.locator("html").get_attribute("lang").startswith(lang)  # type: ignore[union-attr]
        inside = page.frames[1]
        browser.until(page, f"Math.abs({HIGH} - {inside.evaluate('innerHeight')}) < 2")
        assert inside.evaluate("document.documentElement.offsetHeight") <= (
            page.evaluate(HIGH) + 1
        )
        before = page.evaluate(HIGH)
        inside.evaluate("document.querySelector('details.panel').open = true")
        browser.until(page, f"{HIGH} !== {before}")
        now = page.evaluate(HIGH)
        page.evaluate("postMessage({policyMatchHeight: 4000}, '*')")
        page.evaluate("new Promise((done) => setTimeout(done, 50))")
        assert page.evaluate(HIGH) == now
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert inside.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser
@pytest.mark.skipif(browser.CHROMIUM is None, reason="no browser: apt install chromium")
def test_a_site_that_is_not_named_is_shown_nothing(tmp_path: Path) -> None:
    with (
        browser.hosted(tmp_path) as (_, where),
        serving("--embed", "https://town.example") as server,
        browser.opened(said=None) as page,
    ):
        embedded(page, where, f"{server.url}/", tmp_path, "en")
        browser.until(page, "document.querySelector('iframe') !== null")
        page.wait_for_timeout(500)
        assert page.frames[1].locator("#begin").count() == 0
