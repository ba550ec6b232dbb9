"""Verbs that find records and show them, one or many."""
