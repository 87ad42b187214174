"""WCAG 2.2 AA in every state: by axe-core, by keyboard, small, zoomed, dark, mirrored, without motion."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.person import Person

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SHOTS = os.environ.get("TIDELINE_SCREENSHOTS")
"""A folder in which to keep what each state looks like."""

WAYS = {
    "desktop": {"viewport": {"width": 1280, "height": 860}},
    "dark": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
    "mobile": {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "zoomed": {"viewport": {"width": 640, "height": 430}},  # 1280 × 860 at 200 %
    "mirrored": {"viewport": {"width": 1280, "height": 860}},
    "contrast": {"viewport": {"width": 1280, "height": 860}, "forced_colors": "active"},
}
SMALL = """root => [...root.querySelectorAll('button, select, summary, input, textarea, .way.call')]
  .filter(e => e.offsetParent && !e.closest('[hidden]'))
  .map(e => [e.textContent.slice(0, 30), e.getBoundingClientRect()])
  .filter(([, box]) => box.height && box.height < 43.5 || box.width && box.width < 43.5)
  .map(([name, box]) => `${name} ${box.width}×${box.height}`)"""
CUT = """root => [...root.querySelectorAll('*')]
  .filter(e => !e.classList.contains('sr') && !e.closest('.sr') && !e.closest('svg'))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
  .map(e => e.className || e.tagName)"""


@pytest.mark.parametrize("way", WAYS)
def test_every_state_is_accessible(browser: Browser, server: str, way: str) -> None:
    context = browser.new_context(**WAYS[way])
    page = context.new_page()
    page.goto(server)
    if way == "mirrored":
        page.evaluate("document.querySelector('tideline-chat').setAttribute('dir', 'rtl')")
    faults: list[str] = []

    def look(state: str) -> None:
        page.wait_for_timeout(300)  # what moves has come to rest
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{way}-{state}.png")
        found = Axe().run(page, options=RULES)
        faults.extend(
            f"{state}: {one['id']} {one['nodes'][0]['html'][:120]}"
            for one in found.response["violations"]
        )
        root = page.locator("tideline-chat .root")
        faults.extend(f"{state}: small {one}" for one in root.evaluate(SMALL))
        faults.extend(f"{state}: cut off {one}" for one in root.evaluate(CUT))

    visit_every_state(Person(page), look)
    context.close()
    assert not faults, "\n".join(faults)


def visit_every_state(person: Person, look: Callable[[str], None]) -> None:
    look("closed")
    person.open()
    look("welcome")
    person.panel.get_by_text("Been here before").click()
    person.panel.locator("summary", has_text="Help from people").click()
    look("welcome-unfolded")
    person.begin()
    look("greeted")
    person.press("An urge right now")
    look("scale")
    person.rate(6)
    person.press("Ride it out")
    person.press("5 minutes")
    look("timer")
    person.button("Help now").click()
    look("help")
    person.panel.get_by_role("combobox").select_option("GB")
    look("help-country")
    person.button("More").click()
    person.button("Give me a code to come back").click()
    person.panel.locator(".code").wait_for()
    look("more")
    person.button("Delete everything").click()
    look("delete")
    person.button("Breathe with me").click()
    look("breathing")
    person.button("Stop", exact=True).click()
    person.write("i want to kill myself")
    look("crisis")
    person.write("i'm in the UK")
    look("crisis-lines")
    person.write("no i'm safe now")
    person.write("tried drawing, was like an 8 now maybe 5")
    person.button("More").click()
    person.press("Show what is kept")
    person.panel.locator(".card summary").last.click()
    look("export")
    person.page.context.set_offline(True)
    person.field.fill("are you there")
    person.field.press("Enter")
    person.panel.locator(".away").wait_for()
    look("away")
    person.page.context.set_offline(False)
    person.panel.locator(".away").wait_for(state="detached")
    person.button("More").click()
    person.button("Make this look like notes").click()
    look("disguised")


def test_everything_works_by_keyboard(page: Page, server: str) -> None:
    page.goto(server)
    person = Person(page)
    focused = page.locator("tideline-chat :focus")
    person.button("Leave now").focus()
    page.keyboard.press("Tab")
    expect(focused).to_have_text("Talk it through")
    page.keyboard.press("Enter")
    expect(person.panel).to_be_focused()
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(focused.get_attribute("aria-label") or focused.inner_text())
    assert names == ["Close the chat", "Help now", "More", "Leave now", "Okay, let's start"]
    page.keyboard.press("Enter")
    person.said.first.wait_for()
    expect(person.field).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(focused).to_have_text("An urge right now")
    person.answered(lambda: page.keyboard.press("Enter"))
    expect(person.field).to_be_focused()
    person.panel.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    expect(focused).to_have_text("Send 6")
    person.answered(lambda: page.keyboard.press("Enter"))
    expect(person.field).to_be_focused()
    page.keyboard.press("Escape")
    expect(person.panel).to_have_count(0)
    expect(person.button("Talk it through")).to_be_focused()


def test_escape_closes_the_side_first_and_focus_stays_inside(person: Person, page: Page) -> None:
    person.begin()
    person.button("More").click()
    expect(person.panel.locator(".sheet:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(person.field).to_be_visible()
    expect(person.panel.locator(":focus")).to_have_count(1)


def test_each_answer_is_announced_once_and_whole(person: Person, page: Page) -> None:
    person.begin()
    status = page.locator("tideline-chat [role=status]").first
    status.evaluate(
        "node => { window.__told = []; new MutationObserver(() => window.__told.push(node.textContent))"
        ".observe(node, {childList: true, characterData: true, subtree: true}); }"
    )
    answer = person.press("An urge right now")
    page.wait_for_timeout(300)
    [told] = page.evaluate("window.__told")
    for line in answer.splitlines():
        assert line.removeprefix("Bot:").strip() in told
    assert "A number from 0 to 10" in told
    assert "Choices: Skip" in told


def test_the_scale_says_what_its_ends_mean(person: Person, page: Page) -> None:
    person.begin()
    person.press("An urge right now")
    slider = person.panel.get_by_role("slider", name="A number from 0 to 10")
    slider.focus()
    page.keyboard.press("Home")
    assert slider.get_attribute("aria-valuetext") == "0, not there"
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "10, as strong as it gets"


def test_nothing_moves_for_who_asked_for_no_motion(browser: Browser, server: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(server)
    person = Person(page).begin()
    person.button("More").click()
    person.button("Breathe with me").click()
    moving = page.locator("tideline-chat .root").evaluate(
        "root => [...root.querySelectorAll('*')].filter(e => getComputedStyle(e).animationName !== 'none'"
        " || getComputedStyle(e).transform !== 'none' && e.matches('.lung')).length"
    )
    assert moving == 0
    tool = person.panel.get_by_role("group", name="Breathe with me")
    expect(tool).to_contain_text("Breathe out", timeout=6000)  # the words go on
    page.close()


def test_on_a_phone_the_field_and_the_exit_stay_in_view(browser: Browser, server: str) -> None:
    page = browser.new_page(
        viewport={"width": 390, "height": 420}, has_touch=True
    )  # keyboard is up
    page.goto(server)
    person = Person(page).begin()
    person.press("An urge right now")
    expect(person.field).to_be_in_viewport(ratio=1)
    expect(person.button("Leave now")).to_be_in_viewport(ratio=1)
    expect(person.button("Help now")).to_be_in_viewport(ratio=1)
    page.close()
