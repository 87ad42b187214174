"""Whole chats: how a turn is read after what came before it.

`data/chats/*.jsonl` holds the person's turns of whole chats, in order, each with the
subject that it is about and its safety label as read alone. Both readers of a
message (topic, safety) learn from them what a message means in the middle of a talk.
"""

import json
import random
from dataclasses import dataclass, replace
from pathlib import Path

from bot.nlu.kinds import DANGER
from bot.nlu.normalise import normalise

SUBJECTS = frozenset(
    {"urge", "alternatives", "coping_report", "disclosure", "lapse", "self_efficacy", "strengths",
     "adversities", "scarring", "self_acceptance", "ambivalence", "meaning_of_recovery",
     "loved_one", "crisis", "third_party_crisis", "medical", "distress", "checkin", "human"}
)  # fmt: skip
"""Topics that a talk is about; the others are answered in passing and change no subject."""
MOST = 160
"""Characters of the message before that are read: its end, which the next one answers."""

MISLED = 4
"""One turn in so many is learnt again after a subject that is not the chat's."""


@dataclass(frozen=True)
class ChatTurn:
    """One turn of a chat."""

    about: str
    """The subject before it; empty at the beginning."""
    before: str
    """The message before it, normalised; empty at the beginning."""
    text: str
    """The message, normalised."""
    subject: str
    label: str

    @property
    def pair(self) -> tuple[str, str]:
        """What came before it and its text, as the encoder reads them."""
        return before(self.about, self.before), self.text


def before(about: str, said: str) -> str:
    """What came before a message, as the encoder reads it.

    Args:
        about: the subject of the talk, or an empty text.
        said: the person's last message, normalised, or an empty text.
    """
    return f"{(about or 'nothing yet').replace('_', ' ')}: {said[-MOST:]}"


def learnt_turns(folder: Path) -> list[ChatTurn]:
    """The turns of the chats, and some again after a subject that the bot took them for by mistake.

    One in `MISLED` after any other, and one in as many calm ones after a danger that was none;
    the words before tell.
    """
    turns = read_chats(folder)
    chance = random.Random(7)
    misled = [replace(turn, about=chance.choice(sorted(SUBJECTS))) for turn in turns[::MISLED]]
    calm = [turn for turn in turns if turn.about and not {turn.about, turn.subject} & DANGER]
    alarmed = [
        replace(turn, about="third_party_crisis" if turn.about == "loved_one" else "crisis")
        for turn in calm[::MISLED]
    ]
    return turns + misled + alarmed


def read_chats(folder: Path) -> list[ChatTurn]:
    """Every turn of the chats of a folder, in order.

    Raises:
        ValueError: naming the file and the line that is wrong.
    """
    turns: list[ChatTurn] = []
    for path in sorted(folder.glob("*.jsonl")):
        talk, about, said = None, "", ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                text, subject, label = normalise(row["text"]), row["subject"], row["label"]
            except (ValueError, KeyError, TypeError):
                raise ValueError(f"{path}:{number}: no turn of a chat") from None
            if row.get("talk") != talk:
                talk, about, said = row.get("talk"), "", ""
            turns.append(ChatTurn(about, said, text, subject, label))
            about, said = subject if subject in SUBJECTS else about, text
    return turns
