"""A turn that was cut off after it was kept and before its answer was delivered.

A channel that is killed in between hands the same turn in again. What was
said then stands in the kept conversation: it is said once more, and the walk
does not take the same answer for its next question.
"""

from typing import Any, Optional

from bot.conversation.brain import Thought
from bot.safety.verdict import CALM, Verdict


def said_before(
    saved: Optional[dict[str, Any]], turn_id: Optional[str]
) -> Optional[tuple[Thought, Verdict, tuple[str, ...]]]:
    """What was made of this turn and which actions ran beside it, or None when it is new.

    None as well when it was an export or a picture.

    Those are made from the record and kept nowhere; making them again is harmless.
    """
    if saved is None or turn_id is None or saved.get("turn") != turn_id:
        return None
    events = list(saved.get("events") or [])
    heard = max((i for i, one in enumerate(events) if one.get("event") == "user"), default=-1)
    spoken = [one for one in events[heard + 1 :] if one.get("event") == "bot"]
    if heard < 0 or not spoken or any(one.get("made") for one in spoken):
        return None
    parse = events[heard].get("parse_data") or {}
    intent = parse.get("intent") or {}
    thought = Thought(
        said=[{**(one.get("data") or {}), "text": one.get("text")} for one in spoken],
        intent=str(intent.get("name") or ""),
        confidence=float(intent.get("confidence") or 0.0),
        place=(saved.get("slots") or {}).get("walk") or {},
    )
    last = (spoken[-1].get("metadata") or {}).get("utter_action")
    besides = ("action_introduce",) if last == "utter_introduce" else ()
    return thought, Verdict(**parse["safety"]) if parse.get("safety") else CALM, besides
