"""Letters as PDF: what stands in one, its wording and its setting; it knows neither the database nor the window."""
