"""The web server over real HTTP on loopback."""

import asyncio
import datetime as dt
import json
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from bot.channels.web import MOST_BYTES
from bot.conversation.turn import Turn
from bot.safety.static_help import STATIC_HELP
from bot.server import build


@pytest.fixture(scope="module")
def server(conversation, in_force) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(build(conversation, in_force), port=port, ws="none", log_config=None)
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(10)


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=20) as made:
        yield made


@pytest.fixture
def token(client: httpx.Client) -> str:
    return client.post("/api/session").json()["token"]


def test_the_page_is_served_with_a_strict_policy(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert "set-cookie" not in page.headers
    for path in ("/page.js", "/page.css", "/widget.js", "/health"):
        assert client.get(path).status_code == 200, path
    assert client.get("/ready").json() == {"ready": True, "failed": ""}


def test_a_talk_over_http(client: httpx.Client, token: str) -> None:
    answer = client.post(
        "/api/messages", json={"token": token, "text": "i need to hurt myself right now"}
    ).json()
    assert answer["replies"]
    assert answer["scale"] is True
    again = client.post("/api/messages", json={"token": token, "text": "8"}).json()
    assert again["replies"]
    assert "safety" not in again  # how a message was read stays on the server


@pytest.mark.parametrize("bad", ["", "x", "a.b.c", "abc.9999999999.0000000000000000"])
def test_a_forged_token_is_refused_with_help(client: httpx.Client, bad: str) -> None:
    refused = client.post("/api/messages", json={"token": bad, "text": "hello"})
    assert refused.status_code == 401
    assert refused.json()["replies"][0]["text"] == STATIC_HELP


def test_a_token_does_not_open_another_conversation(client: httpx.Client, token: str) -> None:
    _, _, signature = token.rpartition(".")
    other = client.post("/api/session").json()["token"].rpartition(".")[0]
    refused = client.post("/api/messages", json={"token": f"{other}.{signature}", "text": "hello"})
    assert refused.status_code == 401


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'"x"'])
def test_a_broken_body_is_refused(client: httpx.Client, body: bytes) -> None:
    assert client.post("/api/messages", content=body).status_code == 400


def test_a_huge_body_is_refused(client: httpx.Client, token: str) -> None:
    body = json.dumps({"token": token, "text": "x" * 2 * MOST_BYTES})
    assert client.post("/api/messages", content=body).status_code == 413


def test_another_origin_is_refused(client: httpx.Client) -> None:
    refused = client.post("/api/session", headers={"origin": "https://elsewhere.example"})
    assert refused.status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/webhooks/rest/webhook", "/conversations/x/tracker", "/model/parse", "/status", "/version"],
)
def test_nothing_of_rasas_own_api_is_reachable(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_metrics_are_for_loopback_only(client: httpx.Client) -> None:
    assert "tideline_failed_turns" in client.get("/metrics").text
    proxied = client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"})
    assert proxied.status_code == 403


async def test_a_timer_that_is_due_reaches_the_page(
    client: httpx.Client, server: str, token: str, conversation
) -> None:
    for text in ("i need to hurt myself right now", "5", "wait with a timer", "1"):
        client.post("/api/messages", json={"token": token, "text": text})
    person = conversation.person(Turn("web", token.partition(".")[0]))
    [nudge] = conversation.store._nudges(person=person)
    due = dt.datetime.utcnow() - dt.timedelta(seconds=1)
    conversation.store.keep_promise(nudge["id"])
    conversation.store.promise(person, due, nudge["value"])
    async with httpx.AsyncClient(base_url=server, timeout=20) as browser:
        async with browser.stream("GET", "/api/events", params={"token": token}) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data: "):
                    pushed = json.loads(line[6:])
                    break
    assert pushed["scale"] is True  # it asks how strong the urge is now
    await asyncio.sleep(0)
