"""The panels in which a reader says how a verb shall be done: they gather values and say so; no page and no rule."""
