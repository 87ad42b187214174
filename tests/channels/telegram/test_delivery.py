"""When Telegram falters: nobody is left without an answer, and nothing stops."""

import asyncio

import pytest

from bot.channels.telegram import channel as module
from bot.channels.telegram.polling import poll
from bot.conversation.guard import Pace
from bot.record.store import StoreProblem
from bot.safety.static_help import STATIC_HELP
from tests.channels.telegram.conftest import running
from tests.channels.telegram.fake_api import FakeApi
from tests.channels.telegram.people import Someone, settled


@pytest.mark.parametrize("fault", ["429", "502", "timeout", "409"])
async def test_a_message_that_was_not_taken_is_sent_again(
    channel, someone: Someone, api: FakeApi, monkeypatch, fault: str
) -> None:
    monkeypatch.setattr(channel._bot._request[1]._client, "timeout", 1.0)
    api.inject("sendMessage", fault)
    [hello] = await someone.hears("/start")
    assert "bot" in hello.text


async def test_an_answer_that_broke_off_is_sent_again_rather_than_lost(
    channel, someone: Someone, api: FakeApi
) -> None:
    """The window that no client can close: the message may have arrived, we cannot know."""
    api.inject("sendMessage", "half")
    await someone.hears("/start")
    await someone.waits(2)
    assert someone.sees[0].text == someone.sees[1].text


@pytest.mark.parametrize("fault", ["429", "409", "502", "half", "401", "timeout"])
async def test_polling_goes_on_after_a_fault(
    channel, someone: Someone, api: FakeApi, fault: str
) -> None:
    api.inject("getUpdates", fault, fault)
    assert await someone.hears("/start")


@pytest.mark.parametrize(
    "method",
    [
        "setMyCommands",
        "setMyDescription",
        "setMyShortDescription",
        "deleteWebhook",
        "sendChatAction",
    ],
)
@pytest.mark.parametrize("fault", ["400", "404", "502"])
async def test_a_courtesy_that_is_refused_stops_nothing(
    conversation, telegram_settings, someone: Someone, api: FakeApi, method: str, fault: str
) -> None:
    api.inject(method, *[fault] * 3)
    async with running(conversation, telegram_settings):
        assert await someone.hears("/start")


async def test_a_start_without_telegram_is_made_up_for(
    conversation, telegram_settings, someone: Someone, api: FakeApi
) -> None:
    api.inject("getMe", "502")
    async with running(conversation, telegram_settings):
        assert await someone.hears("/start")


async def test_buttons_that_are_refused_do_not_take_the_words_with_them(
    channel, someone: Someone, api: FakeApi
) -> None:
    api.inject("sendMessage", "400")
    [hello] = await someone.hears("/start")
    assert "bot" in hello.text
    assert hello.titles == []


async def test_a_picture_or_file_that_is_refused_is_said_in_words(
    channel, someone: Someone, api: FakeApi
) -> None:
    await someone.hears("tried drawing, was like an 8 now maybe 5")
    api.inject("sendPhoto", "400")
    api.inject("sendDocument", "404")
    [progress] = await someone.hears("/progress")
    assert "drawing" in progress.text.lower()
    [export] = await someone.hears("/export")
    assert '"record"' in export.text


async def test_who_has_blocked_the_bot_stops_nothing_and_is_promised_nothing(
    channel, someone: Someone, api: FakeApi, conversation
) -> None:
    person = conversation.store.vault.pseudonym("telegram", str(someone.id))
    await someone.hears("check in on me tomorrow")
    assert conversation.store._nudges(person=person)
    someone.blocks()
    while conversation.store._nudges(person=person):
        await settled(api, 0.05)
    before = api.counted("sendMessage")
    someone.says("sent just before the block")
    await settled(api, 0.5)
    assert len(someone.sees) == before
    other = Someone(api)
    assert await other.hears("hello")
    someone.blocks(False)
    assert await someone.hears("i am back")


async def test_a_403_alone_also_takes_promises_back(
    channel, someone: Someone, api: FakeApi, conversation
) -> None:
    person = conversation.store.vault.pseudonym("telegram", str(someone.id))
    await someone.hears("check in on me tomorrow")
    api.inject("sendMessage", "403")
    someone.says("hello")
    while conversation.store._nudges(person=person):
        await settled(api, 0.05)


async def test_an_update_that_comes_twice_is_answered_once(
    channel, someone: Someone, api: FakeApi
) -> None:
    await someone.hears("/start")
    update = {"message": someone.message("/help")}
    number = api.add(**update)
    api.updates.append({"update_id": number, **update})
    await someone.waits(2)
    assert len(someone.sees) == 2


async def test_a_store_that_is_down_does_not_silence_telegram(
    channel, someone: Someone, api: FakeApi, conversation, monkeypatch
) -> None:
    def down(*_args):
        raise StoreProblem("down")

    with monkeypatch.context() as broken:
        broken.setattr(conversation.store, "transaction", down)
        broken.setattr(conversation.store, "conversation", down)
        [help_] = await someone.hears("i want to kill myself")
        assert help_.text == STATIC_HELP
    assert await someone.hears("hello")


async def test_another_program_that_polls_is_named_once(
    channel, someone: Someone, api: FakeApi, caplog
) -> None:
    api.inject("getUpdates", "409", "409")
    await someone.hears("/start")
    told = [r for r in caplog.records if "another program polls" in r.getMessage()]
    assert len(told) == 1


async def test_what_was_begun_is_finished_before_the_end(
    conversation, telegram_settings, someone: Someone, api: FakeApi, monkeypatch
) -> None:
    answer, begun = conversation.answer, asyncio.Event()

    async def slowly(turn):
        begun.set()
        await asyncio.sleep(0.5)
        return await answer(turn)

    monkeypatch.setattr(conversation, "answer", slowly)
    async with running(conversation, telegram_settings):
        someone.says("/start")
        await begun.wait()
    assert "bot" in someone.last.text


@pytest.mark.parametrize("leaving", ["/stop", "/forget"])
async def test_who_stops_is_promised_nothing(
    channel, someone: Someone, conversation, leaving: str
) -> None:
    person = conversation.store.vault.pseudonym("telegram", str(someone.id))
    await someone.hears("check in on me tomorrow")
    assert conversation.store._nudges(person=person)
    await someone.hears(leaving)
    assert conversation.store._nudges(person=person) == []


async def test_a_fault_of_our_own_in_an_answer_is_met_with_help_and_told(
    channel, someone: Someone, conversation, monkeypatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(conversation, "on_failure", told.append)
    monkeypatch.setattr(channel._intake._clerk, "_deliver", lambda *_args: 1 / 0)
    [help_] = await someone.hears("hello")
    assert help_.text == STATIC_HELP
    assert told == ["telegram"]


async def test_a_poller_that_stumbles_starts_again(
    conversation, telegram_settings, someone: Someone, monkeypatch
) -> None:
    polled = []

    async def once_broken(bot, intake):
        polled.append(1)
        if len(polled) == 1:
            raise ValueError("a fault of our own")
        await poll(bot, intake)

    monkeypatch.setattr(module, "poll", once_broken)
    monkeypatch.setattr(module, "STUMBLED_SECONDS", 0.1)
    async with running(conversation, telegram_settings):
        assert await someone.hears("/start")


async def test_a_flood_is_asked_to_slow_down_once_and_danger_in_it_is_still_met(
    channel, someone: Someone, conversation, monkeypatch
) -> None:
    monkeypatch.setattr(conversation, "_pace", Pace(1))
    for text in ("hello", "hello", "hello", "hello", "i want to kill myself"):
        someone.says(text)
    await someone.waits(3)
    texts = [shown.text for shown in someone.sees]
    assert len([text for text in texts if text == conversation._brain.words("utter_too_fast")]) == 1
    assert "emergency" in someone.words
