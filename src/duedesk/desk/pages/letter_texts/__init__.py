"""What dunning letters say, edited beside the very page it will stand on; each save is another version."""
