"""Whatever breaks between browser and server: help at once, nothing lost, nothing doubled."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.conversation.turn import Answer, Reply
from tests.browser.person import Person
from tests.running import Running, free_port


class Process:
    """The whole bot as its operator runs it, killed and started again."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **os.environ,
            "TIDELINE_HOME": str(home),
            "TIDELINE_PORT": str(self.port),
        }
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "bot.cli", "serve"]
        self._process = subprocess.Popen(
            command, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(600):
            assert self._process.poll() is None, "the server ended"
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    started = Process(tmp_path / "home")
    yield started
    started.kill()


def test_the_server_is_killed_in_the_middle_and_comes_back(process: Process, page: Page) -> None:
    page.goto(process.url)
    person = Person(page).begin()
    person.press("An urge right now")
    process.kill()
    person.field.fill("7")
    person.field.press("Enter")
    away = person.panel.get_by_role("region", name="Help from people, now")
    expect(away).to_contain_text("116 123")
    expect(person.panel).to_contain_text("Not sent yet")
    before = person.said.count()
    process.start()
    person.button("Try again now").click()
    person.said.nth(before).wait_for(timeout=20_000)
    expect(away).to_have_count(0)
    assert person.mine().count("7") == 1
    assert "fall" in "\n".join(person.said.all_inner_texts()[before:])  # the urge walk went on
    page.reload()
    person.button("Talk it through").click()
    expect(person.panel.get_by_role("log")).to_contain_text("fall")


def test_offline_shows_people_and_sends_later(person: Person, page: Page) -> None:
    person.begin()
    page.context.set_offline(True)
    person.field.fill("are you there")
    person.field.press("Enter")
    expect(person.panel.get_by_role("region", name="Help from people, now")).to_contain_text(
        "Call 999"
    )
    before = person.said.count()
    page.context.set_offline(False)
    person.said.nth(before).wait_for()
    assert person.mine().count("are you there") == 1
    expect(person.panel.locator(".away")).to_have_count(0)


def test_help_is_there_when_the_server_never_answered(page: Page, server: str) -> None:
    page.route("**/api/**", lambda route: route.abort())
    page.goto(server)
    person = Person(page).open()
    person.button("Help now").click()
    person.panel.get_by_role("combobox", name="Country").select_option("Germany")
    expect(person.panel.locator('a[href="tel:112"]').first).to_be_visible()
    person.button("Back").click()
    person.button("Okay, let's start").click()
    expect(person.panel.locator(".away")).to_contain_text("116 123")


def test_an_answer_that_was_cut_off_is_fetched_and_shown_once(person: Person, page: Page) -> None:
    person.begin()
    cut: list[int] = []

    def cut_first(route) -> None:
        if cut:
            route.continue_()
        else:
            cut.append(1)
            route.fetch()  # the server answers, and the browser never hears of it
            route.abort()

    page.route("**/api/messages", cut_first)
    before = person.said.count()
    person.field.fill("are you a bot")
    person.field.press("Enter")
    expect(person.panel.locator(".away")).to_have_count(0)
    page.wait_for_timeout(1500)
    said = person.said.all_inner_texts()[before:]
    assert said
    assert len(said) == len(set(said))
    assert person.mine().count("are you a bot") == 1


def test_two_tabs_are_two_talks(person: Person, page: Page, server: str) -> None:
    person.begin()
    other = Person(page.context.new_page())
    other.page.goto(server)
    other.begin()
    person.write("only here")
    other.write("only there")
    assert "only there" not in person.mine()
    assert "only here" not in other.mine()


def test_a_tab_that_was_duplicated_shows_the_same_talk(person: Person, page: Page) -> None:
    person.begin()
    with page.expect_popup() as popup:
        page.evaluate("window.open(location.href)")  # takes the tab's storage with it
    other = Person(popup.value)
    other.button("Talk it through").click()
    other.said.first.wait_for()
    person.write("seen in both")
    expect(other.panel.locator(".turn.me").last).to_contain_text("seen in both")
    assert other.mine().count("seen in both") == 1


def test_a_page_loaded_again_shows_the_talk_again(person: Person, page: Page) -> None:
    person.begin()
    person.press("An urge right now")
    said, mine = person.said.all_inner_texts(), person.mine()
    page.reload()
    person.button("Talk it through").click()
    expect(person.said).to_have_count(len(said))
    assert person.said.all_inner_texts() == said
    assert person.mine() == mine
    expect(person.panel.get_by_role("slider")).to_be_visible()


def test_a_talk_that_has_ended_goes_on_as_a_new_one(person: Person, page: Page) -> None:
    person.begin()
    page.evaluate("sessionStorage.setItem('tl-token', 'forged.9999999999.0000000000000000')")
    page.reload()
    person.button("Talk it through").click()
    expect(person.panel).to_contain_text("this is a new one")
    assert person.write("hello")


def test_a_tab_nobody_looks_at_lets_go_and_catches_up(
    person: Person, page: Page, running: Running
) -> None:
    page.clock.install()
    person.begin()
    token = page.evaluate("sessionStorage.getItem('tl-token')")
    address, talks = token.partition(".")[0], running.app.state.web.talks

    def look(hidden: bool) -> None:
        page.evaluate(
            "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
            " document.dispatchEvent(new Event('visibilitychange')); }",
            hidden,
        )

    look(True)
    page.clock.run_for(31_000)
    for _ in range(100):
        if not talks.followers(address):
            break
        time.sleep(0.05)
    assert talks.followers(address) == 0
    loop = running._server.servers[0].get_loop()
    pushed = running.app.state.web.push(address, Answer((Reply("while you were away"),)))
    asyncio.run_coroutine_threadsafe(pushed, loop).result(5)
    look(False)
    expect(person.said.last).to_have_text("while you were away")
