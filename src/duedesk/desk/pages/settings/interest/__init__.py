"""Settings of what being late costs."""
