"""The page in a real browser."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.channels.test_web import server  # noqa: F401  (the running server)

pytestmark = pytest.mark.browser
CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)


@pytest.fixture(scope="module")
def browser() -> Iterator:
    if CHROMIUM is None:
        if os.environ.get("TIDELINE_NO_SKIPS"):
            pytest.fail("no Chromium, and CI allows no skip")
        pytest.skip("no Chromium on the path: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser, server) -> Iterator[Page]:  # noqa: F811
    opened = browser.new_page()
    opened.goto(server)
    opened.wait_for_selector("#log .bot")
    yield opened
    opened.close()


def write(page: Page, text: str) -> str:
    before = page.locator("#log .bot").count()
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")
    page.locator("#log .bot").nth(before).wait_for()
    return page.locator("#log").inner_text()


def test_the_page_greets_and_walks_an_urge(page: Page) -> None:
    assert "bot" in page.locator("#log").inner_text()
    write(page, "i want to hurt myself so bad right now")
    page.get_by_role("button", name="8", exact=True).click()
    page.locator("#log .me").nth(1).wait_for()
    page.get_by_role("button", name="Rather not say").or_(
        page.get_by_role("button", name="Ride it out")
    ).first.wait_for()


def test_a_crisis_is_answered_with_numbers(page: Page) -> None:
    assert "999" in write(page, "i want to kill myself")


def test_what_is_written_is_never_read_as_html(page: Page) -> None:
    write(page, "<img src=x onerror=\"document.title='owned'\"><b>hi</b>")
    assert page.title() == "Chat"
    assert page.locator("#log b").count() == 0


def test_the_exit_blanks_the_page_and_leaves(page: Page) -> None:
    page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="elsewhere"))
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("https://www.wikipedia.org/")
    page.go_back()
    assert "Tideline" not in page.content()


def test_help_is_there_when_the_server_is_not(page: Page) -> None:
    page.route("**/api/**", lambda route: route.abort())
    assert "116 123" in write(page, "hello")


def test_progress_is_shown_as_a_picture_and_in_words(page: Page) -> None:
    write(page, "tried drawing, was like an 8 now maybe 5")
    assert "drawing" in write(page, "/progress").lower()
    drawn = page.locator("#log img")
    drawn.wait_for()
    assert drawn.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100


def test_the_page_is_accessible(page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    write(page, "i want to hurt myself so bad right now")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
