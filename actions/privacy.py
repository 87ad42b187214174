"""Their data is theirs: take it along, or have it deleted, at once."""

import json
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.talk import Talk

Events = list[dict[str, Any]]


class ActionExport(Action):
    """Hand over all that is kept, as a file."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_export"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """The export is made from the store, as it stands before this turn."""
        talk = Talk(dispatcher, tracker)
        kept = talk.services.store.export(talk.person)
        text = json.dumps(kept, ensure_ascii=False, indent=2)
        talk.say("utter_export")
        talk.show(attachment={"name": "tideline-export.json", "text": text})
        return []


class ActionForget(Action):
    """Delete all that is kept, at once."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_forget"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """The tracker store deletes instead of saving when it sees `forgetting`."""
        talk = Talk(dispatcher, tracker)
        talk.services.store.forget(talk.person)
        talk.say("utter_forgotten")
        return [SlotSet("forgetting", True), SlotSet("walk", None), ActiveLoop(None)]
