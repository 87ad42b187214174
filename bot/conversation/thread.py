"""What a conversation is about, from one turn to the next.

People add to what was said a moment ago ("it was after a fight"), or ask where
we were. The thread is the last subject that was talked of and how many turns
ago that was; it is kept in the slot `about`.
"""

from typing import Any, Optional

from bot.content.questions import Question
from bot.conversation.walks import Walk
from bot.nlu.chats import SUBJECTS
from bot.nlu.kinds import ASIDE, DANGER, LINES
from bot.nlu.normalise import normalise

FRESH = 2
"""Turns after which a message no longer adds to a subject by itself."""


class Topics:
    """The topic of each turn."""

    def __init__(
        self, of_intents: dict[str, str], walks: dict[str, Walk], questions: dict[str, Question]
    ) -> None:
        self._of_intents = of_intents
        self._walks = walks
        self._questions = questions

    def of(self, intent: str, walk: str = "", question: str = "", about: str = "") -> str:
        """The topic of a turn.

        Args:
            intent: what the message was read as.
            walk: the walk that took it as an answer, if one did.
            question: the vetted question that was answered, if one was.
            about: the subject that was talked of before.
        """
        if question in self._questions:
            return self._questions[question].topic
        if walk in self._walks:
            return self._walks[walk].topic
        if intent in (ASIDE, "resume", "skip", "safety_denied") and about:
            return about
        if intent in LINES and about in DANGER:  # "we're in Lagos" is about whoever is in danger
            return about
        return self.of_intent(intent, "out_of_scope")

    def of_intent(self, intent: str, otherwise: str) -> str:
        """The topic that an intent belongs to, or `otherwise` when it is in none."""
        return self._of_intents.get(intent, otherwise)


def thread_after(before: Optional[dict[str, Any]], topic: str, walked: bool) -> dict[str, Any]:
    """The slot `about` after a turn.

    Args:
        before: the slot before it.
        topic: the turn's.
        walked: whether a walk took the message.

    Returns:
        `topic`, `age` (turns since it was talked of), `walked`; empty while there is no subject.
    """
    if topic in SUBJECTS:
        return {"topic": topic, "age": 0, "walked": walked}
    return {**before, "age": int(before["age"]) + 1} if before else {}


def fresh(about: Optional[dict[str, Any]]) -> dict[str, Any]:
    """The slot as long as a message may add to its subject, else an empty one."""
    return about if about and int(about["age"]) <= FRESH else {}


def subject_of(slots: dict[str, Any], walks: dict[str, Walk]) -> str:
    """The topic of the walk under way, else the last subject however long ago, or an empty text."""
    walk = walks.get(str((slots.get("walk") or {}).get("walk")))
    return walk.topic if walk else str((slots.get("about") or {}).get("topic") or "")


def said_last(saved: Optional[dict[str, Any]]) -> str:
    """The person's last written message, normalised, or an empty text.

    Args:
        saved: the conversation as loaded.
    """
    for event in reversed((saved or {}).get("events") or []):
        if event.get("event") == "user":
            text = str(event.get("text") or "")
            return "" if text.startswith("/") else normalise(text)
    return ""
