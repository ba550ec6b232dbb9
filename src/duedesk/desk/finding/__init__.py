"""Ctrl+K: one field over the window that finds records, pages and commands, and takes a query."""
