import pytest

from bot.conversation.commands import asks_to_delete, asks_to_export, command
from bot.nlu.normalise import normalise


@pytest.mark.parametrize(
    "text",
    [
        "delete all of it please",
        "please erase my data",
        "wipe this chat",
        "now delete the lot please",
        "I want you to delete everything",
        "forget me",
    ],
)
def test_deletion_is_asked_for_in_plain_words(text: str) -> None:
    assert asks_to_delete(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        "how do i delete my data", "can you delete everything", "don't delete my data", "forget it",
        "delete all this when im done can you", "delete it all later once we finish",
        "i need to clear my head of everything", "i want to delete myself", "she deleted all my photos and i feel awful about everything that happened",
    ],
)  # fmt: skip
def test_other_words_delete_nothing(text: str) -> None:
    assert not asks_to_delete(normalise(text))


@pytest.mark.parametrize(
    ("text", "payload"), [("/HELP", "/show_help"), ("/crisis{}", ""), ("help", "")]
)
def test_a_command_is_one_of_ours(text: str, payload: str) -> None:
    assert command(text) == payload


@pytest.mark.parametrize(
    "text",
    [
        "can i have all this as a file for my psychologist",
        "what do you save and can i get a copy",
        "and can i get a copy of everything youve got on me",
        "export my data",
        "download all of it",
    ],
)
def test_a_copy_is_asked_for_in_plain_words(text: str) -> None:
    assert asks_to_export(normalise(text))


def test_other_copies_export_nothing() -> None:
    assert not asks_to_export(normalise("can you write it for me to copy"))
    assert not asks_to_export(normalise("my brother is starting to copy everything i do"))
