"""Dunning: what a run of the day would send and what it leaves out with why, decided before it goes."""
