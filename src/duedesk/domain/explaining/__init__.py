"""Figures as values, and how each is told step by step from the events that make it."""
