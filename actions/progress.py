"""Progress: what this person tried and what it did, with honest uncertainty."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.coping_report import ranking_lines
from actions.talk import Talk

Events = list[dict[str, Any]]


class ActionProgress(Action):
    """No streak and no counter that can fall: only what was learnt."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_progress"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Say the person's own ranking, or how to begin one."""
        talk = Talk(dispatcher, tracker)
        lines = ranking_lines(talk)
        if lines:
            talk.say("utter_coping_report_ranking", ranking=lines)
        else:
            talk.say("utter_coping_report_ranking_empty")
        return []
