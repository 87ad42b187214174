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
from bot.nlu.normalise import normalise
from bot.safety.classifier import SafetyClassifier
from bot.safety.patterns import Pattern, first_sign, load_patterns
from bot.safety.reply import answer_to_safety_question
from bot.safety.verdict import CALM, LEVELS, Verdict
from bot.settings import settings

logger = logging.getLogger(__name__)

MODEL = "safety.npz"


@dataclass(frozen=True)
class Context:
    """What came before a message."""

    asked: bool = False
    """Whether we asked, in our last answer, if the person thinks of suicide."""
    recent: Verdict = CALM
    """The most urgent verdict of the last few turns."""


class Detector:
    """Reads one message in its context."""

    def __init__(self, patterns: Path, model: Path) -> None:
        self.problems: list[str] = []
        self._patterns: tuple[Pattern, ...] = ()
        self._classifier: Optional[SafetyClassifier] = None
        try:
            self._patterns = load_patterns(patterns)
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
        verdict = _most_urgent(self._by_pattern(plain), self._by_classifier(plain))
        if context.asked:
            verdict = _most_urgent(verdict, answer_to_safety_question(plain, context.recent))
        return verdict

    def _by_pattern(self, plain: str) -> Verdict:
        sign = first_sign(self._patterns, plain)
        if sign is None:
            return CALM
        return Verdict(sign.level, sign.label, 0.95 if sign.level == "crisis" else 0.4)

    def _by_classifier(self, plain: str) -> Verdict:
        if self._classifier is None or not plain:
            return CALM
        try:
            return self._classifier.assess(plain)
        except Exception as error:
            self._problem("the safety model fails: run `make setup`", error)
            self._classifier = None
            return CALM

    def _problem(self, text: str, error: Exception) -> None:
        self.problems.append(text)
        logger.error("%s%s", text, where(error))


@lru_cache(maxsize=1)
def detector() -> Detector:
    """The detector that the whole process shares."""
    in_force = settings()
    return Detector(in_force.data / "safety" / "patterns.yml", in_force.models / MODEL)


def _most_urgent(one: Verdict, other: Verdict) -> Verdict:
    first, second = sorted(
        (one, other), key=lambda v: (LEVELS.index(v.level), v.score), reverse=True
    )
    label = first.label if first.label != "none" else second.label
    return Verdict(first.level, label, max(one.score, other.score))
