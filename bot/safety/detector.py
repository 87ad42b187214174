"""Does a message show that somebody is in danger?

Order: undo disguised spelling, look for high-precision signs, ask the
calibrated classifier, then weigh the last turns. The detector needs neither
Rasa nor a database, and it works (less well) when its model is gone: a missing
or broken part is reported by `problems` and never raises into a conversation.
"""

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Optional

from bot.logs import where
from bot.nlu.asking import asks
from bot.nlu.normalise import normalise
from bot.safety.classifier import SafetyClassifier
from bot.safety.patterns import Patterns, load_patterns
from bot.safety.reply import (
    answer_to_safety_question,
    is_denial,
    wants_to_know,
    without_denied_death,
    without_supposed,
)
from bot.safety.verdict import CALM, LEVELS, Label, Level, Verdict
from bot.settings import settings

logger = logging.getLogger(__name__)

MODEL = "safety.npz"
BEYOND_DOUBT = 0.97
"""The learnt part's score from which a helper's words count as their own crisis."""
DANGERS: tuple[Label, ...] = ("crisis", "medical", "third_party")
NO_DANGER, LITTLE_DANGER, DANGER_IN_TALK = 0.05, 0.15, 0.3
"""Shares of danger in the talk: below which help becomes a question, where the message alone is
`PLAIN` and where it is not; from which a question is asked where the message alone gave no cause.
All chosen on chats that taught nothing: docs/safety-comparison.md."""
NO_ALARM, NO_SELF_HARM, NOT_THEIRS = 0.05, 0.2, 0.4
"""Shares of danger and of self-injury in the talk, below both of which a question is left out;
`NOT_THEIRS` where the talk is about somebody else's."""
PLAIN = 0.85
LONG_ANSWER = 6
"""Words from which an answer to the safety question says more than yes."""
FADING, LEAST = 0.6, 0.55
"""How much a turn back still counts; the share of the limit a message needs to escalate at all."""


@dataclass(frozen=True)
class Context:
    """What came before a message."""

    asked: bool = False
    """Whether our last answer asked about danger to life."""
    about: Label = "crisis"
    """The kind of danger that it asked about."""
    recent: Verdict = CALM
    """The most urgent verdict of the last few turns."""
    helper: bool = False
    """Whether the talk under way is about somebody else that self-injures."""
    trail: tuple[float, ...] = ()
    """Scores of the last few turns, the newest last."""
    subject: str = ""
    """The topic that the talk is about, if it is about one."""
    said: str = ""
    """The person's message before, normalised."""


class Detector:
    """Reads one message in its context."""

    def __init__(self, data: Path, model: Path) -> None:
        """
        Args:
            data: the folder of the signs and their circumstances, `data/safety`.
            model: the learnt part.
        """
        self.problems: list[str] = []
        self._patterns: Optional[Patterns] = None
        self._classifier: Optional[SafetyClassifier] = None
        try:
            self._patterns = load_patterns(data)
        except Exception as error:
            self._problem("the safety patterns cannot be read: restore data/safety", error)
        try:
            self._classifier = SafetyClassifier.load(model)
        except Exception as error:
            self._problem("the safety model cannot be read: run `make setup`", error)

    def assess(self, text: str, context: Context = Context()) -> Verdict:
        """The verdict on one message; never raises.

        Args:
            text: what the person typed, of any length.
            context: what came before it.
        """
        plain = normalise(text)
        shares = self._in_talk(plain, context)
        learnt = self._learnt(plain, context, shares)
        verdict = most_urgent(self.by_pattern(without_supposed(plain)), learnt)
        if context.helper and verdict.label == "crisis" and _is_anothers(shares):
            verdict = Verdict(verdict.level, "third_party", verdict.score)
        if context.asked:
            verdict = most_urgent(verdict, self._answer(plain, context, shares))
        return self._escalated(verdict, context.trail)

    def _learnt(self, plain: str, context: Context, shares: dict[str, float]) -> Verdict:
        """The verdict of the learnt part, no more urgent than the words around allow."""
        learnt = in_light_of(self._by_classifier(plain), shares, context.helper)
        rest = without_denied_death(plain)
        denied = rest != plain  # "not trying to die" is asked about
        doubted = context.helper and learnt.score < BEYOND_DOUBT  # "if she does it again i'm gone"
        if learnt.label == "crisis" and (denied or doubted):
            learnt = _no_more_than_asking(learnt)
        if learnt.label == "third_party" and not self.may_cost_a_life(rest):
            learnt = _no_more_than_asking(learnt)
        if learnt.label == "medical" and wants_to_know(plain):
            learnt = CALM
        if context.asked and is_denial(plain):
            # an honest "no, I just want it out of me" is no crisis; a sign in it still is
            learnt = _no_more_than_asking(learnt)
        return learnt

    def _answer(self, plain: str, context: Context, shares: dict[str, float]) -> Verdict:
        """The verdict on a message as the answer to our question about danger to life."""
        calm = bool(shares) and danger_in(shares) < NO_DANGER
        answer = answer_to_safety_question(plain, context.recent, context.about)
        if calm and len(plain.split()) >= LONG_ANSWER:
            answer = _no_more_than_asking(answer)  # "yeah my auntie is up, i'll sit with her"
        feared = context.about == "third_party" and not is_denial(plain)
        at_stake = feared and self.may_cost_a_life(without_denied_death(plain))
        if at_stake and not (calm and asks(plain)):  # "she's not picking up"
            answer = most_urgent(Verdict("crisis", "third_party", 0.8), answer)
        return answer

    def by_pattern(self, plain: str) -> Verdict:
        """The verdict of the signs alone, on a normalised text."""
        if self._patterns is None:
            return CALM
        try:
            sign = self._patterns.most_urgent(plain)
        except Exception as error:  # then a sign counts whatever stands around it
            self._problem("the words around a sign cannot be read: run `make setup`", error)
            sign = self._patterns.most_urgent(plain, circumstances=False)
        if sign is None:
            return CALM
        return Verdict(sign.level, sign.label, 0.95 if sign.level == "crisis" else 0.4)

    def may_cost_a_life(self, plain: str) -> bool:
        """Whether a word in a normalised text says that a life may be at stake."""
        return self._patterns is None or self._patterns.may_cost_a_life(plain)

    def _escalated(self, verdict: Verdict, trail: tuple[float, ...]) -> Verdict:
        """A `check_in` where no single message asks for one, but the last few together do.

        The scores are joined as if independent (noisy or), each turn back counting
        `FADING` as much as the one after it.
        """
        limit = self._classifier.check_in if self._classifier else 1.0
        if verdict.level != "none" or verdict.score < limit * LEAST:
            return verdict
        calm = 1.0 - verdict.score
        for back, score in enumerate(reversed(trail), 1):
            calm *= 1.0 - score * FADING**back
        together = 1.0 - calm
        if together < limit:
            return verdict
        label = verdict.label if verdict.label != "none" else "crisis"
        return Verdict("check_in", label, together)

    def _by_classifier(self, plain: str) -> Verdict:
        if self._classifier is None or not plain:
            return CALM
        try:
            return self._classifier.assess(plain)
        except Exception as error:  # tried again with the next message: it may have passed
            self._problem("the safety model fails: run `make setup`", error)
            return CALM

    def _in_talk(self, plain: str, context: Context) -> dict[str, float]:
        """The labels' shares of a message after what came before it; empty when nothing did."""
        if self._classifier is None or not plain or not (context.subject or context.said):
            return {}
        try:
            return self._classifier.after(context.subject, context.said, plain)
        except Exception as error:
            self._problem("the safety model fails: run `make setup`", error)
            return {}

    def _problem(self, text: str, error: Exception) -> None:
        if text not in self.problems:
            self.problems.append(text)
        logger.error("%s%s", text, where(error))


@lru_cache(maxsize=1)
def detector() -> Detector:
    """The detector that the whole process shares."""
    in_force = settings()
    return Detector(in_force.data / "safety", in_force.models / MODEL)


def in_light_of(alone: Verdict, shares: dict[str, float], helper: bool = False) -> Verdict:
    """The learnt verdict on a message alone, in the light of what came before it.

    "She made me promise on her nan's grave" alarms whoever reads nothing else. The reading in
    the talk takes an alarm back by one step where it finds hardly any danger, and asks where it
    finds some that was missed. It never touches a sign, and never takes help to nothing.

    Args:
        alone: the verdict on the message alone.
        shares: probability of each label in the talk; empty where there is none.
        helper: whether the talk is about somebody else that self-injures.
    """
    if not shares:
        return alone
    in_talk = danger_in(shares)
    enough = NO_DANGER if alone.score >= PLAIN else LITTLE_DANGER
    if alone.level == "crisis" and in_talk < enough:
        return _no_more_than_asking(alone)
    most = NOT_THEIRS if helper else NO_SELF_HARM
    calm = in_talk < NO_ALARM and shares.get("self_harm", 0.0) < most
    if alone.level == "check_in" and calm:
        return Verdict("none", alone.label, alone.score)
    if alone.level == "none" and in_talk >= DANGER_IN_TALK:
        label = max(DANGERS, key=lambda name: shares.get(name, 0.0))
        return Verdict("check_in", label, in_talk)
    return alone


def danger_in(shares: dict[str, float]) -> float:
    """The share of danger to life among the labels."""
    return sum(shares.get(label, 0.0) for label in DANGERS)


def _is_anothers(shares: dict[str, float]) -> bool:
    """Whether, in the talk, the danger is rather another's than the person's own."""
    return shares.get("third_party", 0.0) > shares.get("crisis", 1.0)


def _no_more_than_asking(verdict: Verdict) -> Verdict:
    level: Level = "check_in" if verdict.level == "crisis" else verdict.level
    return Verdict(level, verdict.label, verdict.score)


def most_urgent(one: Verdict, other: Verdict) -> Verdict:
    """The more urgent of two verdicts, with a label if either has one."""
    first, second = sorted(
        (one, other), key=lambda v: (LEVELS.index(v.level), v.score), reverse=True
    )
    label = first.label if first.label != "none" else second.label
    return Verdict(first.level, label, max(one.score, other.score))
