"""The page of what changed since: what moved the figures between two moments, event by event."""
