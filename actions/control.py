"""Stop, go on, later: leaving and returning is always one plain sentence away."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.places import pause
from actions.questions import say_no_answer
from actions.talk import Talk, happened
from bot.content.questions import LEADS
from bot.content.wording import wording
from bot.nlu.asking import asks
from bot.nlu.coping import rated_now
from bot.nlu.kinds import DANGER
from bot.nlu.normalise import normalise
from bot.record.coping import rate_last

Events = list[dict[str, Any]]


class ActionStop(Action):
    """Leave the walk under way; its place is kept."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_stop"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Stop at once, without a question back."""
        talk = Talk(dispatcher, tracker)
        talk.services.store.cancel_promises(talk.person)
        talk.say("utter_stop_walk" if talk.slot("walk") else "utter_stop")
        return put_on_hold(talk)


class ActionGoodbye(Action):
    """The person goes; a walk under way waits for them, and a timer keeps running."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_goodbye"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Say goodbye and ask nothing."""
        talk = Talk(dispatcher, tracker)
        talk.say("utter_goodbye")
        return put_on_hold(talk)


def put_on_hold(talk: Talk) -> Events:
    """The events that leave the walk under way and keep its place."""
    paused = pause(talk.slot("walk"), talk.slot("paused"))
    return [SlotSet("paused", paused), SlotSet("walk", None), ActiveLoop(None)]


class ActionResume(Action):
    """Go back to the walk that was put on hold last."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_resume"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Put the walk's place back; its loop action then asks its question again."""
        talk = Talk(dispatcher, tracker)
        paused = list(talk.slot("paused") or [])
        if not paused:
            _offer_the_subject(talk)
            return []
        place = paused.pop()
        return [
            SlotSet("paused", pause(talk.slot("walk"), paused)),
            SlotSet("walk", place),
            ActiveLoop(f"{place['walk']}_form"),
        ]


def _offer_the_subject(talk: Talk) -> None:
    """Nothing is on hold: name what was talked of last, with a way back into it."""
    starts = LEADS.get(talk.subject, talk.subject)
    title = wording()["meant"].get(starts)
    if talk.subject in DANGER or not title:
        return talk.say("utter_walk_nothing_paused")
    talk.buttons = [{"title": title, "payload": f"/{starts}"}]
    talk.values["paused"] = wording()["walks"].get(talk.subject, "")
    talk.ask("utter_walk_last_subject")


class ActionWalkEnded(Action):
    """After a walk: offer to go back to one that was put on hold, if there is one."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_walk_ended"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Offer once; silent when nothing waits, after crisis help, and when one is put on hold."""
        talk = Talk(dispatcher, tracker)
        paused = talk.slot("paused") or []
        just_helped = (talk.slot("safety") or {}).get("since") == 0
        just_paused = happened(tracker, "slot", "paused")
        if paused and not (just_helped or just_paused):
            name = wording()["walks"].get(paused[-1]["walk"], "")
            talk.say("utter_walk_offer_resume", paused=name)
        return []


RATED = frozenset({"urge", "coping_report", "alternatives"})
"""Subjects in which "it's like a 4 now" is how strong the urge has become."""
RATED_WITHIN = 30
"""Minutes after a try in which such a number belongs to it."""
ASIDES = {"disclosure": "utter_aside_disclosure", "loved_one": "utter_aside_loved_one"}
"""What is said to an addition, by the subject, where it leads on otherwise than elsewhere."""


class ActionAside(Action):
    """Something that adds to what was just talked of: heard, and nothing else is started."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_aside"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """After danger the lines stay in sight."""
        talk = Talk(dispatcher, tracker)
        if talk.subject in DANGER:
            talk.say("utter_aside_after_help")
        elif asks(normalise(talk.text)):
            say_no_answer(talk)
        elif not _rates_again(talk):
            talk.say(ASIDES.get(talk.subject, "utter_aside"))
        return []


def _rates_again(talk: Talk) -> bool:
    """Whether the message says how far the urge has fallen since the last try; then it is kept."""
    now = rated_now(talk.text) if talk.subject in RATED else None
    store = talk.services.store
    kept = rate_last(store, talk.person, now, RATED_WITHIN) if now is not None else None
    if kept:
        talk.say("utter_aside_rated", before=kept["before"], after=kept["after"])
    return kept is not None
