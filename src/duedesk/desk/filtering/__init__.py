"""The filter builder: a condition as rows of fields, words and values, beside it as text."""
