"""Buttons: an opaque id outside, Rasa's payload inside.

An id is a signature over person and payload. It can be neither guessed nor
carried to another conversation, and only what this conversation offered in its
last turns can be pressed.
"""

from dataclasses import dataclass
from typing import Any, Optional

from bot.conversation.turn import Button
from bot.record.vault import Vault


@dataclass(frozen=True)
class Offered:
    """A button that was shown, with the payload that it stands for."""

    title: str
    payload: str
    id: str


def button_id(vault: Vault, person: str, payload: str) -> str:
    """The id of a payload for one person: 16 characters."""
    return vault.sign("button", person, payload)


def to_buttons(vault: Vault, person: str, drafts: list[dict[str, Any]]) -> tuple[Button, ...]:
    """The buttons of a draft, as a channel may show them."""
    return tuple(
        Button(str(draft["title"]), button_id(vault, person, str(draft["payload"])))
        for draft in drafts
    )


def offered(vault: Vault, person: str, saved: Optional[dict[str, Any]]) -> list[Offered]:
    """The buttons of the kept turns, the newest first."""
    found = []
    for event in reversed((saved or {}).get("events") or []):
        if event.get("event") == "bot":
            for button in (event.get("data") or {}).get("buttons") or []:
                payload = str(button.get("payload"))
                identity = button_id(vault, person, payload)
                found.append(Offered(str(button.get("title")), payload, identity))
    return found


def newest(saved: Optional[dict[str, Any]]) -> list[str]:
    """The titles of the buttons on offer now: those after the last message."""
    titles: list[str] = []
    for event in reversed((saved or {}).get("events") or []):
        if event.get("event") == "user":
            break
        if event.get("event") == "bot":
            buttons = (event.get("data") or {}).get("buttons") or []
            titles += [str(button.get("title")) for button in buttons]
    return titles


def pressed(buttons: list[Offered], pressed_id: str) -> Optional[Offered]:
    """The offered button of an id, or None when it is stale, foreign or made up."""
    return next((button for button in buttons if button.id == pressed_id), None)


def named(buttons: list[Offered], on_offer: list[str], text: str) -> Optional[Offered]:
    """The button on offer now whose title was typed, case aside, or None."""
    typed = text.strip().casefold()
    if typed not in {title.casefold() for title in on_offer}:
        return None
    return next((button for button in buttons if button.title.casefold() == typed), None)
