from typing import Optional

import pytest

from bot.nlu.coping import correction, rated_now, read_report


@pytest.mark.parametrize(
    ("typed", "what", "before", "after"),
    [
        ("tried drawing, was like an 8 now maybe 5", "drawing", 8, 5),
        ("logging one: went for a run instead, urge was 8, 5 after", "run", 8, 5),
        ("did the breathing thing, went from 7 to 4", "breathing thing", 7, 4),
        (
            "i'd like to log three attempts. First: heavy blanket, before 8, after 5.",
            "heavy blanket",
            8,
            5,
        ),
        (
            "Second: counting rivets on the beam. Before 7, after 7.",
            "counting rivets on the beam",
            7,
            7,
        ),
        ("the music helped a bit", "music", None, None),
        ("cold shower was pointless", "cold shower", None, None),
        ("I called my sister and it passed", "called my sister", None, None),
    ],
)
def test_a_report_in_free_form_is_read(typed, what, before, after) -> None:
    report = read_report(typed)
    assert (report["what"], report["before"], report["after"]) == (what, before, after)


@pytest.mark.parametrize(
    ("typed", "change"),
    [
        ("the music helped a bit", "helped"),
        ("cold shower was pointless", "no_help"),
        ("went for a run, didn't help", "no_help"),
        ("tried drawing", None),
    ],
)
def test_whether_it_helped(typed: str, change: str) -> None:
    assert read_report(typed)["change"] == change


def test_a_duration_is_no_rating() -> None:
    report = read_report("drew for 10 mins and it went down to a 3")
    assert (report["before"], report["after"]) == (None, 3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sorry no i meant it went down to 3 not 5", [3]),
        ("i meant 4", [4]),
        ("typo, 6 not 9", [6]),
        ("sorry no i meant 8 before and 3 after", [8, 3]),
        ("tried drawing, was like an 8 now maybe 5", []),
        ("i meant to say thanks", []),
    ],
)
def test_a_correction_gives_the_ratings_that_were_meant(typed: str, meant: list[int]) -> None:
    assert correction(typed) == meant


@pytest.mark.parametrize(
    ("typed", "now"),
    [
        ("texted my mate and it's like a 4 now", 4), ("down to 3", 3), ("maybe five now", 5),
        ("back at work now, 3 colleagues off sick", None), ("it's 4 in the morning", None),
        ("now i have 3 cats", None), ("it's 7 years ago", None),
    ],
)  # fmt: skip
def test_how_strong_the_urge_is_by_now(typed: str, now: Optional[int]) -> None:
    assert rated_now(typed) == now
