"""The book: its tables, engine, migrations and the questions asked of it; it knows no file format and no window."""
