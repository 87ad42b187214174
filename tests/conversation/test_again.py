"""A turn that is handed in again after a crash is not taken twice."""

import uuid

from bot.conversation.turn import Answer, Turn


def words(answer: Answer) -> list[str]:
    return [reply.text for reply in answer.replies]


async def test_the_same_turn_gets_the_same_answer_and_moves_nothing(conversation) -> None:
    person = str(uuid.uuid4())
    first = await conversation.answer(Turn("test", person, "i need to hurt myself", id="1"))
    again = await conversation.answer(Turn("test", person, "i need to hurt myself", id="1"))
    assert words(again) == words(first)
    assert (again.topic, again.scale) == (first.topic, first.scale)
    assert again.safety.as_dict() == first.safety.as_dict()
    rated = await conversation.answer(Turn("test", person, "5", id="2"))
    assert "Ride it out" in [button.title for reply in rated.replies for button in reply.buttons]
    twice = await conversation.answer(Turn("test", person, "5", id="2"))
    assert words(twice) == words(rated)


async def test_crisis_help_is_given_again(conversation) -> None:
    person = str(uuid.uuid4())
    first = await conversation.answer(Turn("test", person, "i want to kill myself", id="1"))
    again = await conversation.answer(Turn("test", person, "i want to kill myself", id="1"))
    assert words(again) == words(first)
    assert again.safety.level == "crisis"


async def test_an_export_is_made_again(conversation) -> None:
    person = str(uuid.uuid4())
    for _ in range(2):
        answer = await conversation.answer(Turn("test", person, "/export", id="1"))
        assert any(reply.file for reply in answer.replies)


async def test_a_new_turn_is_a_new_turn(conversation) -> None:
    person = str(uuid.uuid4())
    await conversation.answer(Turn("test", person, "hello", id="1"))
    answer = await conversation.answer(Turn("test", person, "/helplines", id="2"))
    assert "emergency" in "".join(words(answer))


async def test_an_export_does_not_grow_with_each_export(conversation) -> None:
    person = str(uuid.uuid4())
    sizes = []
    for _ in range(8):
        answer = await conversation.answer(Turn("test", person, "/export"))
        sizes.append(max(len(reply.file["text"]) for reply in answer.replies if reply.file))
    assert sizes[-1] < 1.5 * sizes[5]
