"""Duedesk: the desktop workstation of a collections clerk."""

__version__ = "0.1.0"
