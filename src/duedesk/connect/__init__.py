"""Other systems that the desk talks to, a file each; it knows neither the database nor the window."""
