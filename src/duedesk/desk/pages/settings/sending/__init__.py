"""Settings of how mail leaves and what is done by itself."""
