"""Rows of a ledger taken a column at a time: the same rules as row by row, for rows that nothing is to be said of."""
