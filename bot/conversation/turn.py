"""What goes into a turn and what comes out, the same for every channel."""

from dataclasses import dataclass
from typing import Any, Optional

from bot.safety.verdict import CALM, Verdict


@dataclass(frozen=True)
class Turn:
    """One message from one person."""

    channel: str
    address: str
    """The person's id in the channel; kept nowhere but in a sealed promise."""
    text: str = ""
    pressed: Optional[str] = None
    """The id of a pressed button, instead of a text."""
    locale: Optional[str] = None
    """The device's language tag, a hint for the country that is asked before trusted."""
    signal: Optional[str] = None
    """Something that is not a person's message: the name of a due promise."""
    id: Optional[str] = None
    """Names the turn where it may come again, so that it is not taken twice."""


@dataclass(frozen=True)
class Button:
    """A choice to press; `payload` is opaque and only good in this conversation."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One message of the bot."""

    text: str
    buttons: tuple[Button, ...] = ()
    image: Optional[str] = None
    """A picture made for this person, as a `data:` URI; the text says the same in words."""
    file: Optional[dict[str, str]] = None
    """`name` and `text` of a file to save, such as an export."""

    def as_dict(self) -> dict[str, Any]:
        """The shape of a reply in the contract; `file` only where there is one."""
        buttons = [{"title": b.title, "payload": b.payload} for b in self.buttons]
        shape: dict[str, Any] = {
            "text": self.text,
            "buttons": buttons,
            "image": self.image,
        }
        return {**shape, "file": self.file} if self.file else shape


@dataclass(frozen=True)
class Answer:
    """Everything the bot says in one turn, and how it understood."""

    replies: tuple[Reply, ...]
    topic: str = "out_of_scope"
    intent: str = "nlu_fallback"
    confidence: float = 0.0
    safety: Verdict = CALM
    ms: float = 0.0
    failed: str = ""
    """The part that failed, when the static help was said; empty otherwise."""
    scale: bool = False
    """Whether the last question asks for a number from 0 to 10."""

    def as_dict(self, user: str) -> dict[str, Any]:
        """The shape of `tideline chat --json`."""
        return {
            "user": user,
            "replies": [reply.as_dict() for reply in self.replies],
            "topic": self.topic,
            "intent": self.intent,
            "confidence": round(self.confidence, 4),
            "safety": self.safety.as_dict(),
            "ms": round(self.ms, 1),
        }
