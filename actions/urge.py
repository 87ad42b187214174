"""Urge: rate it, normalise it, ride it out or try something, rate again, keep what was learnt."""

import datetime as dt
from typing import Optional

from actions.alternatives import Offers, title_of
from actions.talk import Talk
from actions.walk import WalkAction
from bot.content.strategies import FUNCTIONS
from bot.content.wording import wording
from bot.conversation.answering import Heard
from bot.nlu.answers import choice, minutes
from bot.nlu.normalise import normalise
from bot.record.coping import NOTE, WIN, helped_most, save_attempt

HIGH, GONE = 8, 1
TIMER = "urge_timer"
WAIT, WAITS = 5, {"short": 1, "long": 15}
"""Minutes to wait when none were named, and for a short or a long wait."""


class UrgeForm(Offers, WalkAction):
    """Walks someone through an urge."""

    topic = "urge"

    def do_begin(self, talk: Talk) -> Optional[str]:
        """Start with nothing promised from an earlier urge."""
        talk.services.store.cancel_promises(talk.person, TIMER)
        return None

    def do_remember(self, talk: Talk) -> Optional[str]:
        """Recall a time that it passed, what helped this person, or a strength they named."""
        store, person = talk.services.store, talk.person
        wins, helped = store.entries(person, WIN), helped_most(store, person)
        strengths = [n for n in store.entries(person, NOTE) if n["topic"] == "strengths"]
        if wins or helped:
            talk.values["past"] = str(wins[-1]["text"]) if wins else helped[0]
            return "past"
        if strengths:
            talk.values["strength"] = str(strengths[-1]["text"])
            return "strength"
        return "new"

    def hear_function(self, talk: Talk, heard: Heard) -> Optional[str]:
        """How long to wait, or what the urge is for, when it is said already."""
        if heard.outcome == "ride":
            return self._wait_as_said(talk)
        if heard.outcome != "told":
            return None
        functions = talk.services.walks[self.topic].steps["function"].options
        found = choice(normalise(str(heard.value)), functions)
        if found in FUNCTIONS:
            talk.answers["function"] = found
            return "fits"
        return None

    def hear_weigh(self, talk: Talk, heard: Heard) -> Optional[str]:
        """A very strong urge is asked about safety before anything else."""
        if heard.outcome == "ride":
            return self._wait_as_said(talk)
        return "high" if heard.outcome == "answered" and int(heard.value) >= HIGH else None

    def hear_safety(self, talk: Talk, heard: Heard) -> Optional[str]:
        """As in every walk; and here somebody may ask for the timer instead of answering."""
        if heard.outcome == "ride":
            return self._wait_as_said(talk)
        return super().hear_safety(talk, heard)

    def _wait_as_said(self, talk: Talk) -> Optional[str]:
        """Start the timer at once when the wish to wait says how long ("do the 5 minute one")."""
        named = minutes(normalise(talk.text))
        if named is None or talk.text.startswith("/"):
            return None
        talk.answers["minutes"] = named
        self.hear_start_timer(talk, Heard("answered", named))
        return "ride_for"

    def hear_start_timer(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Promise to ask again when the minutes are over."""
        if heard.outcome in ("skip", "try"):
            return None
        wait = heard.value if isinstance(heard.value, int) else WAITS.get(heard.outcome, WAIT)
        talk.values["minutes"] = wait
        due = dt.datetime.utcnow() + dt.timedelta(minutes=wait)
        promise = {
            "kind": TIMER,
            "signal": "timer_due",
            "channel": talk.carried("channel"),
            "address": talk.carried("address"),
        }
        talk.services.store.cancel_promises(talk.person, TIMER)  # one at a time
        talk.services.store.promise(talk.person, due, promise)
        return None

    def hear_stop_timer(self, talk: Talk, heard: Heard) -> Optional[str]:
        """The person is back before the timer, or the timer is over."""
        talk.services.store.cancel_promises(talk.person, TIMER)
        return None

    def hear_compare(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Weigh the rating now against the one before."""
        if heard.outcome != "answered":
            return None
        now = int(heard.value)
        before = talk.answers.get("before")
        talk.values.update(before=before, after=now)
        if now >= HIGH and (before is None or now >= before - 1):
            return "high"  # from 10 to 9 is no relief yet
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
