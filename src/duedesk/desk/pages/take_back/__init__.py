"""The page that takes a workbook back: shown against the book first, and only then taken over."""
