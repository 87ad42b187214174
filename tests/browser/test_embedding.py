"""Another website embeds the widget, as docs/embedding.md tells it to."""

import json

import pytest
from playwright.sync_api import Page, expect

from bot.settings import ROOT
from tests.browser.conftest import ELSEWHERE
from tests.browser.person import Person
from tests.running import Website

BUILT = json.loads((ROOT / "web" / "dist" / "widget.json").read_text())


def policy(server: str, **more: str) -> str:
    """The strictest policy that lets the widget work."""
    rules = {
        "default-src": "'none'",
        "script-src": server,
        "connect-src": server,
        "img-src": "data:",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
        **more,
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def host(script: str, title: str = "A school") -> str:
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{script}</head>"
        "<body><main><h1>A school</h1><button data-tideline-open>Chat</button></main></body></html>"
    )


def listen(page: Page) -> list[str]:
    """Everything that a browser complains of, and every request to a third party."""
    complaints: list[str] = []
    page.on(
        "console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def test_one_line_under_a_strict_policy_with_a_pinned_hash(
    page: Page, website: Website, server: str
) -> None:
    script = (
        f'<script src="{server}/{BUILT["script"]}" integrity="{BUILT["integrity"]}" '
        'crossorigin="anonymous" data-service="A school" data-country="IE" data-hours="9 to 5" '
        'data-contact="call 01 234 5678" defer></script>'
    )
    complaints, asked = listen(page), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(website.put("/strict", host(script), Content_Security_Policy=policy(server)))
    page.get_by_role("button", name="Chat", exact=True).click()
    person = Person(page)
    expect(person.panel).to_contain_text("A school's own server")
    person.button("Help now").click()
    expect(person.panel).to_contain_text("call 01 234 5678, open 9 to 5")
    expect(person.panel.locator('a[href="tel:116123"]').first).to_be_visible()
    person.button("Back").click()
    person.begin()
    assert "999" in person.write("i want to kill myself")
    assert complaints == []
    assert {url.split("/")[2] for url in asked} == {website.origin[7:], server[7:]}
    assert page.context.cookies() == []


def test_a_script_that_was_changed_is_not_run(page: Page, website: Website, server: str) -> None:
    wrong = "sha384-" + "A" * 64
    script = f'<script src="{server}/widget.js" integrity="{wrong}" crossorigin="anonymous" defer></script>'
    page.goto(website.put("/changed", host(script)))
    page.wait_for_load_state()
    expect(page.locator("tideline-chat")).to_have_count(0)


def test_a_website_that_is_not_allowed_gets_no_talk_but_its_visitor_gets_help(
    page: Page, server: str
) -> None:
    stranger = Website()
    page.goto(stranger.put("/", host(f'<script src="{server}/widget.js" defer></script>')))
    person = Person(page).open()
    person.button("Okay, let's start").click()
    expect(person.panel.locator(".away")).to_contain_text("116 123")
    expect(person.said).to_have_count(0)
    stranger.stop()


def test_the_module_lets_a_page_place_the_element_itself(
    page: Page, website: Website, server: str
) -> None:
    script = f'<script type="module" src="{server}/widget.mjs"></script>'
    body = host(script).replace(
        "</main>", '</main><tideline-chat service="Placed"></tideline-chat>'
    )
    page.goto(website.put("/module", body))
    person = Person(page).begin()
    assert person.write("hello")


def test_the_chat_in_a_frame(page: Page, website: Website, server: str) -> None:
    frame = f'<iframe src="{server}/frame" title="Chat" width="420" height="700"></iframe>'
    rules = policy(server, **{"frame-src": server})
    page.goto(
        website.put(
            "/framed", host("").replace("</main>", f"</main>{frame}"), Content_Security_Policy=rules
        )
    )
    person = Person(page, page.frame_locator("iframe"))
    person.begin()
    assert "bot" in person.write("are you a bot").lower()
    person.button("Leave now").click()  # leaves the whole page, not only the frame
    page.wait_for_url(ELSEWHERE)


def test_a_website_that_is_not_allowed_cannot_frame_the_chat(page: Page, server: str) -> None:
    stranger = Website()
    page.goto(
        stranger.put(
            "/", host("").replace("</main>", f'</main><iframe src="{server}/frame"></iframe>')
        )
    )
    expect(page.frame_locator("iframe").locator("tideline-chat")).to_have_count(0)
    stranger.stop()


@pytest.mark.parametrize("attribute", ["exit", "logo"])
def test_an_attribute_cannot_carry_code(
    page: Page, website: Website, server: str, attribute: str
) -> None:
    script = f'<script src="{server}/widget.js" data-{attribute}="javascript:document.title=1" defer></script>'
    page.goto(website.put(f"/{attribute}", host(script)))
    person = Person(page).open()
    expect(person.panel.locator(".brand img")).to_have_count(0)
    person.button("Leave now").click()
    page.wait_for_url(ELSEWHERE)


def test_a_services_colours_and_logo(page: Page, website: Website, server: str) -> None:
    script = f'<script src="{server}/widget.js" data-service="A school" data-logo="/logo.png" defer></script>'
    style = "<style>tideline-chat { --tideline-accent: #6b1f5f }</style>"
    page.goto(website.put("/themed", host(script + style)))
    colour = (
        Person(page).button("Talk it through").evaluate("e => getComputedStyle(e).backgroundColor")
    )
    assert colour == "rgb(107, 31, 95)"
    person = Person(page).open()
    assert person.panel.locator(".brand img").get_attribute("src") == f"{website.origin}/logo.png"
