"""Encryption at rest and pseudonyms, from one installation key.

Sealing is AES-256-GCM; the person and the kind of a row are authenticated with
it, so a row that is copied to another person does not open. Pseudonyms are
HMAC-SHA-256 of channel and id: the same person gets the same name, and nobody
without the key can go back.
"""

import base64
import binascii
import hashlib
import hmac
import json
import logging
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.settings import Settings

NONCE_BYTES = 12
KEY_BYTES = 32


logger = logging.getLogger(__name__)


class KeyProblem(Exception):
    """The installation key is missing, unreadable or does not fit the data."""


class Vault:
    """Seals and opens JSON values; the first key seals, every key opens."""

    def __init__(self, keys: list[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise KeyProblem("TIDELINE_KEY must be base64 of 32 bytes: run `tideline doctor`")
        self._ciphers = [AESGCM(_derive(key, b"seal")) for key in keys]
        self._name_key = _derive(keys[-1], b"name")  # the oldest, so that names never change
        self._sign_key = _derive(keys[-1], b"sign")

    def seal(self, value: Any, *context: str) -> bytes:
        """Encrypt a JSON value, bound to its context (person, kind)."""
        nonce = os.urandom(NONCE_BYTES)
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return nonce + self._ciphers[0].encrypt(nonce, plain, _bind(context))

    def open(self, sealed: bytes, *context: str) -> Any:
        """Decrypt what `seal` made with the same context.

        Raises:
            KeyProblem: no key of this installation opens it, or it was altered.
        """
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        for cipher in self._ciphers:
            try:
                return json.loads(cipher.decrypt(nonce, body, _bind(context)))
            except InvalidTag:
                continue
        raise KeyProblem("a record does not open with this key: restore the key it was made with")

    def opened(self, sealed: bytes, *context: str) -> Any:
        """As `open`, but None for one that does not open: where many are read at once, one
        damaged row keeps nobody else from theirs. It is logged."""
        try:
            return self.open(sealed, *context)
        except KeyProblem as problem:
            logger.error("a row is passed over: %s", problem)
            return None

    def pseudonym(self, channel: str, address: str) -> str:
        """The name under which a person's record is kept: 32 hexadecimal digits."""
        return self._mac(self._name_key, channel, address)[:32]

    def sign(self, *parts: str) -> str:
        """A 16-digit signature of some parts, for button ids."""
        return self._mac(self._sign_key, *parts)[:16]

    @staticmethod
    def _mac(key: bytes, *parts: str) -> str:
        return hmac.new(key, _bind(parts), hashlib.sha256).hexdigest()


def _bind(parts: tuple[str, ...]) -> bytes:
    return json.dumps(parts).encode()


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, None, b"tideline/" + purpose).derive(key)


def load_vault(settings: Settings) -> Vault:
    """The vault of this installation; makes a key file (mode 600) at first use.

    Raises:
        KeyProblem: the key cannot be read or made, or has the wrong form.
    """
    text = settings.key.get_secret_value() if settings.key else _key_file(settings.home / "key")
    try:
        return Vault([base64.b64decode(part, validate=True) for part in text.split(",")])
    except binascii.Error:
        raise KeyProblem("TIDELINE_KEY must be base64 of 32 bytes: run `tideline doctor`") from None


def _key_file(path: Path) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            made = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(made)
        return path.read_text().strip()
    except FileExistsError:
        return path.read_text().strip()
    except OSError as error:
        raise KeyProblem(
            f"cannot read or make the key {path} ({error.strerror}): "
            "make its folder writable, or set TIDELINE_KEY or TIDELINE_HOME"
        ) from None
