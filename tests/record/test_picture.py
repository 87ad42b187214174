"""The picture of what helped."""

import base64

import pytest

from bot.record.coping import Ranked
from bot.record.picture import progress_picture

WORDS = {"title": "t", "axis": "a", "few": "f"}
TRIES = {"one": "once", "many": "{n} times"}


@pytest.mark.parametrize(
    "ranked",
    [
        [Ranked("drawing", 5, -3.4)],
        [Ranked("$x_{1}$ \\frac", 1, -10.0), Ranked("مشي 😭 " * 9, 2, 4.0)],
        [Ranked(f"idea {n}", n + 1, -float(n)) for n in range(10)],
    ],
)
def test_whatever_was_tried_is_drawn_in_memory(ranked: list[Ranked], tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = progress_picture(ranked, WORDS, TRIES)
    head, _, body = made.partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(body).startswith(b"\x89PNG")
    assert len(made) < 200_000
    assert list(tmp_path.iterdir()) == []


def test_few_tries_look_different_from_many() -> None:
    few, many = (
        progress_picture([Ranked("x", n, -3.0)], WORDS, {"one": "", "many": ""}) for n in (2, 3)
    )
    assert few != many
