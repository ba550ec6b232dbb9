"""Dunning policies in the desk: their levels, every field explained, and what tomorrow's run would be by them."""
