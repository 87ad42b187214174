"""The loop action behind every walk: Rasa's form, our steps.

A domain form `<walk>_form` whose name is also listed under `actions` runs this
instead of Rasa's FormAction. Standard RulePolicy drives it: it runs after every
message while the loop is active; when it rejects a message (a detour), the
rule for that message's intent speaks, and the policy comes back here.
"""

import re
from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions.crisis import give_help, safety_asked
from actions.helplines import say_helplines
from actions.passing import before_asking_again, before_going_on
from actions.places import pause
from actions.talk import Talk, happened
from bot.content.wording import wording
from bot.conversation.answering import Heard, ratings_told
from bot.conversation.hearing import DETOUR, hear, jumps_to, told_beside
from bot.conversation.said import PASSES, SURE, VERY_SURE
from bot.conversation.walks import END, Step, Walk
from bot.nlu.answers import minutes, rating
from bot.nlu.normalise import normalise
from bot.record.coping import NOTE, WIN, now
from bot.safety.reply import IN_WALK

MOST_STEPS = 20
MOST_RETURNS = 2
"""Detours from one question after which it is asked again; later it only waits for its answer."""
_RETURNS = re.compile(r"\b(?:back|return) to\b|\bthe (?:other|first|earlier) (?:one|thing)\b")
"""Words of somebody who means the walk before this one, and not this one."""


class WalkAction(Action):
    """Moves through one walk; subclasses add its `do_…` and `hear_…` methods."""

    topic = ""

    def name(self) -> str:
        """The form's name; the bare class has none and is not registered."""
        return f"{self.topic}_form"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Start, hear an answer, or ask again after a detour."""
        talk = Talk(dispatcher, tracker)
        walk = talk.services.walks[self.topic]
        state = talk.slot("walk") or {}
        active = (tracker.active_loop or {}).get("name") == self.name()
        if not active or state.get("walk") != self.topic:
            self._start(talk, walk)
        else:
            self._go_on(talk, walk, state)
        return talk.events

    # -- moving ----------------------------------------------------------------

    def _start(self, talk: Talk, walk: Walk) -> None:
        paused = pause(talk.slot("walk"), talk.slot("paused"), besides=self.topic)
        talk.events += [ActiveLoop(self.name()), SlotSet("paused", paused)]
        talk.began = talk.confidence
        named = None if talk.text.startswith("/") else jumps_to(walk, normalise(talk.text))
        if named:
            return self._jump(talk, walk, named)
        self._enter(talk, walk, walk.variants.get(talk.intent, walk.start))

    def _jump(self, talk: Talk, walk: Walk, step_id: str) -> None:
        """Go to a step asked for by name; what it would ask for may have been said beside it."""
        step = walk.steps[step_id]
        told = told_beside(talk.text, walk.jumps[step_id]) if step.expects == "text" else ""
        if told and step.hear:
            heard = Heard("answered", told)
            outcome = getattr(self, f"hear_{step.hear}")(talk, heard) or "answered"
            return self._enter(talk, walk, step.after(outcome), given=heard)
        self._enter(talk, walk, step_id)

    def _go_on(self, talk: Talk, walk: Walk, state: dict[str, Any]) -> None:
        talk.answers = dict(state.get("answers") or {})
        talk.options = dict(state.get("options") or {})
        talk.buttons = list(state.get("buttons") or [])
        talk.values = dict(state.get("values") or {})
        talk.heard = int(state.get("heard") or 0)
        talk.began = float(state.get("began") or 1.0)
        talk.returns = int(state.get("returns") or 0)
        step_id = state["step"] if state["step"] in walk.steps else walk.start
        step = walk.steps[step_id]
        if talk.intent == "resume" and talk.confidence >= SURE:
            back = talk.text == "/resume" or _RETURNS.search(normalise(talk.text))
            if back and talk.slot("paused") and not _just_resumed(talk.tracker):
                raise ActionExecutionRejection(self.name())  # to what was before this walk
            talk.say("utter_walk_resumed", subject=wording()["walks"][self.topic])
            return self._ask_again(talk, step_id, step, state)
        if rejected_before(talk.tracker, self.name()):
            return self._come_back(talk, walk, step_id, state)
        known = step.copy(update={"options": {**talk.options, **step.options}})
        tries = int(state.get("tries") or 0)
        doubt = tries + (talk.began < PASSES)
        heard = hear(walk, known, talk.message, talk.heard > 0, doubt, talk.answers)
        if heard is DETOUR:
            raise ActionExecutionRejection(self.name())
        self._answered(talk, walk, step_id, heard, tries)

    def _come_back(self, talk: Talk, walk: Walk, step_id: str, state: dict[str, Any]) -> None:
        """Ask again after a detour; whoever has come back often enough is not asked each time."""
        talk.returns += 1
        asks_again = talk.returns <= MOST_RETURNS
        if asks_again:
            talk.say(walk.back)
        self._ask_again(talk, step_id, walk.steps[step_id], state, repeat=asks_again)

    def _answered(self, talk: Talk, walk: Walk, step_id: str, heard: Heard, tries: int) -> None:
        step = walk.steps[step_id]
        state = {"tries": tries + 1}
        if heard.outcome == "later":
            return self._pause(talk, step_id)
        if heard.outcome == "corrected":
            return self._corrected(talk, walk, step_id, int(heard.value), tries)
        if heard.outcome == "jump":
            talk.buttons, talk.options = [], {}
            return self._jump(talk, walk, str(heard.value))
        if heard.outcome in ("idk", "explain") and step.hint and not tries:
            talk.say(step.hint)
            return self._ask_again(talk, step_id, step, state, repeat=False)
        told = heard.outcome == "told" and step.leads("told")
        if heard.outcome in ("unclear", "told", "explain") and not tries and not told:
            talk.say(before_asking_again(talk, heard))
            return self._ask_again(talk, step_id, step, state)
        if heard.outcome == "skip":
            talk.say("utter_walk_skipped")
        if _mixed(talk, step, heard) and self.topic != "ambivalence":
            talk.answers["mixed"] = True
            talk.say("utter_ambivalence_noticed")
        passing = heard.outcome == "told" and not told  # no answer to this question: not kept
        if step.keep and heard.value is not None and not passing:
            talk.answers[step.keep] = talk.values[step.keep] = heard.value
        outcome = heard.outcome
        if step.hear:
            outcome = getattr(self, f"hear_{step.hear}")(talk, heard) or outcome
        talk.buttons, talk.options = [], {}
        talk.heard += 1
        rated = outcome == "rating" and not step.leads("rating")
        following = str(walk.rating) if rated else step.after(outcome)
        words = before_going_on(talk, heard, walk.steps.get(following))
        if words:
            talk.say(words)
        self._enter(talk, walk, following, given=heard)

    def _corrected(self, talk: Talk, walk: Walk, step_id: str, meant: int, tries: int) -> None:
        """Put the last rating right; one that is heard otherwise than the first leads there."""
        rated = [step for step in walk.steps.values()
                 if step.expects == "scale" and step.keep in talk.answers]  # fmt: skip
        step = rated[-1]
        talk.say("utter_walk_corrected", number=meant)
        talk.answers[str(step.keep)] = talk.values[str(step.keep)] = meant
        heard = Heard("answered", meant)
        outcome = getattr(self, f"hear_{step.hear}")(talk, heard) if step.hear else None
        if outcome and step.leads(outcome) and step.after(outcome) != step_id:
            return self._enter(talk, walk, step.after(outcome))
        self._ask_again(talk, step_id, walk.steps[step_id], {"tries": tries})

    def _enter(self, talk: Talk, walk: Walk, step_id: str, given: Optional[Heard] = None) -> None:
        """Say what the next steps say, up to the next question or the end.

        A number given before it was asked for ("wait 5 minutes") answers the question that follows.
        """
        for _ in range(MOST_STEPS):
            if step_id == END or talk.left:
                return self._end(talk)
            step = walk.steps[step_id]
            outcome = getattr(self, f"do_{step.do}")(talk) if step.do else None
            for response in step.say:
                talk.say(response)
            ahead = _given_ahead(talk, step, given)
            if ahead is not None:
                return self._answered(talk, walk, step_id, Heard("answered", ahead), 0)
            if step.ask and not talk.left:
                talk.ask(step.ask)
                self._await_safety(talk, step)
                talk.returns = 0
                return self._keep_place(talk, step_id, tries=0)
            step_id = step.after(outcome or "next")
        raise RuntimeError(f"walk {walk.walk} goes in a circle at {step_id}")

    def _ask_again(
        self,
        talk: Talk,
        step_id: str,
        step: Step,
        state: dict[str, Any],
        repeat: bool = True,
    ) -> None:
        if repeat and step.ask:
            talk.ask(step.ask)
        self._await_safety(talk, step)
        self._keep_place(talk, step_id, int(state.get("tries") or 0))

    def _await_safety(self, talk: Talk, step: Step) -> None:
        """Have the next message read as the answer to our question about suicide, if it stands."""
        if step.hear == "safety":
            talk.events.append(SlotSet("safety", safety_asked(talk, IN_WALK)))

    # -- hooks that any walk may name ------------------------------------------

    def do_recall(self, talk: Talk) -> Optional[str]:
        """Give back what the person last noted in this topic, as `{past}`."""
        notes = [note for note in talk.services.store.entries(talk.person, NOTE)
                 if note.get("topic") == self.topic]  # fmt: skip
        talk.values["past"] = str(notes[-1]["text"]) if notes else ""
        return "past" if notes else "new"

    def hear_note(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Keep an answer in the person's record, in their words."""
        if heard.outcome == "answered":
            note = {"topic": self.topic, "text": str(heard.value)[:500], "when": now()}
            talk.services.store.add(talk.person, NOTE, note)
        return None

    def hear_win(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Keep, in their words, what got them through."""
        plain = normalise(str(heard.value))
        only_a_number = len(plain.split()) <= 3 and rating(plain) is not None
        if heard.outcome == "answered" and not only_a_number:
            talk.services.store.add(talk.person, WIN, {"text": str(heard.value)[:300]})
        return None

    def hear_safety(self, talk: Talk, heard: Heard) -> Optional[str]:
        """Thoughts of suicide get crisis help at once; the walk ends there."""
        if heard.outcome == "yes":
            give_help(talk, "crisis")
            talk.left = True
        return None

    def do_helplines(self, talk: Talk) -> Optional[str]:
        """Say the local helplines."""
        say_helplines(talk)
        return None

    # -- where we are ----------------------------------------------------------

    def _keep_place(self, talk: Talk, step_id: str, tries: int) -> None:
        talk.events.append(SlotSet("walk", self._place(talk, step_id, tries)))

    def _place(self, talk: Talk, step_id: str, tries: int) -> dict[str, Any]:
        return {
            "walk": self.topic,
            "step": step_id,
            "answers": talk.answers,
            "options": talk.options,
            "buttons": talk.buttons,
            "values": talk.values,
            "tries": tries,
            "heard": talk.heard,
            "began": talk.began,
            "returns": talk.returns,
        }

    def _pause(self, talk: Talk, step_id: str) -> None:
        paused = pause(self._place(talk, step_id, 0), talk.slot("paused"))
        talk.say("utter_walk_paused")
        talk.events += [
            SlotSet("paused", paused),
            SlotSet("walk", None),
            ActiveLoop(None),
        ]

    def _end(self, talk: Talk) -> None:
        talk.events += [SlotSet("walk", None), ActiveLoop(None)]


def _mixed(talk: Talk, step: Step, heard: Heard) -> bool:
    """Whether a free answer pulls both ways; said once in a walk, in whatever topic."""
    free = step.expects == "text" and heard.outcome == "answered"
    sure = talk.intent == "ambivalence" and talk.confidence >= VERY_SURE
    return free and sure and not talk.answers.get("mixed")


def _given_ahead(talk: Talk, step: Step, given: Optional[Heard]) -> Optional[int]:
    """The answer to a question that the message before it already holds, or None."""
    if given is None:
        return None
    if step.expects == "scale" and given.outcome == "rating":
        return int(given.value)
    plain = "" if talk.text.startswith("/") else normalise(talk.text)
    if step.expects == "scale" and given.outcome != "answered":
        told = ratings_told(plain)  # "still there but less, like a 4"
        return told[0] if len(told) == 1 else None
    return minutes(plain) if step.expects == "minutes" and "min" in plain else None


def _just_resumed(tracker: Tracker) -> bool:
    """Whether this message has already brought back the walk that now hears it."""
    return happened(tracker, "action", "action_resume")


def rejected_before(tracker: Tracker, name: str) -> bool:
    """Whether this loop already rejected the present message."""
    return happened(tracker, "action_execution_rejected", name)
