"""Verbs that ask for figures: agings, what moved them, metrics, the forecast, and how a figure is made up."""
