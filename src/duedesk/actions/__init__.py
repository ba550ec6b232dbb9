"""Verbs: one verb a function, one transaction a verb, returning what it changed; it knows no window."""
