"""The one table of records: keys in order, rows read when they are painted."""
