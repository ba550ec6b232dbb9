"""Verbs that write files for others: workbooks, statements, pictures; and what comes back."""
