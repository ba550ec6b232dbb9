"""Verbs of money: received, applied, credited, given back, contested, given up."""
