"""Workbooks for finance: real numbers and dates, formulas that go on calculating; they ask nothing of the book."""
