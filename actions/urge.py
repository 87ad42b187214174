"""Urge: rate it, normalise it, ride it out or try something, rate again, keep what was learnt."""

import datetime as dt
from typing import Optional

from actions.alternatives import Offers, title_of
from actions.talk import Talk
from actions.walk import WalkAction
from bot.content.wording import wording
from bot.conversation.hearing import Heard
from bot.nlu.answers import rating
from bot.nlu.normalise import normalise
from bot.record.coping import NOTE, WIN, helped_most, save_attempt

HIGH, GONE = 8, 1
TIMER = "urge_timer"
GIVEN_BACK = ("self_efficacy", "strengths")
"""Topics whose notes are given back at the next urge."""


class UrgeForm(Offers, WalkAction):
    """Walks someone through an urge."""

    topic = "urge"

    def do_begin(self, talk: Talk) -> Optional[str]:
        """Start with nothing promised from an earlier urge."""
        talk.services.store.cancel_promises(talk.person, TIMER)
        return None

    def do_remember(self, talk: Talk) -> Optional[str]:
        """Recall a past time that it passed, or what helped this person."""
        wins = talk.services.store.entries(talk.person, WIN)
        helped = helped_most(talk.services.store, talk.person)
        notes = [n for n in talk.services.store.entries(talk.person, NOTE) if n["topic"] in GIVEN_BACK]
        own_words = wins or notes
        past = str(own_words[-1]["text"]) if own_words else (helped[0] if helped else "")
        talk.values["past"] = past
        return "past" if past else "new"

    def hear_start_timer(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Promise to ask again when the minutes are over."""
        minutes = int(heard.value) if isinstance(heard.value, int) else 5
        talk.values["minutes"] = minutes
        due = dt.datetime.utcnow() + dt.timedelta(minutes=minutes)
        promise = {
            "kind": TIMER,
            "signal": "timer_due",
            "channel": talk.carried("channel"),
            "address": talk.carried("address"),
        }
        talk.services.store.promise(talk.person, due, promise)
        return None

    def hear_stop_timer(self, talk: Talk, heard: Heard) -> Optional[str]:
        """The person is back before the timer, or the timer is over."""
        talk.services.store.cancel_promises(talk.person, TIMER)
        return "timer_due" if talk.intent == "timer_due" else None

    def hear_compare(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Weigh the rating now against the one before."""
        if heard.outcome != "answered":
            return None
        now = int(heard.value)
        before = talk.answers.get("before")
        talk.values.update(before=before, after=now)
        if now >= HIGH and (before is None or now >= before):
            return "high"
        if now <= GONE:
            return "gone"
        if before is None:
            return "same"
        return "lower" if now < before else "same"

    def do_save(self, talk: Talk) -> Optional[str]:
        """Keep this urge as an attempt, with what was tried."""
        strategy = talk.answers.get("strategy")
        rode = talk.answers.get("minutes")
        if strategy or rode or talk.answers.get("after") is not None:
            save_attempt(
                talk.services.store,
                talk.person,
                what=title_of(talk, strategy) if strategy else wording()["waited"],
                strategy=str(strategy or "ride_it_out"),
                before=talk.answers.get("before"),
                after=talk.answers.get("after"),
                situation=str(talk.answers.get("situation") or ""),
            )
        return None

    def hear_win(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Keep, in their words, what got them through."""
        if heard.outcome == "answered" and rating(normalise(str(heard.value))) is None:
            talk.services.store.add(talk.person, WIN, {"text": str(heard.value)[:300]})
        return None
