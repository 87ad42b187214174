"""Where people talk to Tideline; each only translates between its widgets and a turn."""
