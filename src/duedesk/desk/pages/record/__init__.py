"""One invoice whole."""
