"""Nobody can take the chat away from the others, and whoever is turned away still finds help."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator

import httpx
import pytest

from bot.channels.web import Limits
from bot.conversation.turn import Answer, Reply
from bot.safety.static_help import STATIC_HELP
from bot.server import build
from tests.running import Running


@pytest.fixture
def serve(conversation, in_force) -> Iterator[Callable[..., Running]]:
    made: list[Running] = []

    def start(talk=conversation, **limits) -> Running:
        made.append(Running(build(talk, in_force, Limits(**limits))))
        return made[-1]

    yield start
    for running in made:
        running.stop()


def turned_away(answer: httpx.Response, status: int) -> bool:
    return answer.status_code == status and answer.json()["replies"][0]["text"] == STATIC_HELP


def test_new_conversations_of_one_address(serve) -> None:
    with httpx.Client(base_url=serve(sessions_per_minute=2).url) as client:
        answers = [client.post("/api/session") for _ in range(3)]
    assert [answer.status_code for answer in answers[:2]] == [200, 200]
    assert turned_away(answers[2], 429)


def test_messages_of_one_conversation(serve) -> None:
    with httpx.Client(base_url=serve(session_messages_per_minute=1).url, timeout=20) as client:
        tokens = [client.post("/api/session").json()["token"] for _ in range(2)]
        assert (
            client.post("/api/messages", json={"token": tokens[0], "text": "hi"}).status_code == 200
        )
        assert turned_away(
            client.post("/api/messages", json={"token": tokens[0], "text": "hi"}), 429
        )
        assert (
            client.post("/api/messages", json={"token": tokens[1], "text": "hi"}).status_code == 200
        )


def test_messages_of_one_address(serve) -> None:
    with httpx.Client(base_url=serve(address_messages_per_minute=1).url, timeout=20) as client:
        tokens = [client.post("/api/session").json()["token"] for _ in range(2)]
        assert (
            client.post("/api/messages", json={"token": tokens[0], "text": "hi"}).status_code == 200
        )
        assert turned_away(
            client.post("/api/messages", json={"token": tokens[1], "text": "hi"}), 429
        )


def test_guessing_recovery_codes(serve) -> None:
    with httpx.Client(base_url=serve(codes_per_minute=2).url, timeout=20) as client:
        tries = [
            client.post("/api/session", json={"code": f"AAAA-AAAA-AAAA-AAA{n}"}) for n in range(3)
        ]
    assert [answer.status_code for answer in tries] == [404, 404, 429]


class Slow:
    """The conversation, in which every turn waits until it is let go."""

    def __init__(self, conversation) -> None:
        self._conversation = conversation
        self.go = asyncio.Event()

    def __getattr__(self, name: str):
        return getattr(self._conversation, name)

    async def answer(self, turn) -> Answer:
        await self.go.wait()
        return Answer((Reply("done"),))


async def test_more_turns_at_once_than_the_server_takes(serve, conversation) -> None:
    slow = Slow(conversation)
    running = serve(slow, turns_at_once=2)
    async with httpx.AsyncClient(base_url=running.url, timeout=20) as client:
        token = (await client.post("/api/session")).json()["token"]

        def send(n: int):
            return client.post("/api/messages", json={"token": token, "id": str(n), "text": "hi"})

        waiting = [asyncio.ensure_future(send(n)) for n in range(2)]
        web = running.app.state.web
        while web._doors.turns < 2:
            await asyncio.sleep(0.01)
        refused = await send(3)
        assert turned_away(refused, 503)
        assert refused.headers["retry-after"]
        again = asyncio.ensure_future(send(1))  # one that is being answered may ask again
        await asyncio.sleep(0.1)
        assert not again.done()
        running._server.servers[0].get_loop().call_soon_threadsafe(slow.go.set)
        answers = await asyncio.gather(*waiting, again)
        assert all(answer.json()["replies"][0]["text"] == "done" for answer in answers)
        assert (await send(4)).status_code == 200


async def test_one_conversation_opened_too_often(serve) -> None:
    running = serve(streams_per_session=1)
    async with httpx.AsyncClient(base_url=running.url, timeout=20) as client:
        token = (await client.post("/api/session")).json()["token"]
        headers = {"authorization": f"Bearer {token}"}
        async with client.stream("GET", "/api/events", headers=headers) as stream:
            await stream.aiter_lines().__anext__()
            assert turned_away(await client.get("/api/events", headers=headers), 429)
        while running.app.state.web.talks.followers():
            await asyncio.sleep(0.01)
        async with client.stream("GET", "/api/events", headers=headers) as stream:
            assert stream.status_code == 200


async def test_one_address_opened_too_often(serve) -> None:
    running = serve(streams_per_address=1)
    async with httpx.AsyncClient(base_url=running.url, timeout=20) as client:
        tokens = [(await client.post("/api/session")).json()["token"] for _ in range(2)]
        one, other = ({"authorization": f"Bearer {token}"} for token in tokens)
        async with client.stream("GET", "/api/events", headers=one) as stream:
            await stream.aiter_lines().__anext__()
            assert turned_away(await client.get("/api/events", headers=other), 429)
        while running.app.state.web.talks.followers():
            await asyncio.sleep(0.01)
        async with client.stream("GET", "/api/events", headers=other) as stream:
            assert stream.status_code == 200


async def test_a_reader_who_does_not_read_is_let_go(serve) -> None:
    running = serve(write_seconds=0.3)
    web, loop = running.app.state.web, running._server.servers[0].get_loop()
    token = httpx.post(f"{running.url}/api/session").json()["token"]
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", running.port))
        head = f"GET /api/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
        deaf.sendall(head.encode())
        address = token.partition(".")[0]
        started = time.monotonic()
        seen = False
        while time.monotonic() - started < 15:
            seen = seen or web.talks.followers(address) == 1
            big = Answer((Reply("x" * 200_000),))
            asyncio.run_coroutine_threadsafe(web.push(address, big), loop).result(5)
            await asyncio.sleep(0.05)
            if seen and web.talks.followers(address) == 0:
                break
        assert seen
        assert web.talks.followers(address) == 0
    assert len(web.talks.of(address).events) <= 64  # what waits for them is bounded
