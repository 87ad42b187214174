"""Human: the service's own people, or honestly that there are none here."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.crisis import ActionLowerBarrier
from actions.helplines import say_helplines
from actions.talk import Talk


class ActionHuman(Action):
    """Where a person can talk to a person."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_human"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """The service's contact and hours when it has set them, and the helplines."""
        talk = Talk(dispatcher, tracker)
        service = talk.services.settings
        if service.service_contact:
            talk.say(
                "utter_human_service",
                service=service.service_name,
                contact=service.service_contact,
                hours=service.service_hours,
            )
        else:
            talk.say("utter_human_none")
        say_helplines(talk)
        return talk.events


class ActionQuietLines(ActionLowerBarrier):
    """No call, after people to reach were named; no danger is assumed."""

    opening = "utter_quiet_lines"

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_quiet_lines"
