"""Where a conversation stands, read from its saved turns: for whoever comes back to it."""

from typing import Any, Optional

from bot.conversation.buttons import to_buttons
from bot.conversation.turn import Answer, Reply
from bot.record.store import Store


def last_answer(store: Store, person: str) -> Optional[Answer]:
    """What was said last to a person, with its buttons; None when there is nothing to go back to.

    Raises:
        StoreProblem, KeyProblem: the conversation cannot be read.
    """
    saved = store.conversation(person)
    said: list[dict[str, Any]] = []
    for event in reversed((saved or {}).get("events") or []):
        if event.get("event") == "user":
            break
        if event.get("event") == "bot":
            said.insert(0, event)
    replies = [
        Reply(
            str(event.get("text") or ""),
            to_buttons(store.vault, person, (event.get("data") or {}).get("buttons") or []),
        )
        for event in said
        if event.get("text")
    ]
    return Answer(tuple(replies)) if replies else None
