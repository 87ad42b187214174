"""Server-minted session tokens: one token, one conversation.

A token is `id.expiry.signature`. The id is random and is the person's address;
nobody can choose one, and a token cannot be moved to another conversation.
"""

import hmac
import secrets
import time

from bot.record.vault import Vault

LIFETIME = 12 * 3600
"""Seconds a session lasts without a new one being asked for."""


def mint(vault: Vault, address: str = "") -> str:
    """A token for a new conversation, or for one that a recovery code has opened."""
    body = f"{address or secrets.token_urlsafe(18)}.{int(time.time()) + LIFETIME}"
    return f"{body}.{vault.sign('session', body)}"


def address_of(vault: Vault, token: str) -> str:
    """The conversation of a token, or an empty text when it is forged or expired."""
    body, _, signature = token.rpartition(".")
    identity, _, expiry = body.rpartition(".")
    genuine = hmac.compare_digest(vault.sign("session", body).encode(), signature.encode())
    if not genuine or not expiry.isdigit() or int(expiry) < time.time():
        return ""
    return identity
