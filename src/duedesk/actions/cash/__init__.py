"""Verbs of money and credit: received, applied, taken off, given back, credited, written off."""
