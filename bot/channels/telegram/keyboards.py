"""Inline keyboards: what a person can press, laid out to be read on a phone."""

from collections.abc import Sequence
from typing import Optional

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.conversation.turn import Button
from bot.record.vault import Vault

SCALE = (range(0, 4), range(4, 8), range(8, 11))
"""The numbers of a rating, a row each: wide enough for a thumb."""
SHARE = 12
"""A title up to this length may share its row with another one."""


def keyboard(
    vault: Vault, person: str, buttons: Sequence[Button], scale: bool
) -> Optional[InlineKeyboardMarkup]:
    """The keyboard under a message, or None when there is nothing to press."""
    rows = [[_number(vault, person, n) for n in numbers] for numbers in SCALE] if scale else []
    for button in buttons:
        made = InlineKeyboardButton(button.title, callback_data=button.payload)
        alone = len(button.title) > SHARE or not rows or len(rows[-1]) != 1
        if alone or scale or len(rows[-1][0].text) > SHARE:
            rows.append([made])
        else:
            rows[-1].append(made)
    return InlineKeyboardMarkup(rows) if rows else None


def number_of(vault: Vault, person: str, data: str) -> Optional[int]:
    """The number that a pressed scale button stands for; None for any other button."""
    digits, _, _ = data.partition(".")
    if not digits.isdigit() or int(digits) > 10:
        return None
    return int(digits) if data == _data(vault, person, int(digits)) else None


def _number(vault: Vault, person: str, number: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(str(number), callback_data=_data(vault, person, number))


def _data(vault: Vault, person: str, number: int) -> str:
    return f"{number}.{vault.sign('scale', person, str(number))}"
