"""Everything that is no plain private message: a kind answer, or silence that is meant."""

import pytest

from tests.channels.telegram.fake_api import FakeApi
from tests.channels.telegram.people import Someone, settled

FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = [{**FILE, "width": 9, "height": 9}]
WITHOUT_WORDS = {
    "voice": {"voice": {**FILE, "duration": 3}},
    "audio": {"audio": {**FILE, "duration": 3}},
    "video note": {"video_note": {**FILE, "duration": 3, "length": 9}},
    "photo": {"photo": PHOTO},
    "video": {"video": {**FILE, "duration": 3, "width": 9, "height": 9}},
    "animation": {"animation": {**FILE, "duration": 3, "width": 9, "height": 9}},
    "sticker": {
        "sticker": {**FILE, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
    },
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "location": {"location": {"longitude": 1.5, "latitude": 2.5}},
    "venue": {
        "venue": {"location": {"longitude": 1.5, "latitude": 2.5}, "title": "x", "address": "y"},
        "location": {"longitude": 1.5, "latitude": 2.5},
    },
    "contact": {"contact": {"phone_number": "+1", "first_name": "Zinnia"}},
    "document": {"document": FILE},
    "poll": {
        "poll": {
            "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
            "type": "regular", "allows_multiple_answers": False,
        }
    },
}  # fmt: skip


@pytest.mark.parametrize("content", WITHOUT_WORDS.values(), ids=WITHOUT_WORDS)
async def test_a_message_without_words_gets_a_kind_answer_with_the_way_to_help(
    channel, someone: Someone, content: dict
) -> None:
    someone.says(**content)
    [answer] = await someone.waits(1)
    assert "/helplines" in answer.text


async def test_a_picture_does_not_move_the_walk_under_way(channel, someone: Someone) -> None:
    await someone.hears("i need to hurt myself right now")
    question, before = someone.last, len(someone.sees)
    for _ in range(3):
        someone.says(photo=PHOTO)
    await someone.waits(before + 3)
    texts = [shown.text for shown in someone.sees[before:]]
    assert len(set(texts)) == 3  # never the same words twice in a row
    someone.presses(question, "5")
    await someone.waits(before + 4)
    assert "Ride it out" in someone.last.titles


async def test_words_under_a_picture_are_heard(channel, someone: Someone) -> None:
    someone.says(photo=PHOTO, caption="how do i tell my mum")
    await someone.waits(2)
    assert "/helplines" in someone.sees[0].text
    assert "tell" in someone.words.lower()


async def test_danger_under_a_picture_is_met_with_help_first(channel, someone: Someone) -> None:
    someone.says(photo=PHOTO, caption="i want to kill myself")
    await someone.waits(2)
    assert "emergency" in someone.words
    assert "pictures" not in someone.words.lower()


async def test_an_edited_message_is_not_taken_for_a_new_one(
    channel, someone: Someone, api: FakeApi
) -> None:
    await someone.hears("i need to hurt myself right now")
    question, before = someone.last, len(someone.sees)
    api.add(edited_message=someone.message("my new words", edit_date=1))
    await someone.waits(before + 1)
    assert "new message" in someone.last.text or "once more" in someone.last.text
    assert question.titles


async def test_danger_in_an_edited_message_is_met_with_help(
    channel, someone: Someone, api: FakeApi
) -> None:
    api.add(edited_message=someone.message("i want to kill myself", edit_date=1))
    await someone.waits(1)
    assert "emergency" in someone.words


async def test_forwarded_words_are_not_taken_as_their_own(channel, someone: Someone) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Zinnia"}
    someone.says("who is your bank", forward_origin=origin)
    [answer] = await someone.waits(1)
    assert "passed on" in answer.text or "somebody else" in answer.text
    before = len(someone.sees)
    someone.says("i am going to kill myself tonight", forward_origin=origin)
    await someone.waits(before + 1)
    assert "emergency" in someone.words


# -- silence by design -----------------------------------------------------------------


async def silent(api: FakeApi, **update) -> None:
    before = api.counted("sendMessage")
    number = api.add(**update)
    while any(one["update_id"] == number for one in api.updates):  # until it is confirmed
        await settled(api, 0.05)
    await settled(api)
    assert api.counted("sendMessage") == before


async def test_silence_for_what_is_no_message_to_us(
    channel, someone: Someone, api: FakeApi
) -> None:
    place = {"longitude": 1.5, "latitude": 2.5}
    broadcast = {"id": -100123, "type": "channel", "title": "News"}
    bot = {"id": 9, "is_bot": True, "first_name": "Other"}
    head = {"message_id": 1, "date": 1}
    await silent(api, edited_message=someone.message(location=place, edit_date=1))
    await silent(api, channel_post={**head, "chat": broadcast, "text": "hello"})
    await silent(api, edited_channel_post={**head, "chat": broadcast, "text": "hello"})
    await silent(api, inline_query={"id": "1", "from": someone.user, "query": "hi", "offset": ""})
    await silent(api, message={**someone.message("hello"), "from": bot})
    await silent(api, message=someone.message(pinned_message=someone.message("hello")))
    await silent(
        api,
        message=someone.message(
            message_auto_delete_timer_changed={"message_auto_delete_time": 86400}
        ),
    )
    await silent(api, poll_answer={"poll_id": "1", "user": someone.user, "option_ids": [0]})
    await silent(api, a_kind_of_update_of_next_year={"x": 1})
    assert await someone.hears("hello")  # and goes on


@pytest.mark.parametrize(
    "broken",
    [
        {"message": {"text": "no chat"}},
        {"message": 3},
        {"callback_query": {}},
        {"message": {"chat": {"id": "x"}}},
    ],
)
async def test_an_update_that_cannot_be_read_stops_nothing(
    channel, someone: Someone, api: FakeApi, broken: dict
) -> None:
    await silent(api, **broken)
    assert await someone.hears("hello")


# -- groups -------------------------------------------------------------------------------


def group(someone: Someone, kind: str = "supergroup") -> dict:
    chat = {"id": -100_000 - someone.id, "type": kind, "title": "Everybody"}
    someone.api.chats[chat["id"]] = []
    return chat


async def test_a_group_is_told_once_and_left_and_nothing_is_kept(
    channel, someone: Someone, api: FakeApi, conversation
) -> None:
    chat, known = group(someone), set(conversation.store.people())
    for text in ("hello bot", "i want to kill myself", "/start"):
        api.add(message={**someone.message(text), "chat": chat})
    while api.updates:
        await settled(api, 0.05)
    await settled(api)
    [told] = api.chats[chat["id"]]
    assert "in private" in told.text
    assert ("leaveChat", {"chat_id": chat["id"]}) in api.calls
    assert someone.sees == []
    assert set(conversation.store.people()) == known


async def test_being_put_into_a_group_says_it_at_once(
    channel, someone: Someone, api: FakeApi
) -> None:
    chat = group(someone, "group")
    bot = {"id": 123456, "is_bot": True, "first_name": "Quiet"}
    states = {
        f"{when}_chat_member": {"user": bot, "status": s}
        for when, s in (("old", "left"), ("new", "member"))
    }
    api.add(my_chat_member={"chat": chat, "from": someone.user, "date": 1, **states})
    api.add(message={**someone.message("hello"), "chat": chat})
    while api.updates:
        await settled(api, 0.05)
    await settled(api)
    assert len(api.chats[chat["id"]]) == 1


async def test_a_group_that_moves_is_met_with_silence(
    channel, someone: Someone, api: FakeApi
) -> None:
    chat = group(someone, "group")
    await silent(api, message={**someone.message(migrate_to_chat_id=-1001), "chat": chat})
