import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.record.vault import KeyProblem, Vault, load_vault
from bot.settings import Settings

OLD, NEW = b"o" * 32, b"n" * 32


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_what_is_sealed_opens_again(value) -> None:
    vault = Vault([OLD])
    assert vault.open(vault.seal(value, "person", "note"), "person", "note") == value


def test_a_row_moved_to_another_person_does_not_open() -> None:
    vault = Vault([OLD])
    sealed = vault.seal("mine", "person", "note")
    with pytest.raises(KeyProblem):
        vault.open(sealed, "somebody else", "note")


def test_a_changed_key_opens_old_rows_and_keeps_names() -> None:
    old, both = Vault([OLD]), Vault([NEW, OLD])
    assert both.open(old.seal("kept", "p"), "p") == "kept"
    assert both.pseudonym("web", "1") == old.pseudonym("web", "1")


def test_a_pseudonym_tells_neither_channel_nor_address() -> None:
    vault = Vault([OLD])
    name = vault.pseudonym("telegram", "12345")
    assert "12345" not in name
    assert name != vault.pseudonym("web", "12345")


def test_the_key_file_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "var", key=None)
    first = load_vault(settings).pseudonym("web", "1")
    assert stat.S_IMODE(os.stat(tmp_path / "var" / "key").st_mode) == 0o600
    assert load_vault(settings).pseudonym("web", "1") == first


@pytest.mark.parametrize("key", ["short", "bm90IDMyIGJ5dGVz"])
def test_a_wrong_key_is_named_with_its_cure(key: str) -> None:
    with pytest.raises(KeyProblem, match="doctor"):
        load_vault(Settings(key=key))
