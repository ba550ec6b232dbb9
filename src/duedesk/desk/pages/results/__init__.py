"""The result of a query as a list like any other; saved views are opened, kept, renamed and deleted here."""
