"""The learnt part of the detector: eight labels on the sentence encoder.

Long messages bury their sign, so a message is read whole and in overlapping
windows of sentences; the most urgent reading counts.
"""

import json
import re
from pathlib import Path

import numpy as np

from bot.nlu.chats import before
from bot.nlu.encoder import encoder
from bot.nlu.linear import LinearTextModel
from bot.safety.verdict import CALM, RISKS, Label, Level, Verdict

LABELS = (
    "crisis", "self_harm", "medical", "third_party", "past_own", "none_hard", "distress", "everyday"
)  # fmt: skip
LEARNT = (*LABELS, "loved_one")
"""What the model tells apart: a loved one's worry without danger now is told from `third_party`."""
SELF_HARM_WEIGHS, WORRY_WEIGHS = 0.4, 0.1
"""How much of these counts towards danger: self-injury asks for a question, worry for a talk."""
PAIN = ("distress", "self_harm", "past_own", "loved_one")
QUIET = ("everyday", "none_hard")
IN_TALK = "safety_in_talk.npz"
"""The reader of a message after what came before it, beside the model."""
LONG = 30
"""Words from which a message is also read in parts."""
_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")


class SafetyClassifier:
    """Probabilities of the eight labels, and the two thresholds on them."""

    def __init__(
        self, model: LinearTextModel, in_talk: LinearTextModel, thresholds: dict[str, float]
    ) -> None:
        self._model = model
        self._in_talk = in_talk
        self._thresholds = thresholds

    @classmethod
    def load(cls, path: Path) -> "SafetyClassifier":
        """Read the model and, beside it, its thresholds.

        Raises:
            OSError, ValueError: a file is missing or wrong.
        """
        thresholds = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        in_talk = LinearTextModel.load(path.with_name(IN_TALK))
        return cls(LinearTextModel.load(path), in_talk, thresholds)

    @property
    def check_in(self) -> float:
        """The score from which we ask about safety."""
        return self._thresholds["check_in"]

    def assess(self, plain: str) -> Verdict:
        """The verdict on a normalised text."""
        parts = windows(plain)
        vectors = np.vstack([encoder().one(part) for part in parts])
        shares = self._model.predict(parts, vectors)
        return decide(dict(zip(self._model.labels, shares.max(axis=0))), self._thresholds)

    def after(self, subject: str, said: str, plain: str) -> dict[str, float]:
        """The probability of each label of a normalised text, read after what came before it.

        Args:
            subject: of the talk, or an empty text.
            said: the message before, normalised, or an empty text.
            plain: the text.
        """
        vector = encoder().after(before(subject, said), plain)
        shares = self._in_talk.predict([plain], vector[None, :])[0]
        return dict(zip(self._in_talk.labels, shares.tolist()))


def windows(plain: str) -> list[str]:
    """The whole text, and for a long one its halves by sentence (at most 3 readings)."""
    if len(plain.split()) < LONG:
        return [plain]
    sentences = [part for part in _SENTENCE.split(plain) if part]
    if len(sentences) < 2:
        words = plain.split()
        middle = len(words) // 2
        return [plain, " ".join(words[: middle + 5]), " ".join(words[middle - 5 :])]
    middle = (len(sentences) + 1) // 2
    return [plain, " ".join(sentences[:middle]), " ".join(sentences[middle:])]


def decide(shares: dict[str, float], thresholds: dict[str, float]) -> Verdict:
    """Level and label of a distribution over the eight labels.

    Args:
        shares: probability of each label, 0 to 1.
        thresholds: `crisis` and `check_in` on the danger, `recognise` on any risk;
            `crisis_in_pain` and `check_in_in_pain` where the rest of the distribution
            is pain and not calm: there a doubt is followed sooner.
    """
    risk = {label: float(shares.get(label, 0.0)) for label in RISKS}
    worry = float(shares.get("loved_one", 0.0))
    danger = risk["crisis"] + risk["medical"] + risk["third_party"]
    score = min(1.0, danger + SELF_HARM_WEIGHS * risk["self_harm"] + WORRY_WEIGHS * worry)
    risk["third_party"] += worry
    label: Label = max(RISKS, key=lambda name: risk[name])
    suffix = "_in_pain" if _share(shares, PAIN) > _share(shares, QUIET) else ""
    level: Level = "none"
    if danger >= thresholds["crisis" + suffix]:
        level = "crisis"
    elif score >= thresholds["check_in" + suffix]:
        level = "check_in"
    if level == "none" and sum(risk.values()) < thresholds["recognise"]:
        return Verdict(CALM.level, CALM.label, score)
    return Verdict(level, label, score)


def _share(shares: dict[str, float], labels: tuple[str, ...]) -> float:
    return sum(float(shares.get(label, 0.0)) for label in labels)
