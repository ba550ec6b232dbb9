"""Verbs of letters: their looks and words, those issued, and how they leave."""
