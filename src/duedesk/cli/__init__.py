"""The terminal: a verb for everything the desk does with data, on the same actions; it knows no window."""
