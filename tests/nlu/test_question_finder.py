import uuid

import pytest

from bot.conversation.turn import Turn


async def ask(conversation, text: str):
    return await conversation.answer(Turn("test", str(uuid.uuid4()), text))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("do scars from self harm ever fade away?", "scarring"),
        ("is it my fault that my son hurts himself?", "loved_one"),
    ],
)
async def test_a_question_in_other_words_gets_its_vetted_answer(
    conversation, text: str, topic: str
) -> None:
    answer = await ask(conversation, text)
    assert (answer.intent, answer.topic) == ("ask_question", topic)
    known = {q.say for q in conversation._services.questions.values() if q.topic == topic}
    assert known & {reply.text for reply in answer.replies}


async def test_starting_something_beats_being_told_about_it(conversation) -> None:
    assert (
        await ask(conversation, "can you help me plan how to tell my mum?")
    ).intent == "plan_disclosure"


async def test_danger_beats_every_question(conversation) -> None:
    answer = await ask(conversation, "is it normal that i want to kill myself tonight?")
    assert answer.safety.level == "crisis"
