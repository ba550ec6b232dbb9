"""Batch runs: what each found, posted and left in error, invoice by invoice; one that was stopped is resumed here."""
