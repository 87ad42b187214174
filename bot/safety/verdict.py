"""What the detector says of one message."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Level = Literal["none", "check_in", "crisis"]
Label = Literal["none", "crisis", "self_harm", "medical", "third_party"]

LEVELS: tuple[Level, ...] = ("none", "check_in", "crisis")
RISKS: tuple[Label, ...] = ("crisis", "self_harm", "medical", "third_party")


@dataclass(frozen=True)
class Verdict:
    """How urgent a message is, of what kind, and how sure the detector is."""

    level: Level = "none"
    label: Label = "none"
    score: float = 0.0
    """Probability, 0 to 1, that the message shows present danger to life."""

    def as_dict(self) -> dict[str, Any]:
        """The shape of `safety` in a turn: level, label, score."""
        return {**asdict(self), "score": round(self.score, 4)}

    def at_least(self, level: Level) -> bool:
        """Whether this verdict is as urgent as `level` or more."""
        return LEVELS.index(self.level) >= LEVELS.index(level)


CALM = Verdict()
