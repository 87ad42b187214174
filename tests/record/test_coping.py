from hypothesis import given
from hypothesis import strategies as st

from bot.record.coping import ATTEMPT, Ranked, helped_most, ranking, rate_last, save_attempt
from bot.record.store import Store


def test_an_attempt_keeps_what_before_after_helped_and_when(store: Store) -> None:
    kept = save_attempt(store, "p", what="drawing", before=8, after=5)
    entry = store.one("p", "attempt")
    assert (entry["what"], entry["before"], entry["after"], entry["helped"]) == (
        "drawing",
        8,
        5,
        True,
    )
    assert entry["when"] == kept["when"]


def test_an_unrated_attempt_claims_nothing(store: Store) -> None:
    assert save_attempt(store, "p", what="a walk")["helped"] is None
    assert ranking(store, "p") == []


def test_what_helped_often_stands_before_one_lucky_try(store: Store) -> None:
    save_attempt(store, "p", what="music", before=9, after=5)
    for _ in range(4):
        save_attempt(store, "p", what="drawing", before=8, after=5)
    assert helped_most(store, "p") == ["drawing", "music"]


def test_what_did_not_help_is_not_offered_as_help(store: Store) -> None:
    save_attempt(store, "p", what="counting", before=5, after=7)
    assert helped_most(store, "p") == []


@given(st.integers(1, 50), st.floats(-10, -0.1))
def test_more_tries_of_the_same_effect_never_stand_lower(tries: int, change: float) -> None:
    assert Ranked("a", tries + 1, change).standing <= Ranked("a", tries, change).standing


def test_a_rating_told_later_is_put_to_the_last_try(store: Store) -> None:
    save_attempt(store, "p", "walking", before=7, after=5)
    assert rate_last(store, "p", 3, minutes=30)["after"] == 3
    assert [(a["before"], a["after"]) for a in store.entries("p", ATTEMPT)] == [(7, 3)]


def test_a_higher_rating_told_later_undoes_no_success(store: Store) -> None:
    save_attempt(store, "p", "walking", before=7, after=5)
    assert rate_last(store, "p", 6, minutes=30) is None
    assert rate_last(store, "nobody", 3, minutes=30) is None
