"""Coming back to a record with a code."""

import json
from collections.abc import Iterator

import httpx
import pytest

from bot.channels.web import Limits, recovery
from bot.conversation.turn import Turn
from bot.record.store import Store
from bot.server import build
from tests.running import Running


@pytest.fixture(scope="module")
def running(conversation, in_force) -> Iterator[Running]:
    limits = Limits(sessions_per_minute=1000, codes_per_minute=1000)
    made = Running(build(conversation, in_force, limits))
    yield made
    made.stop()


@pytest.fixture
def client(running: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.url, timeout=20) as made:
        yield made


def begin(client: httpx.Client, code: str = "") -> str:
    return client.post("/api/session", json={"code": code} if code else {}).json()["token"]


def say(client: httpx.Client, token: str, text: str) -> dict:
    return client.post("/api/messages", json={"token": token, "text": text}).json()


def code_of(client: httpx.Client, token: str) -> str:
    return client.post("/api/recovery", headers={"authorization": f"Bearer {token}"}).json()["code"]


def test_a_code_opens_the_same_record_from_elsewhere(client: httpx.Client) -> None:
    token = begin(client)
    say(client, token, "tried drawing, was like an 8 now maybe 5")
    code = code_of(client, token)
    returned = begin(client, code.lower().replace("-", " "))
    assert "drawing" in say(client, returned, "/export")["replies"][0]["file"]["text"]


def test_a_code_is_kept_only_as_a_hash(client: httpx.Client, conversation) -> None:
    token = begin(client)
    say(client, token, "hello")
    code = code_of(client, token)
    person = conversation.person(Turn("web", token.partition(".")[0]))
    everything = json.dumps([conversation.store.export(one) for one in conversation.store.people()])
    assert code not in everything
    assert code.replace("-", "") not in everything
    assert conversation.store.one(person, "recovery")["holder"] != code


def test_a_newer_code_ends_the_older(client: httpx.Client) -> None:
    token = begin(client)
    older, newer = code_of(client, token), code_of(client, token)
    assert client.post("/api/session", json={"code": older}).status_code == 404
    assert client.post("/api/session", json={"code": newer}).status_code == 200


def test_deleting_everything_deletes_the_way_back_too(client: httpx.Client, conversation) -> None:
    before = set(conversation.store.people())
    token = begin(client)
    say(client, token, "hello")
    code = code_of(client, token)
    say(client, token, "/forget")
    assert client.post("/api/session", json={"code": code}).status_code == 404
    assert set(conversation.store.people()) == before


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA-AAAA", "x", "' OR 1=1", "0" * 1000])
def test_a_made_up_code_opens_nothing(client: httpx.Client, code: str) -> None:
    assert client.post("/api/session", json={"code": code}).status_code == 404


def test_codes_are_long_and_differ(store: Store) -> None:
    codes = {recovery.issue(store, "web", f"person-{n}") for n in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 19 and recovery.redeem(store, "web", code) for code in codes)
