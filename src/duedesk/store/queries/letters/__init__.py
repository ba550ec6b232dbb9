"""Letters: what one says, those that were issued, and how they stand on their way."""
