"""A talk over Telegram, with the true client over HTTP."""

from tests.channels.telegram.people import Someone


async def test_start_is_answered_with_buttons(channel, someone: Someone) -> None:
    [hello] = await someone.hears("/start")
    assert "bot" in hello.text
    assert "An urge right now" in hello.titles
