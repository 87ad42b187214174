"""How far away a named time is."""

import datetime as dt

import pytest

from bot.nlu.times import minutes_until

A_WEDNESDAY = dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("plain", "minutes"),
    [
        ("in two hours", 120),
        ("in 30 minutes", 30),
        ("half an hour", 30),
        ("in an hour", 60),
        ("in 3 days", 3 * 1440),
        ("in a couple of weeks", 2 * 7 * 1440),
        ("later", 240),
        ("tonight please", 240),
        ("tomorrow morning", 1440),
        ("the day after tomorrow", 2880),
        ("next week", 7 * 1440),
        ("on friday", 2 * 1440),
        ("on wednesday", 7 * 1440),
        ("at the weekend", 3 * 1440),
    ],
)
def test_a_time_is_counted_from_now(plain: str, minutes: int) -> None:
    assert minutes_until(plain, A_WEDNESDAY) == minutes


@pytest.mark.parametrize(
    "plain", ["check in on me", "at 9", "in 1 minute", "in 40 days", "", "in 0 hours"]
)
def test_no_time_or_one_out_of_bounds_is_none(plain: str) -> None:
    assert minutes_until(plain) is None
