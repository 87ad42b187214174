import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.languages import UNKNOWN, load_languages
from bot.nlu.foreign import foreign
from bot.settings import ROOT

LANGUAGES = load_languages(ROOT / "data" / "languages.yml")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("puedo hablar en español?", "es"), ("hola", "es"), ("quiero morir", "es"),
        ("Przepraszam, łatwiej mi po polsku. Mówisz po polsku?", "pl"),
        ("je veux mourir", "fr"), ("je pense au suicide", "fr"), ("bonjour", "fr"), ("ich will nicht mehr leben", "de"),
        ("voglio farmi del male", "it"), ("Я больше не хочу жить", "ru"), ("привіт", "uk"),
        ("もう死にたい", "ja"), ("죽고 싶어요", "ko"), ("我想死", "zh"), ("أريد أن أموت", "ar"),
        ("ਮੈਨੂੰ ਬਹੁਤ ਡਰ ਲੱਗ ਰਿਹਾ ਹੈ", "pa"), ("আমি খুব একা", "bn"), ("میں بہت تھک گیا ہوں", "ur"),
        ("من خیلی ناراحتم", "fa"), ("நான் தனியாக இருக்கிறேன்", "ta"), ("मैं बहुत दुखी हूँ", "hi"),
        ("ฉันเศร้ามาก", UNKNOWN), ("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", UNKNOWN),
    ],
)  # fmt: skip
def test_another_language_is_known(text: str, code: str) -> None:
    assert foreign(text) == code


@pytest.mark.parametrize(
    "text",
    ["", "hello zanzibar-whispers", "ok", "8ish", "lol", "idk", "i wanna d1e", "naw am no daein numbers the now, skip",
     "nah im good. just done w being alive", "mum says im being dramatic", "blah blah blah",
     "can't anymore", "merci mate, that helped", "🔪🔪", "nope still broken", "do bees die?"],
)  # fmt: skip
def test_english_in_any_spelling_stays_english(text: str) -> None:
    assert foreign(text) is None


def test_hardly_an_english_message_of_ours_is_taken_for_another_language() -> None:
    rows = [
        json.loads(line)["text"]
        for path in sorted((ROOT / "data" / "safety").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    taken = [text for text in rows if foreign(text)]
    assert len(taken) / len(rows) < 0.002, taken


@pytest.mark.parametrize("language", LANGUAGES.languages, ids=lambda one: one.code)
def test_our_own_sentence_is_in_the_language_that_it_is_for(language) -> None:
    assert foreign(language.says) == language.code


@given(st.text(max_size=80))
def test_nothing_typed_breaks_it(text: str) -> None:
    known = {UNKNOWN, *(one.code for one in LANGUAGES.languages)}
    assert foreign(text) is None or foreign(text) in known


@pytest.mark.parametrize(
    ("code", "text"),
    [("es", "no quiero seguir viviendo, no puedo más"), ("fr", "je veux mourir"),
     ("de", "Ich will nicht mehr leben"), ("ru", "Я больше не хочу жить"), ("ja", "もう死にたい")],
)  # fmt: skip
def test_plain_danger_is_known_in_another_language(code: str, text: str) -> None:
    assert LANGUAGES.get(code).in_danger(text)


@pytest.mark.parametrize("language", LANGUAGES.languages, ids=lambda one: one.code)
def test_our_own_sentence_is_no_sign_of_danger(language) -> None:
    assert not language.in_danger(language.says)
