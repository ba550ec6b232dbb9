"""How a figure is made up: each kind of figure told by the events behind it."""
