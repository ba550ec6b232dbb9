"""Files in and out: their formats, checks and mappings; it knows neither the database nor the window."""
