"""The talks that matter most, as a person has them in the widget."""

import re

from playwright.sync_api import Page, expect

from tests.browser.person import Person


def test_before_anything_is_sent_a_person_sees_who_reads_what(person: Person, page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    person.open()
    expect(person.panel).to_contain_text("Harbour Lane's own server")
    assert "I'm a bot" in person.panel.inner_text()
    person.button("Help now").click()
    expect(person.panel).to_contain_text("116 123")
    assert [one for one in sent if one.startswith("POST")] == []
    assert page.evaluate("sessionStorage.length") == 0


def test_an_urge_is_walked_with_the_slider_and_the_timer(person: Person) -> None:
    person.begin()
    person.press("An urge right now")
    slider = person.panel.get_by_role("slider")
    assert slider.get_attribute("aria-valuetext") == "5 of 10"
    assert "fall" in person.rate(6)
    person.press("Ride it out")
    person.press("5 minutes")
    expect(person.panel.get_by_role("timer")).to_have_text(re.compile(r"[45]:\d\d left"))
    person.answered(lambda: person.button("Stop the timer").click())
    expect(person.panel.get_by_role("timer")).to_have_count(0)


def test_a_number_can_be_typed_instead(person: Person) -> None:
    person.begin()
    person.press("An urge right now")
    person.write("8ish")
    expect(person.panel.get_by_role("slider")).to_have_count(0)


def test_a_choice_can_be_typed_instead_of_tapped(person: Person) -> None:
    person.begin()
    person.write("an urge right NOW")
    expect(person.panel.get_by_role("slider")).to_be_visible()


def test_alternatives_that_fit_are_found(person: Person) -> None:
    person.begin()
    person.write("what can i do instead of hurting myself")
    answer = person.write("i want to calm down")
    assert len(answer) > 30
    assert person.panel.locator(".choices button").count() > 0


def test_a_disclosure_ends_in_a_draft_to_copy_and_to_save(person: Person, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    person.begin()
    person.press("Telling someone")
    card = person.panel.locator(".card", has=page.get_by_role("button", name="Copy"))
    for _ in range(20):
        if card.count():
            break
        skip = person.button("Skip")
        person.press("Skip") if skip.count() else person.write("i just want her to listen")
    expect(card.last).to_be_visible()
    card.last.get_by_role("button", name="Copy").click()
    expect(card.last).to_contain_text("Copied.")
    draft = page.evaluate("navigator.clipboard.readText()")
    assert len(draft) > 20
    with page.expect_download() as saved:
        card.last.get_by_role("button", name="Save as a file").click()
    assert saved.value.suggested_filename == "notes.txt"
    assert saved.value.path().read_text() == draft


def test_a_crisis_is_answered_with_numbers_to_tap(person: Person) -> None:
    person.begin()
    assert "999" in person.write("i want to kill myself")
    expect(person.panel.locator('.turn.bot a[href="tel:999"]').first).to_be_visible()
    answer = person.write("i'm in the UK")
    assert "116 123" in answer
    expect(person.panel.locator('.turn.bot a[href="tel:116123"]').last).to_be_visible()


def test_the_beginning_of_a_long_answer_is_in_view(person: Person) -> None:
    person.begin()
    person.write("hello")
    before = person.said.count()
    person.write("i want to kill myself")
    expect(person.said.nth(before)).to_be_in_viewport(ratio=0.9)


def test_plan_progress_and_data_are_one_tap_away(person: Person) -> None:
    person.begin()
    person.write("tried drawing, was like an 8 now maybe 5")
    for name in ("What helped me", "My safety plan", "Show what is kept"):
        person.button("More").click()
        assert person.press(name)
    card = person.panel.locator(".card").last
    card.get_by_text("Show the text").click()
    expect(card.locator("pre")).to_contain_text("drawing")


def test_everything_can_be_deleted_after_one_question(person: Person) -> None:
    person.begin()
    person.write("tried drawing, was like an 8 now maybe 5")
    person.button("More").click()
    person.button("Delete everything").click()
    person.button("Keep it").click()
    person.button("Delete everything").click()
    person.button("Yes, delete it").click()
    expect(person.panel.get_by_role("log")).to_contain_text("deleted")
    expect(person.panel.get_by_role("log")).not_to_contain_text("drawing")  # nor on the screen


def test_a_detour_does_not_lose_the_timer(person: Person) -> None:
    person.begin()
    for choice in ("An urge right now", "Skip", "Ride it out", "5 minutes"):
        person.press(choice)
    assert "bot" in person.write("are you a bot").lower()
    expect(person.panel.get_by_role("timer")).to_be_visible()


def test_breathing_can_be_stopped_at_once(person: Person) -> None:
    person.begin()
    person.button("More").click()
    person.button("Breathe with me").click()
    tool = person.panel.get_by_role("group", name="Breathe with me")
    expect(tool).to_contain_text("Breathe in")
    person.button("Stop").click()
    expect(tool).to_have_count(0)


def test_a_code_brings_a_person_back_to_their_record(
    person: Person, page: Page, server: str
) -> None:
    person.begin()
    person.write("tried drawing, was like an 8 now maybe 5")
    person.button("More").click()
    person.button("Give me a code to come back").click()
    code = person.panel.locator(".code").inner_text()
    elsewhere = Person(page.context.browser.new_page())
    elsewhere.page.goto(server)
    elsewhere.open()
    elsewhere.panel.get_by_text("Been here before").click()
    elsewhere.panel.get_by_label("Your code").fill("AAAA-AAAA-AAAA-AAAA")
    elsewhere.button("Use my code").click()
    expect(elsewhere.panel.get_by_role("alert")).to_contain_text("opens no record")
    elsewhere.panel.get_by_label("Your code").fill(code)
    elsewhere.button("Use my code").click()
    expect(elsewhere.panel.get_by_role("log")).to_contain_text(re.compile("again|back", re.I))
    elsewhere.button("More").click()
    assert "drawing" in elsewhere.press("What helped me")
    elsewhere.page.close()


def test_what_is_written_is_never_read_as_html(person: Person, page: Page) -> None:
    person.begin()
    evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script><b>hi</b>"
    person.write(evil)
    assert person.mine()[-1] == evil
    assert page.title() == "Harbour Lane"
    assert person.panel.locator(".turn b, .turn script, .turn img").count() == 0
