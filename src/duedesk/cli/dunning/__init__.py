"""Verbs of dunning: runs, policies, levels, holds, promises, and the rates of late interest."""
