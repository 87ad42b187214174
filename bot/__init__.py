"""Tideline: a support chatbot for people who self-injure and for the people who love them."""

from bot.lean import leave_out_unused_frameworks

leave_out_unused_frameworks()  # before anything of ours can import Rasa or spaCy
