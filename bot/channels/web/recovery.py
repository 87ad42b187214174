"""A code with which a person returns to their record, made only when they ask for one.

It is shown once. Only its keyed hash is kept: as the name of a row that holds
the sealed address of the record. A newer code, or deleting the record, ends it.
"""

import secrets
from typing import Optional

from bot.record.store import RECOVERY, Store

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No letter or digit that is easily taken for another."""
GROUPS, GROUP = 4, 4


def issue(store: Store, channel: str, address: str) -> str:
    """A new code for a record; an earlier one no longer works."""
    person = store.vault.pseudonym(channel, address)
    earlier = store.one(person, RECOVERY).get("holder")
    if earlier:
        store.forget(earlier)
    letters = [
        "".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS)
    ]
    code = "-".join(letters)
    holder = _holder(store, code)
    store.put(holder, "address", {"channel": channel, "address": address})
    store.put(person, RECOVERY, {"holder": holder})
    return code


def redeem(store: Store, channel: str, code: str) -> Optional[str]:
    """The address of the record that a code opens, or None."""
    holder = _holder(store, code)
    kept = store.one(holder, "address")
    if kept.get("channel") != channel:
        return None
    address = str(kept["address"])
    person = store.vault.pseudonym(channel, address)
    if store.one(person, RECOVERY).get("holder") != holder:
        store.forget(holder)  # the record has been deleted since
        return None
    store.put(holder, "address", {"channel": channel, "address": address})  # visited today
    return address


def _holder(store: Store, code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign in ALPHABET)
    return store.vault.pseudonym(RECOVERY, plain)
