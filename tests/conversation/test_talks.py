"""End-to-end talks in `tests/conversations/*.yml`, through the real assistant.

Each turn gives what the person says or presses and what must hold of the answer:
`topic`, `level`, `has` / `lacks` (words in the replies), `buttons` (titles on offer).
"""

import uuid
from pathlib import Path

import pytest
import yaml

from bot.conversation.turn import Turn

FOLDER = Path(__file__).parents[1] / "conversations"
TALKS = [
    pytest.param(talk, id=f"{path.stem}: {talk['talk']}")
    for path in sorted(FOLDER.glob("*.yml"))
    for talk in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("talk", TALKS)
async def test_talk(talk, conversation) -> None:
    person = str(uuid.uuid4())
    for number, turn in enumerate(talk["turns"], 1):
        if "signal" in turn:
            sent = Turn("talks", person, signal=turn["signal"])
        else:
            sent = Turn("talks", person, str(turn["say"]))
        answer = await conversation.answer(sent)
        words = "\n".join(reply.text for reply in answer.replies)
        told = f"turn {number} {turn}: {answer.topic}/{answer.intent} {answer.safety} {words!r}"
        assert answer.replies and not answer.failed, told
        if "topic" in turn:
            assert answer.topic in str(turn["topic"]).split("|"), told
        if "level" in turn:
            assert answer.safety.level in str(turn["level"]).split("|"), told
        for part in _list(turn.get("has")):
            assert part.lower() in words.lower(), told
        for part in _list(turn.get("lacks")):
            assert part.lower() not in words.lower(), told
        titles = [button.title for reply in answer.replies for button in reply.buttons]
        for title in _list(turn.get("buttons")):
            assert title in titles, f"{told} {titles}"


def _list(value) -> list:
    return [] if value is None else value if isinstance(value, list) else [str(value)]
