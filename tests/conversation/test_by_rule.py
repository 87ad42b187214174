"""What written words stand for by rule: nothing is lost by an "ok"."""

import uuid
from types import SimpleNamespace

import pytest

from bot.conversation import by_rule
from bot.conversation.service import Conversation
from bot.conversation.turn import Answer, Turn


class Someone:
    """One person who writes."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation, self.name = conversation, str(uuid.uuid4())

    async def says(self, text: str) -> Answer:
        return await self.conversation.answer(Turn("test", self.name, text))


@pytest.fixture
def someone(conversation) -> Someone:
    return Someone(conversation)


@pytest.mark.parametrize("up", [0.0, 5.0, 599.0, 10_000.0])
async def test_a_yes_deletes_nothing_however_short_the_machine_is_up(
    someone, monkeypatch, up
) -> None:
    monkeypatch.setattr(by_rule, "time", SimpleNamespace(monotonic=lambda: up))
    await someone.says("i want to hurt myself")
    for text in ("ok", "sure", "yes do it"):
        assert (await someone.says(text)).intent != "forget_data"
    pseudonym = someone.conversation.person(Turn("test", someone.name))
    assert someone.conversation.store.conversation(pseudonym) is not None


async def test_a_yes_right_after_a_deletion_is_about_it_and_the_next_one_is_not(someone) -> None:
    await someone.says("/forget")
    assert (await someone.says("yes, delete it")).intent == "forget_data"
    await someone.says("hello")
    assert (await someone.says("ok")).intent != "forget_data"


async def test_long_after_a_deletion_a_yes_is_not_about_it(someone, monkeypatch) -> None:
    now = [50.0]
    monkeypatch.setattr(by_rule, "time", SimpleNamespace(monotonic=lambda: now[0]))
    await someone.says("/forget")
    now[0] += by_rule.JUST_FORGOTTEN + 1
    assert (await someone.says("ok")).intent != "forget_data"
