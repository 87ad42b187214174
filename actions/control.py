"""Stop, go on, later: leaving and returning is always one plain sentence away."""

from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.places import pause
from actions.talk import Talk
from bot.content.wording import wording

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
            talk.say("utter_walk_nothing_paused")
            return []
        place = paused.pop()
        return [
            SlotSet("paused", paused),
            SlotSet("walk", place),
            ActiveLoop(f"{place['walk']}_form"),
        ]


class ActionWalkEnded(Action):
    """After a walk: offer to go back to one that was put on hold, if there is one."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_walk_ended"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Offer once; silent when nothing waits, after crisis help, and after "later"."""
        talk = Talk(dispatcher, tracker)
        paused = talk.slot("paused") or []
        just_helped = (talk.slot("safety") or {}).get("since") == 0
        if just_helped or talk.intent in ("later", "stop"):
            return []
        if paused:
            name = wording()["walks"].get(paused[-1]["walk"], "")
            talk.say("utter_walk_offer_resume", paused=name)
        return [SlotSet("ended", _ended(talk))]


class ActionAside(Action):
    """Something told right after a walk: heard, and nothing else is started."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_aside"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """The next message may add to it, too."""
        talk = Talk(dispatcher, tracker)
        talk.say("utter_aside")
        return [SlotSet("ended", talk.carried("ended"))]


def _ended(talk: Talk) -> Optional[str]:
    """The topic of the walk that ended in this turn."""
    for event in reversed(talk.tracker.events):
        name = str(event.get("name"))
        if event.get("event") == "action" and name.endswith("_form"):
            walk = talk.services.walks.get(name[: -len("_form")])
            return walk.topic if walk else None
    return None
