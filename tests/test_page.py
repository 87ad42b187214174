"""What a website is told to paste."""

import json
import subprocess
import sys

from bot.settings import ROOT


def tideline(*arguments: str, **more: str) -> subprocess.CompletedProcess:
    import os

    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments], capture_output=True, text=True, env={**os.environ, **more}
    )  # fmt: skip


def test_the_line_carries_the_hash_of_what_is_served() -> None:
    built = json.loads((ROOT / "web" / "dist" / "widget.json").read_text())
    told = tideline("embed", "https://chat.example/somewhere").stdout
    assert f'src="https://chat.example/{built["script"]}"' in told
    assert built["integrity"] in told
    assert "connect-src https://chat.example" in told
    assert built["gzipped"] <= 25_000


def test_an_address_that_is_none_is_refused_with_a_cure() -> None:
    done = tideline("embed", "javascript:alert(1)")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "https://chat.example" in done.stderr


def test_the_doctor_names_an_origin_that_no_browser_sends(tmp_path) -> None:
    done = tideline(
        "doctor",
        TIDELINE_HOME=str(tmp_path / "home"),
        TIDELINE_ALLOWED_ORIGINS="www.school.example/chat",
    )
    assert "www.school.example/chat" in done.stdout
    assert done.returncode == 1
