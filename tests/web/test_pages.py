"""The pages of a server: whole in each language, strict, with their JSON beside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from policy_match.web.pages import STATIC
from tests.chinese import chinese
from tests.web import browser
from tests.web.test_api import problem
from tests.web.test_serve import serving

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PAGES = ("/", "/firm", "/check")
ASKED = (
    "!document.querySelector('#ask').hidden && !document.querySelector('#all').disabled"
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_is_in_its_language_and_has_nothing_inline(
    client: TestClient, path: str, lang: str
) -> None:
    found = client.get(path, headers={"Accept-Language": lang})
    assert found.status_code == 200
    assert found.text == client.get(path, params={"lang": lang}).text
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}' in found.text
    heading = re.search("<h1[^>]*>(.+?)</h1>", found.text)
    assert heading is not None
    assert (chinese(heading[1]) is True) is (lang == "zh")
    assert "unsafe" not in found.headers["content-security-policy"]
    assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=| style=", found.text)
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', found.text):
        assert client.get(address).status_code == 200


def test_a_first_page_is_light(client: TestClient) -> None:
    """Less than 100 kB, scripts and styles included."""
    names = ("style.css", *STATIC)
    parts = [client.get(f"/static/{name}") for name in names]
    size = sum(len(part.content) for part in (*parts, client.get("/firm")))
    assert size < 100_000


@pytest.mark.parametrize("page", ["index", "firm", "check"])
def test_a_page_has_its_json_beside_it(client: TestClient, page: str) -> None:
    found = client.get(f"/{page}.json").json()
    assert found["rulebook"]["digest"] == client.get("/health").json()["digest"]


def test_a_page_of_the_handbook_has_its_json_beside_it(client: TestClient) -> None:
    """That of the API, in the language of the page."""
    for page, call in {
        "policies/small-low-profit-cit": "policies/small-low-profit-cit",
        "sections": "policies",
        "figures": "parameters",
        "facts": "facts",
    }.items():
        beside = client.get(f"/handbook/en/{page}.json").json()
        assert beside == client.get(f"/api/v1/{call}?lang=en").json()
    documents = client.get("/handbook/zh/documents.json").json()
    assert {one["source"] for one in documents} >= {"caishui-2015-119"}
    for nothing in ("fr/plan", "zh/policies/no-such", "zh/nothing", "plan"):
        assert problem(client.get(f"/handbook/{nothing}.json"), 404)


@pytest.mark.parametrize(
    "path", ["/static/app.py", "/static/sw.js.map", "/desk", "/x.json", "/firm/"]
)
def test_what_is_no_page(client: TestClient, path: str) -> None:
    assert problem(client.get(path), 404)[0]["code"] == "H804"


@pytest.mark.long
def test_the_handbook_is_served_under_a_strict_policy(client: TestClient) -> None:
    """Its own styles and scripts count, by their digests; no others would."""
    found = client.get("/handbook", follow_redirects=True)
    assert found.status_code == 200
    policy = found.headers["content-security-policy"]
    assert "sha256-" in policy
    assert "unsafe" not in policy
    pages = client.get("/handbook.json").json()["pages"]
    assert client.get(f"/handbook/{pages[0]}").status_code == 200
    for page in pages:
        if "/" in page:
            beside = client.get(f"/handbook/{page.removesuffix('html')}json")
            assert beside.status_code == 200, page
            assert beside.headers["content-language"] == page[:2]


@pytest.mark.browser
@pytest.mark.skipif(browser.CHROMIUM is None, reason="no browser: apt install chromium")
@pytest.mark.skipif(
    not browser.NPM.is_dir(), reason="no axe-core: `python3 tasks.py npm` fetches it"
)
@pytest.mark.parametrize("view", [browser.PHONE, browser.DESK], ids=["phone", "desk"])
def test_the_pages_in_a_browser(view: dict[str, int]) -> None:
    """A question answered, a fault told where it is, an answer; all of it sound."""
    scheme = "dark" if view is browser.DESK else "light"
    with (
        serving() as server,
        browser.opened(viewport=view, color_scheme=scheme) as page,
    ):
        for path in PAGES:
            page.goto(server.url + path)
            browser.sound(page)
        page.goto(f"{server.url}/firm")
        page.fill("#on", "2022-12-31")
        page.click("#begin")
        browser.until(page, ASKED)
        browser.sound(page)
        browser.answer(page)
        browser.until(
            page, f"{ASKED} && document.querySelectorAll('#answered li').length > 0"
        )
        page.click("#now")
        browser.until(page, "!document.querySelector('#result').hidden")
        browser.sound(page)
    with (
        serving() as server,
        browser.opened(("422",), viewport=view) as page,
    ):
        page.goto(f"{server.url}/check")
        page.fill("#on", "2022-12-31")
        page.evaluate(
            "document.querySelectorAll('details').forEach((d) => d.open = true)"
        )
        page.fill("#f-employees", "many")
        page.click("#form button")
        browser.until(page, "document.querySelector('#e-employees').textContent !== ''")
        page.fill("#f-employees", "20..50")
        page.click("#form button")
        browser.until(page, "!document.querySelector('#result').hidden")
        browser.sound(page)
