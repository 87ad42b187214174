"""A person at the widget: what they see, press and write."""

from playwright.sync_api import Locator, Page


class Person:
    def __init__(self, page: Page, frame=None) -> None:
        self.page = page
        self.at = frame or page
        self.panel = self.at.locator("tideline-chat .panel")
        self.said = self.at.locator("tideline-chat .turn.bot")

    def button(self, name: str, exact: bool = True) -> Locator:
        return self.at.locator("tideline-chat").get_by_role("button", name=name, exact=exact)

    def open(self) -> "Person":
        self.button("Talk it through").click()
        self.panel.wait_for()
        return self

    def begin(self) -> "Person":
        """Open the chat, read who reads what, agree, and be greeted."""
        if self.button("Talk it through").count():
            self.open()
        self.button("Okay, let's start").click()
        self.said.first.wait_for()
        return self

    def answered(self, act) -> str:
        """What the bot says to an action."""
        before = self.said.count()
        act()
        self.said.nth(before).wait_for()
        return "\n".join(self.said.all_inner_texts()[before:])

    @property
    def field(self) -> Locator:
        return self.at.locator("tideline-chat").get_by_label("Your message")

    def write(self, text: str) -> str:
        def act() -> None:
            self.field.fill(text)
            self.field.press("Enter")

        return self.answered(act)

    def press(self, name: str) -> str:
        return self.answered(lambda: self.button(name).click())

    def rate(self, number: int) -> str:
        slider = self.at.locator("tideline-chat").get_by_role("slider")
        slider.fill(str(number))
        return self.press(f"Send {number}")

    def mine(self) -> list[str]:
        return self.at.locator("tideline-chat .turn.me .said").all_inner_texts()
