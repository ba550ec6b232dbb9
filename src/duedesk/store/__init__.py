"""The book: its tables, its engine, its migrations and the questions asked of it; it knows no file format and no window."""
