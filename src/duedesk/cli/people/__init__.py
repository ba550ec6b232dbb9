"""Verbs of who is in the book, and who sees what."""
