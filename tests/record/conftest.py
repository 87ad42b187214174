"""A store on each database that Tideline runs on."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.record.store import Store
from bot.record.vault import Vault
from tests.conftest import service_or_skip


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.service)])
def any_store(request, tmp_path: Path, vault: Vault):
    """The same promises on both databases."""
    if request.param == "sqlite":
        made = Store(f"sqlite:///{tmp_path / 'any.db'}", vault)
        made.migrate()
        yield made
        return
    service_or_skip("postgresql")
    admin = sa.create_engine(
        "postgresql://postgres@127.0.0.1:5432/postgres", isolation_level="AUTOCOMMIT"
    )
    name = f"tideline_test_{tmp_path.name.replace('-', '_')}".lower()
    with admin.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    made = Store(f"postgresql://postgres@127.0.0.1:5432/{name}", vault)
    made.migrate()
    yield made
    made._engine.dispose()
    with admin.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE "{name}"'))
