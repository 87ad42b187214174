"""Questions of every topic: the vetted answer, or honestly that there is none."""

from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.talk import Talk
from bot.content.questions import Question
from bot.content.wording import wording

MOST_OFFERED = 2


class ActionAnswerQuestion(Action):
    """The answer of `data/questions`, and one way on."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer_question"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer; in the middle of a walk nothing else is offered beside it."""
        talk = Talk(dispatcher, tracker)
        question = _asked(talk)
        if question is None:
            talk.say("utter_no_answer")
            return []
        if question.lead and not talk.slot("walk"):
            title = wording()["meant"].get(question.lead)
            talk.buttons = [{"title": title, "payload": f"/{question.lead}"}] if title else []
        talk.values["answer"] = question.say
        talk.ask("utter_answer")
        return []


def say_no_answer(talk: Talk) -> None:
    """Say honestly that there is none, and offer the questions that come near."""
    talk.buttons = offers(talk)
    talk.ask("utter_no_answer_but" if talk.buttons else "utter_no_answer")


def offers(talk: Talk) -> list[dict[str, str]]:
    """Buttons for the questions that the message may have asked."""
    known = talk.services.questions
    names = list(talk.message.get("questions") or [])[:MOST_OFFERED]
    return [
        {"title": known[name].short, "payload": f'/ask_question{{"question": "{name}"}}'}
        for name in names
        if name in known
    ]


def _asked(talk: Talk) -> Optional[Question]:
    known = talk.services.questions
    chosen = talk.entity("question")
    names = [chosen] if chosen else list(talk.message.get("questions") or [])
    return known.get(str(names[0])) if names else None
