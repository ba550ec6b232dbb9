"""One account: what it owes and how late, what of its money is not applied, what came in, and its fields."""
