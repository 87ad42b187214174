"""Understanding: the Rasa graph components that read a message."""
