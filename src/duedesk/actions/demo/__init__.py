"""The sample book: two years of a made-up seller's receivables, the same for the same seed; nothing in it is real."""

from duedesk.actions.demo.making import make_demo

__all__ = ["make_demo"]
