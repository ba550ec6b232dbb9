"""The list of invoices: narrowed by a bar, previewed at the side; the table itself is `desk.tables`."""
