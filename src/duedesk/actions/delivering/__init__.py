"""Verbs of letters that leave: queued, claimed and handed over, drafted, decided by a person, come back."""
