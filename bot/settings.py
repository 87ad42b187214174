"""Settings of one installation, read from the environment (prefix `TIDELINE_`)."""

from functools import lru_cache
from pathlib import Path
from typing import Optional

from pydantic import BaseSettings, Field, SecretStr, validator

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every value has a default that serves a single machine with no other service."""

    home: Path = ROOT / "var"
    """Folder for the database and the key, made at first use (mode 700)."""
    database_url: str = ""
    """SQLAlchemy URL; empty means SQLite in `home`."""
    key: Optional[SecretStr] = None
    """Base64 keys, comma-separated, newest first; empty means the file `home/key`."""
    models: Path = ROOT / "models"
    data: Path = ROOT / "data"
    country: Optional[str] = None
    """Country (ISO 3166-1 alpha-2) that the service works in; None asks each person."""
    helplines: Optional[Path] = None
    """A file of the operator's own helplines, merged over the shipped ones."""
    retention_days: int = Field(365, ge=1)
    """Days after which a record expires, counted from the last visit."""
    service_name: str = "this service"
    service_contact: str = ""
    """How to reach the service's people, as a person reads it; empty means nobody is offered."""
    service_hours: str = ""
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    allowed_origins: str = ""
    """Web origins that may embed the chat, comma-separated, besides our own."""
    exit_url: str = "https://www.wikipedia.org/"
    metrics_token: Optional[SecretStr] = None
    turn_seconds: float = Field(8.0, gt=0)
    """Longest time a turn may take before the person gets the static help."""
    turns_per_minute: int = Field(40, ge=1)
    """Turns one person may take a minute before being asked to slow down."""
    telegram_bot_token: Optional[SecretStr] = Field(None, env="TELEGRAM_BOT_TOKEN")
    telegram_base_url: str = Field("https://api.telegram.org/bot", env="TELEGRAM_BASE_URL")
    telegram_webhook_url: str = Field("", env="TELEGRAM_WEBHOOK_URL")
    telegram_webhook_secret: Optional[SecretStr] = Field(None, env="TELEGRAM_WEBHOOK_SECRET")

    class Config:
        env_prefix = "TIDELINE_"

    @validator("country")
    def _upper_case(cls, value: Optional[str]) -> Optional[str]:
        return value.strip().upper() or None if value else None

    @validator("telegram_bot_token", "telegram_webhook_secret", pre=True)
    def _blank_is_none(cls, value: Optional[str]) -> Optional[str]:
        return value.strip() or None if isinstance(value, str) else value

    @validator("telegram_base_url")
    def _without_slash(cls, value: str) -> str:
        return value.strip().rstrip("/") or "https://api.telegram.org/bot"

    @property
    def store_url(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{self.home / 'tideline.db'}"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process.

    Raises:
        pydantic.ValidationError: a value is of the wrong kind.
    """
    return Settings.parse_obj({})
