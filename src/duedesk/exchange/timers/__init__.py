"""Files by which an operating system runs a command every day: one module a system, as its own tools read them."""
