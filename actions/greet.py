"""Greet: who this is, in under 60 words, and straight to what the person needs."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.talk import Talk


class ActionGreet(Action):
    """The introduction the first time, a short welcome after that."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_greet"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say it; `introduced` remembers that it was said."""
        talk = Talk(dispatcher, tracker)
        if talk.slot("introduced"):
            talk.say("utter_greet_again")
            return []
        talk.say("utter_greet_first")
        return [SlotSet("introduced", True)]


class ActionIntroduce(Action):
    """The introduction beside a first answer: an urge never waits behind it."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_introduce"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say it once; a greeting in this turn may have said it already."""
        talk = Talk(dispatcher, tracker)
        if talk.slot("introduced"):
            return []
        talk.say("utter_introduce")
        return [SlotSet("introduced", True)]
