"""The web server over real HTTP on loopback: what is served, and to whom."""

import base64
import datetime as dt
import hashlib
import json
import socket
from collections.abc import Iterator

import httpx
import pytest

from bot.channels.web import Limits, session
from bot.conversation.turn import Turn
from bot.safety.static_help import STATIC_HELP
from bot.server import build
from bot.settings import ROOT
from tests.channels.streams import events
from tests.running import Running

ELSEWHERE, FRIEND = "https://elsewhere.example", "https://friend.example"


@pytest.fixture(scope="module")
def running(conversation, in_force) -> Iterator[Running]:
    settings = in_force.copy(update={"allowed_origins": f"{FRIEND}, https://other.example/"})
    made = Running(
        build(conversation, settings, Limits(sessions_per_minute=1000, body_seconds=0.5))
    )
    yield made
    made.stop()


@pytest.fixture
def server(running: Running) -> str:
    return running.url


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=20) as made:
        yield made


@pytest.fixture
def token(client: httpx.Client) -> str:
    return client.post("/api/session").json()["token"]


def helps(refused: httpx.Response) -> bool:
    return refused.json()["replies"][0]["text"] == STATIC_HELP


def test_the_page_is_served_with_a_strict_policy(client: httpx.Client) -> None:
    for path in ("/", "/frame"):
        page = client.get(path)
        assert page.status_code == 200
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "set-cookie" not in page.headers
        assert page.headers["cache-control"] == "no-store"
    for path in ("/page.css", "/widget.js", "/widget.mjs", "/health"):
        assert client.get(path).status_code == 200, path
    assert client.get("/ready").json() == {"ready": True, "failed": ""}


def test_only_allowed_websites_may_frame_the_chat(client: httpx.Client) -> None:
    assert FRIEND in client.get("/frame").headers["content-security-policy"]
    assert "frame-ancestors 'self'" in client.get("/").headers["content-security-policy"]


def test_any_page_may_load_the_script_and_check_its_hash(client: httpx.Client) -> None:
    built = json.loads((ROOT / "web" / "dist" / "widget.json").read_text())
    pinned = client.get(f"/{built['script']}")
    digest = base64.b64encode(hashlib.sha384(pinned.content).digest()).decode()
    assert built["integrity"] == f"sha384-{digest}"
    assert pinned.headers["access-control-allow-origin"] == "*"
    assert client.get("/widget.js").content == pinned.content


@pytest.mark.parametrize("name", ["widget-x.js", "widget-..%2f..%2fkey.js", "widget-%2e%2e.js"])
def test_no_other_file_can_be_asked_for(client: httpx.Client, name: str) -> None:
    assert client.get(f"/{name}").status_code == 404


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
    for refused in (
        client.post("/api/messages", json={"token": bad, "text": "hello"}),
        client.get("/api/events", headers={"authorization": f"Bearer {bad or 0}"}),
        client.post("/api/recovery", headers={"authorization": f"Bearer {bad or 0}"}),
    ):
        assert refused.status_code == 401
        assert helps(refused)


def test_an_expired_token_is_refused(client: httpx.Client, conversation, monkeypatch) -> None:
    monkeypatch.setattr(session, "LIFETIME", -1)
    old = session.mint(conversation.store.vault)
    assert client.post("/api/messages", json={"token": old, "text": "hello"}).status_code == 401


def test_a_token_does_not_open_another_conversation(client: httpx.Client, token: str) -> None:
    _, _, signature = token.rpartition(".")
    other = client.post("/api/session").json()["token"].rpartition(".")[0]
    refused = client.post("/api/messages", json={"token": f"{other}.{signature}", "text": "hello"})
    assert refused.status_code == 401


def test_a_button_of_another_conversation_does_nothing_there(client: httpx.Client) -> None:
    one, other = (client.post("/api/session").json()["token"] for _ in range(2))
    greeted = client.post("/api/messages", json={"token": one, "text": "/start"}).json()
    stolen = greeted["replies"][-1]["buttons"][0]["payload"]
    answer = client.post("/api/messages", json={"token": other, "pressed": stolen}).json()
    assert not answer["scale"]  # the button would have asked how strong the urge is


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b'"x"', b"[" * 20_000])
def test_a_broken_body_is_refused(client: httpx.Client, body: bytes) -> None:
    refused = client.post("/api/messages", content=body)
    assert refused.status_code == 400
    assert helps(refused)


def test_a_huge_body_is_refused(client: httpx.Client, token: str) -> None:
    body = json.dumps({"token": token, "text": "x" * 2 * Limits().body_bytes})
    assert client.post("/api/messages", content=body).status_code == 413
    pieces = (b" " * 1024 for _ in range(100))  # its length is not announced
    assert client.post("/api/messages", content=pieces).status_code == 413


def test_a_body_that_does_not_arrive_is_not_waited_for(running: Running) -> None:
    head = b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{"
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as slow:
        slow.sendall(head)
        answer = slow.recv(65536)
    assert b" 408 " in answer.splitlines()[0]
    assert b"999" in answer


@pytest.mark.parametrize(
    "origin", [ELSEWHERE, "null", f"{FRIEND}.evil.example", "http://friend.example"]
)
def test_another_origin_is_refused_with_help(client: httpx.Client, token: str, origin: str) -> None:
    headers = {"origin": origin, "authorization": f"Bearer {token}"}
    for refused in (
        client.post("/api/session", headers=headers),
        client.post("/api/messages", headers=headers, json={"text": "hello"}),
        client.get("/api/events", headers=headers),
        client.get("/api/config", headers=headers),
        client.options("/api/messages", headers=headers),
    ):
        assert refused.status_code == 403
        assert helps(refused)
        assert "access-control-allow-origin" not in refused.headers


def test_an_allowed_origin_may_talk(client: httpx.Client) -> None:
    asked = client.options("/api/messages", headers={"origin": FRIEND})
    assert asked.status_code == 204
    assert "authorization" in asked.headers["access-control-allow-headers"]
    begun = client.post("/api/session", headers={"origin": FRIEND})
    assert begun.headers["access-control-allow-origin"] == FRIEND
    assert "access-control-allow-credentials" not in begun.headers  # there is no cookie


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
        answer = client.post("/api/messages", json={"token": token, "text": text}).json()
    assert 50 <= answer["timer"] <= 60
    person = conversation.person(Turn("web", token.partition(".")[0]))
    [nudge] = conversation.store._nudges(person=person)
    due = dt.datetime.utcnow() - dt.timedelta(seconds=1)
    conversation.store.keep_promise(nudge["id"])
    conversation.store.promise(person, due, nudge["value"])
    async with httpx.AsyncClient(base_url=server, timeout=20) as browser:
        event = await events(browser, token, answer["id"]).__anext__()
    assert event["scale"] is True  # it asks how strong the urge is now
    assert event["timer"] is None
