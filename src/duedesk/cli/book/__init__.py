"""Verbs of the book itself: made, filled, proved, copied, set."""
