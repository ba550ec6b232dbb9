"""The window: pages over actions and queries; it knows no SQL, no file format and no rule of its own."""
