"""Progress: what this person tried and what it did, with honest uncertainty."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.coping_report import ranking_lines
from actions.talk import Talk
from bot.content.wording import wording
from bot.record.coping import NOTE, OWN, WIN, ranking
from bot.record.picture import progress_picture

Events = list[dict[str, Any]]
SHOWN = 6
"""Notes that are read back at once, the last ones."""


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
            words, ranked = wording(), ranking(talk.services.store, talk.person)
            talk.show(image=progress_picture(ranked, words["picture"], words["tried"]))
        noted = _noted(talk)
        if noted:
            talk.say("utter_progress_noted", noted=noted)
        elif not lines:
            talk.say("utter_coping_report_ranking_empty")
        return []


def _noted(talk: Talk) -> str:
    """The strengths, the ways through an urge and the ideas that somebody noted, as lines."""
    store, person = talk.services.store, talk.person
    notes = [one for one in store.entries(person, NOTE) if one.get("topic") == "strengths"]
    texts = [str(one["text"]) for one in (*notes, *store.entries(person, WIN))]
    texts += [str(one["title"]) for one in store.entries(person, OWN)]
    recent = list(dict.fromkeys(texts))[-SHOWN:]
    return "\n".join(str(wording()["noted"]).format(text=text) for text in recent)
