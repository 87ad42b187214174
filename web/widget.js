// The one line a service pastes: opens Tideline's page in a frame from a button.
