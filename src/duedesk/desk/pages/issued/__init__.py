"""Letters that were issued, the runs that issued them, and how they left: looked up, taken back, printed, mailed."""
