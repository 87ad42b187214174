"""Out of scope: an honest "I did not get that", never twice in the same words."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.questions import say_no_answer
from actions.talk import Talk
from bot.content.wording import line_abroad, wording
from bot.nlu.asking import asks
from bot.nlu.normalise import normalise

OFTEN = 2


class ActionNotUnderstood(Action):
    """Asks which of two was meant, or says what can be done here."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_not_understood"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Which of two was meant, questions near it, or in the end a menu and a person."""
        talk = Talk(dispatcher, tracker)
        times = int(talk.slot("misunderstood") or 0)
        meant = _two_meanings(talk)
        note = talk.carried("note")
        if note:
            talk.say(str(note))
        elif meant:
            talk.buttons = meant
            talk.ask("utter_which_one")
        elif asks(normalise(talk.text)) and times < OFTEN:
            say_no_answer(talk)
        else:
            talk.say("utter_not_understood_often" if times >= OFTEN else "utter_not_understood")
        return [SlotSet("misunderstood", times + 1)]


class ActionOtherLanguage(Action):
    """Says in the person's own language that only English is understood, with lines for them."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_other_language"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """What was written could not be read for danger: a way to people is always said."""
        talk = Talk(dispatcher, tracker)
        language = talk.services.languages.get(str(talk.entity("language")))
        abroad = talk.services.helplines.speaking(language.code)
        lines = [line_abroad(country, line) for country, line in abroad]
        talk.say(
            "utter_other_language",
            says=language.says,
            lines="\n".join(lines) or wording()["anywhere"],
        )
        return []


def _two_meanings(talk: Talk) -> list[dict[str, str]]:
    if talk.intent != "nlu_ambiguous":
        return []
    titles = wording()["meant"]
    names = [item.get("name") for item in talk.message.get("intent_ranking") or []]
    known = [name for name in names if name in titles][:2]
    if len(known) < 2:
        return []
    return [{"title": titles[name], "payload": f"/{name}"} for name in known]
