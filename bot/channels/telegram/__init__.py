"""Telegram: private chats with the bot, by long polling or by webhook.

`inbound` reads an update, `intake` writes it down and keeps each person's
messages in order, `clerk` has it answered, `outbound` delivers. Built on
python-telegram-bot's client; not on its Updater, which confirms updates to
Telegram before anybody has handled them.
"""

CHANNEL = "telegram"
