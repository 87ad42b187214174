"""The terminal: one message a line in, one answer a line out."""

import asyncio
import contextlib
import json
import sys
import uuid
from typing import Any, Optional

from bot.conversation.brain import ModelProblem
from bot.conversation.service import Conversation
from bot.conversation.start import start
from bot.conversation.turn import Answer, Turn

CHANNEL = "terminal"


def run(as_json: bool, user: Optional[str], json_in: bool) -> None:
    """Talk until the input ends.

    Args:
        as_json: answer in JSON lines.
        user: the person's name, or None for a new person.
        json_in: read `{"person", "text"}` a line, for many people in one process.

    Raises:
        ModelProblem: there is no model; every line was answered with the static help.
    """
    person = user or f"new-{uuid.uuid4()}"
    conversation = start(model_needed=False)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_talk(conversation, as_json, person, json_in))
    if conversation.problem:  # whoever wrote has got the static help; the operator gets the cure
        raise ModelProblem(conversation.problem)


async def _talk(conversation: Conversation, as_json: bool, person: str, json_in: bool) -> None:
    interactive = sys.stdin.isatty() and not as_json
    if interactive:
        answer = await conversation.answer(Turn(CHANNEL, person, "/start"))
        sys.stdout.write(_plain(answer))
    while True:
        if interactive:
            sys.stdout.write("> ")
            sys.stdout.flush()
        line = await asyncio.to_thread(sys.stdin.buffer.readline)
        if not line:
            return
        who, text, wrong = _read(line, person, json_in)
        answer = await conversation.answer(Turn(CHANNEL, who, text))
        shape: dict[str, Any] = answer.as_dict(text)
        if json_in:
            shape["person"] = who
        if wrong:
            shape["error"] = wrong
        out = json.dumps(shape, ensure_ascii=False) + "\n" if as_json else _plain(answer)
        sys.stdout.write(out)
        sys.stdout.flush()


def _read(line: bytes, person: str, json_in: bool) -> tuple[str, str, str]:
    """Who says what; bytes that are no text become signs that cannot be read."""
    text = line.decode("utf-8", errors="replace").rstrip("\r\n").replace("\x00", "")
    if not json_in:
        return person, text, ""
    try:
        given = json.loads(text)
        return str(given["person"]), str(given["text"]), ""
    except (ValueError, KeyError, TypeError):
        return person, "", 'a line must be {"person": "…", "text": "…"}'


def _plain(answer: Answer) -> str:
    lines = []
    for reply in answer.replies:
        lines.append(reply.text)
        if reply.file:
            lines.append(reply.file["text"])
        if reply.buttons:
            lines.append("  " + "   ".join(f"[{button.title}]" for button in reply.buttons))
    return "\n".join(lines) + "\n\n"
