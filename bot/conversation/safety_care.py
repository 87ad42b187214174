"""What is owed to a person's safety beside an answer: a question, or coming back to it.

The `safety` slot remembers: `since` (turns since our question or help), `helped`
(turns since help), `open` (help was given and the matter is not closed), `asked`
(our question waits for an answer), `followed` (how often we came back to it since
the help).
"""

import re
import time
from typing import Any, Optional

from bot.nlu.answers import yes_or_no
from bot.nlu.asking import asks
from bot.nlu.safety_gate import MORE
from bot.safety.reply import (
    asks_for_words,
    has_eased,
    is_in_touch,
    is_with_somebody,
    refuses_call,
)
from bot.safety.verdict import CALM, LEVELS, Verdict

ASK_AGAIN_AFTER = 6
"""Turns before the safety question may be asked again."""
FOLLOW_UP_AFTER = 4
"""Quiet turns after crisis help before we come back to it, when no walk is under way."""
NEXT_VISIT = 3 * 3600
"""Seconds of silence after which a message counts as a new visit."""
REACHED = {"third_party": "/reached_other", "medical": "/reached_care"}
"""What "somebody is there" stands for, by the kind of danger."""
JUST_HELPED = 3
"""Turns after crisis help in which a message may answer it."""
HELP_AGAIN = 0.3
"""The detector's score from which more about a danger, right after help, is met as danger again."""
SHORT_ANSWER = 4
"""Words up to which "yes" or "no" after crisis help is an answer to it and nothing more."""
SIGN = 0.9
"""A score from which a crisis is a new sign, whatever else the message says."""
_OTHER = re.compile(r"\b(?:she|he|they|her|him|them)(?:'s|'ll|'d)?\b")
"""Words of somebody who tells of another's hurt body."""
MOST_FOLLOW_UPS = 2
"""Once later in the talk, once on the next visit: care, and no interrogation."""


def care(
    slots: dict[str, Any], saved: Optional[dict[str, Any]], verdict: Verdict, text: str
) -> tuple[str, ...]:
    """The actions to run beside Rasa's own answer, or none.

    Args:
        slots: the conversation's slots before this turn.
        saved: the conversation as loaded; `at` is when it was saved (Unix seconds).
        verdict: the detector's, on this message.
        text: what Rasa is given, a payload when it begins with a slash.
    """
    safety: dict[str, Any] = slots.get("safety") or {}
    since = safety.get("since")
    if verdict.level == "check_in" and text == "/forget_data":
        return ("action_show_helplines",)  # no answer to a question would be known any more
    if verdict.level == "check_in" and (not text.startswith("/") or text == "/export_data"):
        return ("action_check_in",) if since is None or since >= ASK_AGAIN_AFTER else ()
    if not safety.get("open") or verdict.level != "none" or safety.get("asked"):
        return ()
    followed = int(safety.get("followed") or 0)
    if followed >= MOST_FOLLOW_UPS or text.startswith(
        ("/forget", "/stop", "/export", "/timer_due")
    ):
        return ()
    if new_visit(saved):
        return ("action_follow_up_visit",)
    quiet = not slots.get("walk") and not text.startswith("/urge_now")
    due = not followed and int(since or 0) >= FOLLOW_UP_AFTER
    return ("action_follow_up",) if quiet and due else ()


def after_help(safety: dict[str, Any], plain: str, verdict: Verdict = CALM) -> str:
    """The payload for an answer to crisis help given just before, or an empty text.

    Calling may be too much, somebody has been reached, or it is a bare "yes" or
    "no": each is met, and none is taken for another topic.

    Args:
        safety: the slot.
        plain: the message, normalised; it holds no high-precision sign of danger.
        verdict: the detector's. One that leaves no doubt gets help again, unless
            somebody is there.
    """
    kind = just_helped(safety)
    if not kind:
        return ""
    sign = verdict.at_least("crisis") and verdict.score >= SIGN
    reached = is_with_somebody(plain) or (not sign and is_in_touch(plain))
    if reached and not asks(plain):
        return REACHED.get(kind, "/reached_someone")
    if sign:
        return ""
    if has_eased(plain) and not asks(plain) and not verdict.at_least("crisis"):
        return "/aside"
    if asks_for_words(plain):
        return "/lower_barrier" if kind == "crisis" else f"/{MORE[kind]}"
    if refuses_call(plain):  # a helper is given words to go on, and no line to text for themselves
        others = kind == "third_party" or (kind == "medical" and _OTHER.search(plain))
        return f"/{MORE[kind]}" if others else "/lower_barrier"
    word = yes_or_no(plain) if len(plain.split()) <= SHORT_ANSWER else None
    return {"yes": "/help_answered", "no": "/help_refused"}.get(word or "", "")


def just_helped(safety: dict[str, Any]) -> str:
    """The kind of danger that help was given for within the last turns, or an empty text."""
    fresh = bool(safety.get("open")) and int(safety.get("helped", JUST_HELPED)) < JUST_HELPED
    return str(safety.get("kind") or "") if fresh else ""


def new_visit(saved: Optional[dict[str, Any]]) -> bool:
    """Whether so long has passed since the last turn that this is another visit."""
    at = float((saved or {}).get("at") or 0.0)
    return bool(at) and time.time() - at > NEXT_VISIT


def age(safety: dict[str, Any]) -> None:
    """One turn has passed since the safety question or the help; the question is spent."""
    if safety:
        safety["asked"] = False
        safety["since"] = int(safety.get("since") or 0) + 1
        safety["helped"] = int(safety.get("helped", JUST_HELPED)) + 1


def verdicts(saved: Optional[dict[str, Any]]) -> list[Verdict]:
    """The verdicts of the kept turns, the newest last."""
    return [
        Verdict(**safety)
        for event in (saved or {}).get("events") or []
        if event.get("event") == "user"
        and (safety := (event.get("parse_data") or {}).get("safety"))
    ]


def most_urgent(found: list[Verdict]) -> Verdict:
    """The most urgent of some verdicts."""
    return max(found, key=lambda v: (LEVELS.index(v.level), v.score), default=CALM)
