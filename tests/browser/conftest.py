"""A real Chromium, our real server, and another website that embeds the widget."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bot.channels.web import Limits
from bot.server import build
from tests.browser.person import Person
from tests.running import Running, Website

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
ELSEWHERE = "https://www.wikipedia.org/"
ROOMY = Limits(sessions_per_minute=10_000, address_messages_per_minute=10_000, session_messages_per_minute=10_000, codes_per_minute=1000)  # fmt: skip


def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("TIDELINE_NO_SKIPS"):
            pytest.fail("no Chromium, and CI allows no skip")
        pytest.skip("no Chromium on the path: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="package")
def website() -> Iterator[Website]:
    made = Website()
    yield made
    made.stop()


@pytest.fixture(scope="package")
def running(conversation, in_force, website) -> Iterator[Running]:
    allowed = in_force.copy(
        update={"allowed_origins": website.origin, "service_name": "Harbour Lane"}
    )
    made = Running(build(conversation, allowed, ROOMY))
    yield made
    made.stop()


@pytest.fixture
def server(running: Running) -> str:
    return running.url


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(10_000)
    made.route(
        f"{ELSEWHERE}**", lambda route: route.fulfill(body="elsewhere", content_type="text/html")
    )
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def person(page: Page, server: str) -> Person:
    """Somebody on our own page, before they opened the chat."""
    page.goto(server)
    return Person(page)
