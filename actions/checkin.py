"""Check-in: one message later, only when somebody asks for it, in words that give nothing away."""

import datetime as dt
import re
from typing import Optional

from actions.talk import Talk
from actions.walk import WalkAction
from bot.content.wording import wording
from bot.conversation.answering import Heard
from bot.nlu.normalise import normalise
from bot.nlu.times import DAY, HOUR, minutes_until

CHECKIN = "checkin"
REACHED = ("telegram",)
"""Channels in which a message arrives although nothing is open."""
_CANCEL = re.compile(
    r"\b(?:cancel|stop|turn off|off|no more|pause|never|delete|remove|scrap|bin (?:it|the|that)|"
    r"forget (?:it|that|the|about)|second thoughts|changed my mind|i'd rather come|i'll come|"
    r"don't (?:bother|need|want|check|message|msg|write|text|send|ping|remind|ask)"
    r"(?! (?:anything|about)))\b"
)
"""Wishes to have none; "don't mention what it's about" is none."""


class CheckinForm(WalkAction):
    """Sets, moves and takes back a check-in, and asks how things are when it is due."""

    topic = "checkin"

    def do_begin(self, talk: Talk) -> Optional[str]:
        """Take the time, or the wish to have none, out of the message."""
        plain = normalise(talk.text)
        if _CANCEL.search(plain):
            talk.services.store.cancel_promises(talk.person, CHECKIN)
            return "cancel"
        minutes = minutes_until(plain)
        return None if minutes is None else self._set(talk, minutes)

    def hear_when(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Promise the check-in for the time that was named."""
        return self._set(talk, int(heard.value)) if heard.outcome == "answered" else None

    def _set(self, talk: Talk, minutes: int) -> str:
        """One check-in at a time: a new one replaces the old."""
        store, channel = talk.services.store, talk.carried("channel")
        store.cancel_promises(talk.person, CHECKIN)
        promise = {
            "kind": CHECKIN,
            "signal": "checkin_due",
            "channel": channel,
            "address": talk.carried("address"),
        }
        due = dt.datetime.utcnow() + dt.timedelta(minutes=minutes)
        store.promise(talk.person, due, promise)
        talk.values["when"] = in_words(minutes)
        return "set" if channel in REACHED else "page"


def in_words(minutes: int) -> str:
    """How far away a time is, in vetted words."""
    words: dict[str, str] = wording()["in_time"]
    if minutes < 2 * HOUR:
        return words["hour"] if minutes == HOUR else words["minutes"].format(n=minutes)
    if minutes < DAY:
        return words["hours"].format(n=round(minutes / HOUR))
    days = round(minutes / DAY)
    return words["day"] if days == 1 else words["days"].format(n=days)
