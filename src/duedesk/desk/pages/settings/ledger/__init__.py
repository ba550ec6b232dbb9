"""Settings of how invoices are numbered and due, what may be written off, and how currencies convert."""
