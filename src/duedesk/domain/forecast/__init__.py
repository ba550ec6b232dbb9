"""What cash is expected and when, and how far off that was: the arithmetic, and the words for it."""
