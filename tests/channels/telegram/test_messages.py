"""How an answer becomes messages: lengths, layout, addresses."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.client import file_url
from bot.channels.telegram.keyboards import keyboard, number_of
from bot.channels.telegram.outbound import (
    LONGEST,
    from_value,
    length,
    picture,
    split,
    to_parts,
    to_value,
)
from bot.conversation.turn import Button, Reply


@given(st.text(alphabet=st.sampled_from("ab \n😭é"), max_size=12_000))
def test_a_long_text_is_split_without_losing_a_word(text: str) -> None:
    pieces = split(text)
    assert all(0 < length(piece) <= LONGEST and piece.strip() for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_text_is_split_between_words() -> None:
    first, second = split("word " * 1000)
    assert first.endswith("word")
    assert second.startswith("word")


def test_the_buttons_stand_under_the_last_piece(vault) -> None:
    long = Reply("word " * 1000, (Button("Go on", "0" * 16),))
    first, second = to_parts(vault, "p", [long], scale=False)
    assert first.markup is None
    assert second.markup is not None


def test_short_titles_share_a_row_and_long_ones_do_not(vault) -> None:
    titles = ("Yes", "No", "Something much longer", "Skip")
    made = keyboard(vault, "p", [Button(t, "0" * 16) for t in titles], scale=False)
    rows = [[button.text for button in row] for row in made.inline_keyboard]
    assert rows == [["Yes", "No"], ["Something much longer"], ["Skip"]]


def test_a_scale_stands_under_the_last_message_only(vault) -> None:
    first, last = to_parts(vault, "p", [Reply("one"), Reply("how strong?")], scale=True)
    assert first.markup is None
    numbers = [b.text for row in last.markup.inline_keyboard for b in row]
    assert numbers == [str(n) for n in range(11)]


def test_a_number_is_signed_for_one_person(vault) -> None:
    made = keyboard(vault, "p", (), scale=True)
    data = {b.text: b.callback_data for row in made.inline_keyboard for b in row}
    assert number_of(vault, "p", data["8"]) == 8
    assert number_of(vault, "q", data["8"]) is None
    for forged in (
        "8",
        "8.",
        "8.0000000000000000",
        "11." + data["1"][2:],
        "-1.x",
        "",
        data["8"][2:],
    ):
        assert number_of(vault, "p", forged) is None
    assert all(len(value.encode()) <= 64 for value in data.values())


def test_an_answer_can_be_kept_and_read_again(vault) -> None:
    replies = (
        Reply("one", (Button("Go on", "0" * 16),)),
        Reply("two", image="data:image/png;base64,iVBORw==", file={"name": "n", "text": "t"}),
    )
    kept = json.loads(json.dumps(to_value(replies, True)))
    assert from_value(kept) == (list(replies), True)
    assert picture(replies[1].image) == b"\x89PNG"


@pytest.mark.parametrize("image", [None, "", "/etc/passwd", "https://example.org/x.png"])
def test_only_a_picture_in_hand_is_a_picture(image) -> None:
    assert picture(image) == b""


def test_files_lie_beside_the_api() -> None:
    assert file_url("https://api.telegram.org/bot") == "https://api.telegram.org/file/bot"
    assert file_url("http://127.0.0.1:8081/bot") == "http://127.0.0.1:8081/file/bot"
