"""A talk over Telegram, with the true client over HTTP."""

import asyncio

import pytest

from tests.channels.telegram.fake_api import FakeApi
from tests.channels.telegram.people import Someone, settled


async def test_start_is_answered_with_buttons(channel, someone: Someone) -> None:
    [hello] = await someone.hears("/start")
    assert "bot" in hello.text
    assert "An urge right now" in hello.titles


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("loved_one", "someone you love"),
        ("urge", "0"),
        ("disclosure", "tell"),
        ("crisis", "emergency"),
    ],
)
async def test_a_link_opens_its_topic(channel, someone: Someone, link: str, expected: str) -> None:
    await someone.hears(f"/start {link}")
    assert expected in someone.words.lower()
    assert "What brings you here" not in someone.words


@pytest.mark.parametrize(
    "command", ["/help", "/helplines", "/urge", "/plan", "/progress", "/privacy", "/stop@quiet_bot"]
)
async def test_every_command_is_answered(channel, someone: Someone, command: str) -> None:
    assert await someone.hears(command)


async def test_a_rating_is_pressed_on_rows_of_numbers(channel, someone: Someone) -> None:
    await someone.hears("i need to hurt myself right now")
    question = someone.last
    numbers = [[button["text"] for button in row] for row in question.keyboard]
    assert [n for row in numbers for n in row][:11] == [str(n) for n in range(11)]
    assert max(map(len, numbers)) <= 4
    before = len(someone.sees)
    someone.presses(question, "5")
    await someone.waits(before + 1)
    assert "Ride it out" in someone.last.titles
    assert question.keyboard == []  # spent, and taken away


async def test_long_titles_have_a_row_of_their_own(channel, someone: Someone) -> None:
    [hello] = await someone.hears("/start")
    assert [len(row) for row in hello.keyboard] == [1, 1, 1]


async def test_a_press_is_acknowledged_and_typing_is_shown(
    channel, someone: Someone, api: FakeApi
) -> None:
    [hello] = await someone.hears("/start")
    someone.presses(hello, "An urge right now")
    await someone.waits(2)
    names = [name for name, _ in api.calls]
    assert names.index("answerCallbackQuery") < len(names) - names[::-1].index("sendMessage")
    assert ("sendChatAction", {"chat_id": someone.id, "action": "typing"}) in api.calls


async def test_a_typed_answer_spends_the_keyboard_too(channel, someone: Someone) -> None:
    [hello] = await someone.hears("/start")
    await someone.hears("i need to hurt myself right now")
    assert hello.keyboard == []


async def test_a_stale_button_is_answered_kindly_and_moves_nothing(
    channel, someone: Someone
) -> None:
    [hello] = await someone.hears("/start")
    await someone.hears("i need to hurt myself right now")
    question, before = someone.last, len(someone.sees)
    someone.presses(hello, "Telling someone")
    await someone.waits(before + 1)
    assert "button" in someone.last.text
    assert question.titles  # the question under way is still open
    someone.presses(question, "5")
    await someone.waits(before + 2)
    assert "Ride it out" in someone.last.titles


async def test_somebody_elses_button_does_nothing(channel, someone: Someone, api: FakeApi) -> None:
    other = Someone(api)
    [hello] = await someone.hears("/start")
    await other.hears("hello")
    before = len(other.sees)
    other.presses(hello, "An urge right now")
    await other.waits(before + 1)
    assert "button" in other.last.text


async def test_a_double_tap_is_answered_once(channel, someone: Someone) -> None:
    await someone.hears("i need to hurt myself right now")
    question, before = someone.last, len(someone.sees)
    someone.presses(question, "5")
    someone.presses(question, "5")
    await someone.waits(before + 1)
    asked = [shown for shown in someone.sees if "Ride it out" in shown.titles]
    assert len(asked) == 1
    assert "button" not in someone.last.text


async def test_one_person_is_answered_in_order(channel, someone: Someone) -> None:
    for text in ("i need to hurt myself right now", "5", "wait with a timer", "15"):
        someone.says(text)
    await someone.waits(6)
    await settled(someone.api)
    assert "15" in someone.words
    assert "unclear" not in someone.words


async def test_people_are_answered_side_by_side(
    channel, api: FakeApi, conversation, monkeypatch
) -> None:
    slow, quick = Someone(api), Someone(api)
    answer, held = conversation.answer, asyncio.Event()

    async def waiting(turn):
        if turn.address == str(slow.id):
            await held.wait()
        return await answer(turn)

    monkeypatch.setattr(conversation, "answer", waiting)
    slow.says("hello")
    assert await quick.hears("hello")
    assert slow.sees == []
    held.set()
    assert await slow.waits(1)


async def test_a_crisis_is_answered_with_numbers(channel, someone: Someone) -> None:
    await someone.hears("i want to kill myself")
    assert "emergency number" in someone.words


async def test_the_devices_language_suggests_a_country_and_is_not_trusted(
    channel, api: FakeApi
) -> None:
    finn = Someone(api, language="fi")
    asked, _introduced = await finn.hears("/helplines")
    assert "Which country" in asked.text
    assert asked.titles == ["Finland"]
    finn.presses(asked, "Finland")
    await finn.waits(3)
    assert "In Finland" in finn.last.text


async def test_an_export_is_a_file(channel, someone: Someone) -> None:
    await someone.hears("tried drawing, was like an 8 now maybe 5")
    [export] = await someone.hears("/export")
    assert export.file_name == "tideline-export.json"
    assert b"drawing" in export.file
    assert export.text  # the words come with it


async def test_progress_is_a_picture_with_the_same_in_words(channel, someone: Someone) -> None:
    await someone.hears("tried drawing, was like an 8 now maybe 5")
    [progress] = await someone.hears("/progress")
    assert progress.photo.startswith(b"\x89PNG")
    assert "drawing" in progress.text.lower()
    assert progress.sent["protect_content"] is True


async def test_forget_leaves_nothing_and_is_answered(
    channel, someone: Someone, conversation
) -> None:
    await someone.hears("i need to hurt myself right now")
    done, chat = await someone.hears("/forget")
    assert "deleted" in done.text
    assert "Delete chat" in chat.text  # what Telegram keeps is theirs to clear
    person = conversation.store.vault.pseudonym("telegram", str(someone.id))
    assert person not in conversation.store.people()


async def test_links_are_shown_without_previews_of_them(channel, someone: Someone) -> None:
    await someone.hears("/helplines")
    assert someone.last.sent["link_preview_options"] == {"is_disabled": True}


async def test_privacy_says_what_telegram_sees_and_how_to_lock_it(
    channel, someone: Someone
) -> None:
    await someone.hears("i need to hurt myself right now")
    await someone.hears("who can read this?")
    assert someone.last.titles  # and the question under way is asked again, last
    for word in ("Telegram", "Delete chat", "Passcode Lock"):
        assert word in someone.words
