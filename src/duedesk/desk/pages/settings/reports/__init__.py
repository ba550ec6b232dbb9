"""Settings of what reports reckon with."""
