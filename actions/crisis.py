"""Crisis: help now, first, in every state; then one small step beside it."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.helplines import named_country, say_emergency, say_helplines, say_quiet_lines
from actions.out_of_scope import ActionOtherLanguage
from actions.places import pause
from actions.talk import Talk
from bot.conversation.safety_care import HELP_AGAIN
from bot.safety.reply import BESIDE, IN_WALK

Events = list[dict[str, Any]]

SAYS = {
    "crisis": ("utter_crisis", "utter_crisis_again", "utter_crisis_step"),
    "medical": ("utter_medical", "utter_medical_again", "utter_medical_step"),
    "third_party": (
        "utter_third_party_crisis",
        "utter_third_party_crisis_again",
        "utter_third_party_crisis_step",
    ),
}
"""For each kind of danger: what is said first, what is said when it was said before,
and the one small step beside the numbers."""


STILL_ON_SCREEN = 2
"""Turns in which the lines, said before, are still there to be seen."""


def give_help(talk: Talk, kind: str) -> None:
    """Say help now, the local lines, one step; put the walk under way on hold.

    No wall of text twice: a sign right after the lines gets shorter words and the
    first of them, a later one shorter words and the lines again.
    """
    opening, again, step = SAYS[kind]
    safety = talk.slot("safety") or {}
    told = int(safety.get(kind) or 0)
    talk.say(again if told else opening)
    if told and int(safety.get("since") or 0) <= STILL_ON_SCREEN:
        say_emergency(talk)
    else:
        say_helplines(talk)
        talk.say(step)
    _helped(talk, kind)


def _helped(talk: Talk, kind: str) -> None:
    """Remember that help was given, and put the walk under way on hold."""
    safety = dict(talk.slot("safety") or {})
    safety.update(
        {
            kind: int(safety.get(kind) or 0) + 1,
            "kind": kind,
            "since": 0,
            "helped": 0,
            "open": True,
            "asked": False,
            "followed": 0,
        }
    )
    paused = pause(talk.slot("walk"), talk.slot("paused"))
    talk.events += [
        SlotSet("safety", safety),
        SlotSet("paused", paused),
        SlotSet("walk", None),
        ActiveLoop(None),
    ]


def safety_asked(talk: Talk, where: str, about: str = "crisis") -> dict[str, Any]:
    """The `safety` slot after our question: the next message is read as its answer.

    Args:
        talk: this turn.
        where: `BESIDE` or `IN_WALK`.
        about: the kind of danger that the question was about.
    """
    return {**(talk.slot("safety") or {}), "asked": where, "about": about, "since": 0}


class ActionCrisis(Action):
    """The person may be in danger."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_crisis"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Help first, whatever was going on."""
        talk = Talk(dispatcher, tracker)
        give_help(talk, "crisis")
        return talk.events


class ActionCrisisAbroad(ActionOtherLanguage):
    """Danger to life, said in another language: help in it, and all else is put on hold."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_crisis_abroad"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Our sentence and lines in the person's language; their country is heard after it."""
        talk = Talk(dispatcher, tracker)
        super().run(dispatcher, tracker, domain)
        _helped(talk, "crisis")
        asked = [] if talk.slot("country") else [SlotSet("asked_country", True)]
        return talk.events + asked


class ActionMedical(Action):
    """A wound or overdose: emergency care, and nothing about technique."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_medical"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Emergency care first."""
        talk = Talk(dispatcher, tracker)
        give_help(talk, "medical")
        return talk.events


class ActionThirdPartyCrisis(Action):
    """Somebody else is in danger: the same urgency, written for the helper."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_third_party_crisis"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """What the helper can do now."""
        talk = Talk(dispatcher, tracker)
        give_help(talk, "third_party")
        return talk.events


class ActionShowHelplines(Action):
    """The lines, whenever asked for; no danger is assumed."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_show_helplines"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Say the lines of the person's country."""
        talk = Talk(dispatcher, tracker)
        say_helplines(talk)
        return talk.events


class ActionSetCountry(Action):
    """Remember, or change, the country whose lines are shown."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_set_country"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Take the country from the message; ask when it names none that is known."""
        talk = Talk(dispatcher, tracker)
        before = talk.slot("country")
        say_helplines(talk)
        unknown = named_country(talk) is None
        if unknown and before:
            talk.say("utter_country_unknown")
        return talk.events + ([] if unknown else [SlotSet("asked_country", None)])


class ActionCheckIn(Action):
    """Ask directly and neutrally about safety, once, beside what the person came for."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_check_in"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Ask; the next message is then read as the answer."""
        talk = Talk(dispatcher, tracker)
        verdict = talk.carried("safety") or {}
        place = talk.slot("walk") or {}
        walk = talk.services.walks.get(str(place.get("walk")))
        step = walk.steps.get(str(place.get("step"))) if walk else None
        label = verdict.get("label")
        if walk and walk.asks_safety and label == "self_harm":
            return []  # never two questions at once: this walk asks it as a step of its own
        if step and step.hear == "danger" and label == "third_party":
            return []  # it has just been asked
        safety = dict(talk.slot("safety") or {})
        if safety.get("asked") == IN_WALK:
            return []  # it has just been asked
        if verdict.get("label") == "third_party":
            talk.say("utter_check_in_other")
            return [SlotSet("safety", safety_asked(talk, BESIDE, "third_party"))]
        talk.say("utter_check_in_again" if safety.get("open") else "utter_check_in")
        return [SlotSet("safety", safety_asked(talk, BESIDE))]


class ActionSafetyDenied(Action):
    """A "no" to the safety question: thanked, believed, and the door left open."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_safety_denied"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """After a real warning sign one "no" does not close the matter."""
        talk = Talk(dispatcher, tracker)
        safety = dict(talk.slot("safety") or {})
        talk.say("utter_safety_denied_after_sign" if safety.get("open") else "utter_safety_denied")
        safety.update({"asked": False, "since": 0})
        return [SlotSet("safety", safety)]


class ActionLowerBarrier(Action):
    """Calling is too much: the ways without a voice, and words to copy."""

    opening = "utter_lower_barrier"

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_lower_barrier"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Text and chat lines of the person's country; the matter stays open."""
        talk = Talk(dispatcher, tracker)
        talk.say(self.opening)
        say_quiet_lines(talk)
        return talk.events


class ActionFollowUp(Action):
    """Back to what was serious, gently: later in the talk, and on the next visit."""

    asks = {
        "crisis": "utter_follow_up",
        "third_party": "utter_follow_up_other",
        "medical": "utter_follow_up_medical",
    }

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_follow_up"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Ask how it is now; the next message is read as the answer."""
        talk = Talk(dispatcher, tracker)
        kind = str((talk.slot("safety") or {}).get("kind") or "crisis")
        talk.say(self.asks[kind])
        safety = safety_asked(talk, BESIDE, kind)
        return [SlotSet("safety", {**safety, "followed": int(safety.get("followed") or 0) + 1})]


class ActionFollowUpVisit(ActionFollowUp):
    """The same on another day."""

    asks = {**ActionFollowUp.asks, "crisis": "utter_follow_up_visit"}

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_follow_up_visit"


class ActionHelpMore(Action):
    """More about the danger that was just met with help: heard, and back to the one next step."""

    says = {
        "crisis": "utter_help_more",
        "third_party": "utter_help_more_other",
        "medical": "utter_help_more_medical",
    }

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_help_more"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Words for the kind of danger, and the emergency number again where a life is at stake."""
        talk = Talk(dispatcher, tracker)
        kind = str((talk.slot("safety") or {}).get("kind") or "crisis")
        talk.say(self.says[kind])
        grave = float((talk.message.get("safety") or {}).get("score") or 0.0) >= HELP_AGAIN
        if kind != "crisis" or grave:
            say_emergency(talk)
        return talk.events
