"""Forms made from the catalogue: each field an editor of its kind; what is typed is handed over, never stored here."""
