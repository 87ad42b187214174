"""A Bot API server on loopback, and the real channel around the real conversation."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.channels.telegram.channel import TelegramChannel
from bot.settings import Settings
from tests.channels.telegram.fake_api import TOKEN, FakeApi
from tests.channels.telegram.people import Someone


@pytest.fixture
def api() -> Iterator[FakeApi]:
    made = FakeApi()
    made.start()
    yield made
    made.stop()
    assert made.refused == []  # whatever a test is about, we never send what the API does not take


@asynccontextmanager
async def running(conversation: Any, settings: Settings) -> AsyncIterator[TelegramChannel]:
    """A channel that runs until the block ends, and then finishes what it began."""
    channel = TelegramChannel(conversation, settings)
    task = asyncio.create_task(channel.run())
    try:
        yield channel
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def telegram_settings(in_force: Settings, api: FakeApi) -> Settings:
    return in_force.copy(
        update={"telegram_bot_token": SecretStr(TOKEN), "telegram_base_url": api.base_url}
    )


@pytest_asyncio.fixture
async def channel(conversation, telegram_settings: Settings) -> AsyncIterator[TelegramChannel]:
    async with running(conversation, telegram_settings) as made:
        yield made


@pytest.fixture
def someone(api: FakeApi) -> Someone:
    return Someone(api)
