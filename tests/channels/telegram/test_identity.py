"""Which updates are the same one."""

from bot.channels.telegram.inbound import identity, salvage
from tests.channels.telegram.conftest import running
from tests.channels.telegram.fake_api import FakeApi
from tests.channels.telegram.people import Someone


def test_a_redelivery_is_the_same_and_another_message_with_its_number_is_not() -> None:
    update = {
        "update_id": 5,
        "message": {"message_id": 1, "date": 2, "text": "a", "chat": {"id": 3}},
    }
    assert identity(update) == identity({**update})
    assert identity(update) != identity({**update, "message": {"message_id": 2, "date": 2}})
    assert identity(update) != identity({"update_id": 5, "callback_query": {"id": "x"}})
    assert identity(update) != identity({**update, "update_id": 6})


async def test_a_server_that_counts_anew_is_answered(
    conversation, telegram_settings, someone: Someone, api: FakeApi
) -> None:
    async with running(conversation, telegram_settings):
        number = someone.says("/start")
        await someone.waits(1)
    api.updates = [{"update_id": number, "message": someone.message("/help")}]
    async with running(conversation, telegram_settings):
        await someone.waits(2)


def test_only_private_messages_are_salvaged() -> None:
    private = {"id": 5, "type": "private"}
    assert salvage({"message": {"chat": private, "text": "hi"}}).text == "hi"
    assert salvage({"message": {"chat": private, "next_years_thing": {}}}).note
    for message in (
        None, 3, {}, {"chat": 3}, {"chat": {"id": -5, "type": "group"}, "text": "hi"},
        {"chat": {"id": "5", "type": "private"}, "text": "hi"},
        {"chat": private, "text": "hi", "from": {"is_bot": True}},
    ):  # fmt: skip
        assert salvage({"message": message}) is None
