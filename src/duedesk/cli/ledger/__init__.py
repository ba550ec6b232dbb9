"""Verbs of invoices: drafted, posted, voided, numbered, handed over, written upon."""
