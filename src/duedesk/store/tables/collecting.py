"""The tables of collecting, listed once: what is dunned, and what interest was charged; it defines none itself."""

from duedesk.store.tables import dunning, interest

__all__ = ["dunning", "interest"]
