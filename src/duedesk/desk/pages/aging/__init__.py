"""Who owes what, and how late it is."""
