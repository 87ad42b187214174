"""Webhook mode: Telegram calls us, over real HTTP."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from pydantic import SecretStr

from bot.channels.telegram.channel import TelegramChannel
from bot.server import build
from bot.settings import Settings
from tests.channels.telegram.fake_api import FakeApi
from tests.channels.telegram.people import Someone


@pytest.fixture
def hooked(conversation, telegram_settings: Settings, api: FakeApi) -> Iterator[str]:
    """The whole server in webhook mode; yields the address that Telegram was told."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/hook"
    settings = telegram_settings.copy(update={"telegram_webhook_url": url})
    config = uvicorn.Config(build(conversation, settings), port=port, ws="none", log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not api.webhook:
        assert thread.is_alive()
        time.sleep(0.02)
    yield url
    server.should_exit = True
    thread.join(15)


async def test_updates_are_answered_and_the_webhook_is_set_once(
    hooked: str, someone: Someone, api: FakeApi
) -> None:
    for text in ("/start", "/help"):
        assert await api.deliver(someone.says(text)) == 200
    await someone.waits(2)
    assert api.counted("setWebhook") == 1
    assert api.counted("getUpdates") == 0
    assert api.webhook["url"] == hooked
    assert len(api.webhook["secret_token"]) >= 32


@pytest.mark.parametrize("secret", ["", "wrong", "ä" * 48])
async def test_who_does_not_know_the_secret_is_not_heard(
    hooked: str, someone: Someone, api: FakeApi, secret: str
) -> None:
    number = someone.says("/start")
    update = next(one for one in api.updates if one["update_id"] == number)
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret.encode("utf-8")} if secret else {}
    async with httpx.AsyncClient() as client:
        assert (await client.post(hooked, json=update, headers=headers)).status_code == 403
    await asyncio.sleep(0.3)
    assert someone.sees == []


async def test_it_is_acknowledged_before_it_is_answered(
    hooked: str, someone: Someone, api: FakeApi, conversation, monkeypatch
) -> None:
    answer, held = conversation.answer, threading.Event()

    async def waiting(turn):
        await asyncio.to_thread(held.wait)
        return await answer(turn)

    monkeypatch.setattr(conversation, "answer", waiting)
    assert await api.deliver(someone.says("/start")) == 200
    assert someone.sees == []
    held.set()
    await someone.waits(1)


async def test_a_redelivery_is_acknowledged_and_dropped(
    hooked: str, someone: Someone, api: FakeApi
) -> None:
    number = someone.says("/start")
    for _ in range(3):
        assert await api.deliver(number) == 200
    await someone.waits(1)
    await asyncio.sleep(0.3)
    assert len(someone.sees) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"[]", 200), (b"x" * 2_000_000, 413), (b'{"update_id": 1}', 200)],
)
async def test_a_body_that_is_no_update_is_refused(
    hooked: str, api: FakeApi, body: bytes, status: int
) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": api.webhook["secret_token"]}
    async with httpx.AsyncClient() as client:
        assert (await client.post(hooked, content=body, headers=headers)).status_code == status
        assert (await client.get(hooked, headers=headers)).status_code == 405


def test_a_secret_of_the_operators_own_is_used(conversation, telegram_settings) -> None:
    own = {
        "telegram_webhook_url": "https://example.org/x",
        "telegram_webhook_secret": SecretStr("mine"),
    }
    assert (
        TelegramChannel(conversation, telegram_settings.copy(update=own))._webhook.secret == "mine"
    )
