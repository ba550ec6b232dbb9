"""Dunning as verbs: policies, holds, promises, levels, and what a run would do."""
