"""A part that hangs: the person is answered in time, and what comes late changes nothing."""

import asyncio
import threading
import uuid

import pytest

from bot.conversation.turn import Turn
from bot.safety.static_help import STATIC_HELP

LIMIT = 0.3
"""Seconds that a turn may take here."""


@pytest.fixture
def hurried(conversation, monkeypatch: pytest.MonkeyPatch):
    """The conversation with hardly any patience."""
    monkeypatch.setattr(conversation._services.settings, "turn_seconds", LIMIT)
    return conversation


async def test_a_store_that_hangs_is_met_with_help(hurried, monkeypatch) -> None:
    freed, came_back = threading.Event(), threading.Event()

    def hang(_person: str) -> None:
        freed.wait(60)
        came_back.set()

    monkeypatch.setattr(hurried.store, "conversation", hang)
    answer = await hurried.answer(Turn("test", str(uuid.uuid4()), "hello"))
    assert not came_back.is_set()
    freed.set()
    assert answer.failed == "store"
    assert answer.replies[-1].text == STATIC_HELP


async def test_a_turn_that_overran_its_time_is_not_kept(hurried, monkeypatch) -> None:
    person = str(uuid.uuid4())
    brain = hurried._brain
    parse = brain._processor.parse_message

    async def slow(*given, **named):
        await asyncio.sleep(2 * LIMIT)
        return await parse(*given, **named)

    with monkeypatch.context() as slowed:
        slowed.setattr(brain._processor, "parse_message", slow)
        late = await hurried.answer(Turn("test", person, "i want to tell my mum"))
    assert late.failed == "rasa"
    await asyncio.sleep(4 * LIMIT)
    assert hurried.store.conversation(hurried.person(Turn("test", person, ""))) is None


async def test_a_detector_that_is_half_gone_is_reported(conversation, monkeypatch) -> None:
    assert conversation.unread == ""
    monkeypatch.setattr(conversation._detector, "problems", ["the learnt part is missing"])
    assert "learnt part" in conversation.unread
