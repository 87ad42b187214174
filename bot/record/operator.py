"""`tideline data`: what an operator does when a person asks the service directly."""

import json
import sys
from typing import Optional

from bot.record.errands import Errands
from bot.services import services


class NoRecordProblem(Exception):
    """Nothing is kept under that address."""


def export(channel: str, address: str) -> None:
    """Print everything kept about the person behind a channel's address."""
    store = services().store
    person = store.vault.pseudonym(channel, address)
    if person not in store.people():
        raise NoRecordProblem(f"nothing is kept for that {channel} address: check its spelling")
    json.dump(store.export(person), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def forget(channel: str, address: str) -> None:
    """Delete everything kept about the person behind a channel's address."""
    store = services().store
    person = store.vault.pseudonym(channel, address)
    Errands(store, channel).drop(person)
    if not store.forget(person):
        raise NoRecordProblem(f"nothing is kept for that {channel} address: check its spelling")
    sys.stdout.write("deleted\n")


def expire(days: Optional[int]) -> None:
    """Delete everyone whose last visit is longer ago than the limit."""
    parts = services()
    limit = days or parts.settings.retention_days
    sys.stdout.write(f"{parts.store.expire(limit)} people deleted (limit {limit} days)\n")
