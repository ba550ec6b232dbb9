"""Questions: each takes a connection and gives frozen rows back; nothing here writes."""
