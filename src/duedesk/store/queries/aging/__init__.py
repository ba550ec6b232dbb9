"""Who owes what and how late it is, on any day: the figures, what they are added up from, and their proof."""
