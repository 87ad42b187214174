"""A written message in front of the question that waits, and how sure is sure."""

from dataclasses import dataclass
from typing import Any, Optional

from bot.content.topics import topic_of_intents
from bot.conversation.answering import FEW, Heard
from bot.conversation.walks import Step, Walk
from bot.settings import settings

SURE, PASSES, VERY_SURE, CERTAIN = 0.5, 0.6, 0.7, 0.9


@dataclass(frozen=True)
class Said:
    """A written message in front of the question that waits."""

    walk: Walk
    step: Step
    text: str
    plain: str
    intent: str
    sure: float
    safety: dict[str, Any]
    answer: Optional[Heard]
    subjects: dict[str, float]
    """How likely each topic is as the subject of the message in its talk."""

    @property
    def words(self) -> int:
        """How many words."""
        return len(self.plain.split())

    @property
    def topic(self) -> str:
        """The topic that the intent belongs to."""
        return topic_of_intents(settings().data / "topics.yml").get(self.intent, self.intent)

    @property
    def free(self) -> bool:
        """Whether any words are an answer."""
        return self.step.expects == "text"


def needed(said: Said) -> float:
    """How sure an intent must be to leave a question."""
    if not said.free:
        return SURE
    return VERY_SURE if said.words <= FEW else CERTAIN
