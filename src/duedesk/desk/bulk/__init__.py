"""Verbs said to many invoices of a list at once: what will happen, then what did; the rules are the actions'."""
