"""How a figure of a page is made up: a panel beside the page tells the events, with a sum that ends in it."""
