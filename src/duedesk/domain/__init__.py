"""Words and rules of receivables; it knows no database, no file and no window."""
