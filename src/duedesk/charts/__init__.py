"""Figures drawn from rows: pixels and what they stand for; it asks no database and knows no window."""
