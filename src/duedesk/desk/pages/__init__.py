"""The pages, one folder each; they never import one another and say where to go by `navigation`."""
