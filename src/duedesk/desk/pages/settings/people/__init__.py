"""Settings of who works with the book and who sees what."""
