"""The safety detector: a plain library that needs neither Rasa nor a database."""
