"""What the opposite of each action is; `actions.undo` asks and does it."""
