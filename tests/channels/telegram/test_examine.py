"""What the doctor says about Telegram."""

import json

import pytest
from pydantic import SecretStr

from bot.channels.telegram import examine
from tests.channels.telegram import fake_api
from tests.channels.telegram.fake_api import TOKEN, FakeApi


async def look(settings):
    import asyncio

    return await asyncio.to_thread(examine.look, settings, True)


async def test_a_token_that_telegram_takes_is_ok(telegram_settings) -> None:
    assert [state for state, *_ in await look(telegram_settings)] == ["ok"]


async def test_a_token_that_telegram_refuses_names_its_cure(telegram_settings) -> None:
    other = telegram_settings.copy(update={"telegram_bot_token": SecretStr("1:other")})
    [(state, _says, cure)] = await look(other)
    assert state == "fault"
    assert "BotFather" in cure


async def test_a_telegram_out_of_reach_is_a_fault_without_the_token(
    telegram_settings, api: FakeApi
) -> None:
    api.inject("getMe", "502")
    found = await look(telegram_settings)
    assert found[0][0] == "fault"
    assert TOKEN not in json.dumps(found)


async def test_a_bot_that_groups_may_use_is_warned_of(telegram_settings, monkeypatch) -> None:
    can = {"can_join_groups": True, "can_read_all_group_messages": True}
    monkeypatch.setattr(fake_api, "BOT", {**fake_api.BOT, **can})
    found = await look(telegram_settings)
    assert [state for state, *_ in found] == ["warning", "warning"]


@pytest.mark.parametrize(
    ("url", "secret", "states"),
    [
        ("https://example.org/x", None, ["ok"]),
        ("https://example.org:8443/x", "mine_1", ["ok"]),
        ("http://example.org/x", None, ["fault"]),
        ("https://example.org:9000/x", None, ["fault"]),
        ("https://example.org/x", "with a space", ["fault"]),
    ],
)
def test_webhook_settings_are_looked_at(telegram_settings, url, secret, states) -> None:
    update = {"telegram_webhook_url": url, "telegram_webhook_secret": secret and SecretStr(secret)}
    found = examine.look(telegram_settings.copy(update=update), online=False)
    assert [state for state, *_ in found] == states
