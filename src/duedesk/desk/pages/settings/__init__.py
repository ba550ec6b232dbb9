"""The settings of a book: who works in it, what is shared, numbers, terms and limits; each change is an action."""
