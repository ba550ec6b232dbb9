"""Small widgets that several pages share; they ask nothing of the book."""
