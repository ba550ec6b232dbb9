"""Lists of records: what a field is in SQL, which rows a filter finds, in what order, and what they add up to."""
