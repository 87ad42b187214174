"""No answer is lost and none is doubled, whatever breaks between browser and server."""

import asyncio
import uuid
from collections.abc import Iterator

import httpx
import pytest

from bot.channels.web import Limits
from bot.channels.web import events as web_events
from bot.channels.web.events import Talks
from bot.conversation.turn import Answer, Reply, Turn
from bot.server import build
from tests.channels.streams import events
from tests.running import Running

ROOMY = Limits(sessions_per_minute=1000, heartbeat_seconds=0.2)


@pytest.fixture
def running(conversation, in_force) -> Iterator[Running]:
    made = Running(build(conversation, in_force, ROOMY))
    yield made
    made.stop()


def restarted(running: Running, conversation, in_force) -> Running:
    """Another process on the same port: same store, nothing remembered."""
    running.stop()
    return Running(build(conversation, in_force, ROOMY), running.port)


def begin(url: str) -> tuple[httpx.Client, str]:
    client = httpx.Client(base_url=url, timeout=20)
    return client, client.post("/api/session").json()["token"]


def user_turns(conversation, token: str) -> list[str]:
    person = conversation.person(Turn("web", token.partition(".")[0]))
    saved = conversation.store.conversation(person) or {"events": []}
    return [event["text"] for event in saved["events"] if event["event"] == "user"]


async def first(url: str, token: str, last_id: str = "") -> dict:
    async with httpx.AsyncClient(base_url=url, timeout=10) as browser:
        async for event in events(browser, token, last_id):
            return event
    raise AssertionError("the stream ended without an event")


async def test_a_message_sent_twice_is_answered_once(running: Running, conversation) -> None:
    client, token = begin(running.url)
    message = {"token": token, "id": uuid.uuid4().hex, "text": "hello there"}
    async with httpx.AsyncClient(base_url=running.url, timeout=20) as browser:
        sent = [browser.post("/api/messages", json=message) for _ in range(5)]
        answers = [answer.json() for answer in await asyncio.gather(*sent)]
    assert len({answer["id"] for answer in answers}) == 1
    assert user_turns(conversation, token) == ["hello there"]
    client.close()


async def test_a_message_sent_again_after_a_restart_is_answered_but_not_taken_twice(
    running: Running, conversation, in_force
) -> None:
    client, token = begin(running.url)
    message = {"token": token, "id": uuid.uuid4().hex, "text": "i need to hurt myself right now"}
    before = client.post("/api/messages", json=message).json()
    client.close()
    again = restarted(running, conversation, in_force)
    try:
        after = httpx.post(f"{again.url}/api/messages", json=message, timeout=20).json()
    finally:
        again.stop()
    assert user_turns(conversation, token) == [message["text"]]
    assert [r["text"] for r in after["replies"]] == [
        r["text"] for r in before["replies"] if r["text"]
    ]


async def test_answers_missed_while_away_come_in_order_and_once(running: Running) -> None:
    client, token = begin(running.url)
    ids = [
        client.post("/api/messages", json={"token": token, "text": text, "said": text}).json()["id"]
        for text in ("hello", "are you a bot", "thanks")
    ]
    found: list[dict] = []
    async with httpx.AsyncClient(base_url=running.url, timeout=10) as browser:
        async for event in events(browser, token, ids[0]):
            found.append(event)
            if len(found) == 2:
                break
    assert [event["id"] for event in found] == ids[1:]
    assert [event["said"] for event in found] == ["are you a bot", "thanks"]
    client.close()


async def test_a_page_loaded_again_after_a_restart_sees_where_the_talk_stands(
    running: Running, conversation, in_force
) -> None:
    client, token = begin(running.url)
    asked = client.post(
        "/api/messages", json={"token": token, "text": "i need to hurt myself right now"}
    ).json()
    client.close()
    again = restarted(running, conversation, in_force)
    try:
        event = await first(again.url, token)
    finally:
        again.stop()
    assert event["replies"][-1] == asked["replies"][-1]


async def test_a_new_process_sends_what_an_old_id_cannot_know(
    running: Running, conversation, in_force
) -> None:
    client, token = begin(running.url)
    old = client.post("/api/messages", json={"token": token, "text": "hello"}).json()["id"]
    client.close()
    again = restarted(running, conversation, in_force)
    try:
        await again.app.state.web.push(token.partition(".")[0], Answer((Reply("pushed"),)))
        event = await first(again.url, token, old)
    finally:
        again.stop()
    assert event["replies"][0]["text"] == "pushed"


async def test_an_answer_waits_for_a_sender_who_went_away(running: Running) -> None:
    client, token = begin(running.url)
    with pytest.raises(httpx.ReadTimeout):
        client.post(
            "/api/messages", json={"token": token, "id": "m", "text": "hello"}, timeout=0.001
        )
    again = client.post("/api/messages", json={"token": token, "id": "m", "text": "hello"}).json()
    assert (await first(running.url, token))["id"] == again["id"]
    client.close()


async def test_each_conversation_has_its_own_stream(running: Running) -> None:
    client, one = begin(running.url)
    _, other = begin(running.url)
    client.post("/api/messages", json={"token": one, "text": "hello"})
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(first(running.url, other), 1)
    client.close()


async def test_deleting_everything_empties_the_stream_too(running: Running) -> None:
    client, token = begin(running.url)
    client.post(
        "/api/messages", json={"token": token, "text": "my secret words", "said": "my secret words"}
    )
    forgotten = client.post("/api/messages", json={"token": token, "text": "/forget"}).json()
    assert (await first(running.url, token))["id"] == forgotten["id"]
    client.close()


async def test_an_answer_that_could_not_be_made_is_made_at_the_next_try() -> None:
    talks = Talks()

    async def broken() -> dict:
        raise RuntimeError("no")

    async def made() -> dict:
        return talks.add("someone", {"replies": []})

    with pytest.raises(RuntimeError):
        await talks.once("someone", "m", broken)
    await asyncio.sleep(0)
    assert (await talks.once("someone", "m", made))["replies"] == []


async def test_numbers_go_on_for_a_talk_that_was_dropped(monkeypatch) -> None:
    talks = Talks()
    old = talks.add("someone", {"replies": []})["id"]
    monkeypatch.setattr(web_events, "IDLE_SECONDS", -1)
    talks.of("somebody else")  # nobody looks at the first any more
    monkeypatch.undo()
    new = talks.add("someone", {"replies": []})["id"]
    stream = talks.follow("someone", old, 1)
    assert "retry" in await stream.__anext__()
    assert new in await stream.__anext__()
    await stream.aclose()


async def test_conversations_nobody_looks_at_are_dropped_and_those_followed_are_not(
    monkeypatch,
) -> None:
    talks = Talks()
    talks.add("followed", {"replies": []})
    stream = talks.follow("followed", "", 1)
    await stream.__anext__()
    talks.add("left", {"replies": []})
    monkeypatch.setattr(web_events, "IDLE_SECONDS", -1)
    for n in range(5):
        talks.of(f"other-{n}")
    monkeypatch.undo()
    assert len(talks.of("followed").events) == 1
    assert len(talks.of("left").events) == 0
    await stream.aclose()
