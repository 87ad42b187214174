"""Shared fixtures: a store in a fresh folder, and one real conversation with the trained model."""

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.logs import configure_logging

configure_logging()

from bot.record.store import Store  # noqa: E402
from bot.record.vault import Vault  # noqa: E402
from bot.settings import Settings, settings  # noqa: E402

SERVICES = {"postgresql": 5432, "redis": 6379, "rabbitmq": 5672}


def service_or_skip(name: str) -> None:
    """Skip with a clear reason when a service is missing; in CI that is a failure."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", SERVICES[name])) == 0:
            return
    reason = f"{name} does not answer on 127.0.0.1:{SERVICES[name]}"
    if os.environ.get("TIDELINE_NO_SKIPS"):
        pytest.fail(f"{reason}, and CI allows no skip")
    pytest.skip(reason)


@pytest.fixture
def vault() -> Vault:
    return Vault([b"k" * 32])


@pytest.fixture
def store(tmp_path: Path, vault: Vault) -> Store:
    made = Store(f"sqlite:///{tmp_path / 'test.db'}", vault)
    made.migrate()
    return made


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installation that the whole test run talks to: its own database and key."""
    folder = tmp_path_factory.mktemp("home")
    os.environ["TIDELINE_HOME"] = str(folder)
    os.environ["TIDELINE_TURNS_PER_MINUTE"] = "100000"
    settings.cache_clear()
    return folder


@pytest.fixture(scope="session")
def conversation(home: Path):
    """The real conversation: trained model, real store, all actions."""
    from bot.conversation.start import start

    with ThreadPoolExecutor(1) as apart:  # a browser test may hold this thread's event loop
        return apart.submit(start).result()


@pytest.fixture(scope="session")
def in_force(home: Path) -> Settings:
    return settings()
