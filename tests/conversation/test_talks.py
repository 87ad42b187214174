"""End-to-end talks in `tests/conversations/*.yml`, through the real assistant.

`bot.evaluate.talks` says what a turn may expect of its answer.
"""

from pathlib import Path

import pytest

from bot.evaluate.talks import hold, misses, read

FOLDER = Path(__file__).parents[1] / "conversations"
TALKS = [
    pytest.param(talk, id=f"{path.stem}: {talk['talk']}")
    for path in sorted(FOLDER.glob("*.yml"))
    for talk in read(path)
]


@pytest.mark.parametrize("talk", TALKS)
async def test_talk(talk, conversation) -> None:
    answers = await hold(conversation, talk)
    for number, (turn, answer) in enumerate(zip(talk["turns"], answers), 1):
        words = "\n".join(reply.text for reply in answer.replies)
        told = f"turn {number} {turn}: {answer.topic}/{answer.intent} {answer.safety} {words!r}"
        assert not misses(turn, answer), told
