"""Safety for somebody who may be watched."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ELSEWHERE
from tests.browser.person import Person

WATCH = """() => {
  window.__seen = [];
  const replace = document.documentElement.replaceChildren;
  document.documentElement.replaceChildren = function (...all) {
    replace.apply(this, all);
    navigator.sendBeacon('/blanked', String(document.documentElement.childNodes.length));
  };
}"""


def left(page: Page, server: str) -> None:
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    assert page.url != f"{server}/"
    assert "Tideline" not in page.content()


def test_the_button_leaves_and_back_does_not_return(
    person: Person, page: Page, server: str
) -> None:
    person.begin()
    person.write("something private")
    person.button("Leave now").click()
    left(page, server)


def test_the_button_is_there_before_the_chat_is_opened(
    person: Person, page: Page, server: str
) -> None:
    person.button("Leave now").click()
    left(page, server)


@pytest.mark.parametrize("key", ["Escape", "Shift"])
@pytest.mark.parametrize("opened", [True, False])
def test_three_presses_leave(
    person: Person, page: Page, server: str, key: str, opened: bool
) -> None:
    if opened:
        person.begin()
    for _ in range(3):
        page.keyboard.press(key)
    left(page, server)


def test_writing_capitals_does_not_leave(person: Person, page: Page, server: str) -> None:
    person.begin()
    person.field.focus()
    page.keyboard.type("I AM NOT LEAVING")
    for letter in "NO":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url == f"{server}/"
    assert person.field.input_value() == "I AM NOT LEAVINGNO"


def test_the_page_is_blank_before_the_next_one_has_come(person: Person, page: Page) -> None:
    person.begin()
    blanked: list[str] = []
    page.route("**/blanked", lambda route: (blanked.append(route.request.post_data), route.abort()))
    page.evaluate(WATCH)
    person.button("Leave now").click()
    page.wait_for_url(ELSEWHERE)
    assert blanked == ["0"]


def test_leaving_forgets_the_tab(person: Person, page: Page, server: str) -> None:
    person.begin()
    assert page.evaluate("sessionStorage.length") == 1
    person.button("Leave now").click()
    page.wait_for_url(ELSEWHERE)
    page.goto(server)
    assert page.evaluate("sessionStorage.length") == 0
    person.open()
    expect(person.button("Okay, let's start")).to_be_visible()


def test_nothing_is_kept_but_a_key_for_the_tab(person: Person, page: Page) -> None:
    person.begin()
    person.write("something private")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("caches.keys()") == []
    kept = page.evaluate("JSON.stringify(sessionStorage)")
    assert "private" not in kept


def test_it_can_look_like_notes(person: Person, page: Page) -> None:
    person.begin()
    person.button("More").click()
    person.button("Make this look like notes").click()
    expect(page).to_have_title("Notes")
    assert "Harbour Lane" not in person.panel.inner_text()
    expect(person.panel.get_by_label("Note", exact=True)).to_be_visible()
    page.reload()
    expect(person.button("Notes")).to_be_visible()
    person.button("Notes").click()
    expect(page).to_have_title("Notes")
    person.button("More").click()
    person.button("Show the chat as it is").click()
    expect(page).to_have_title("Harbour Lane")


def test_honest_words_about_history(person: Person) -> None:
    person.open()
    person.button("More").click()
    expect(person.panel).to_contain_text("history may still list it")
