"""What people type, read into the values of the domain: conditions, orders and whole queries; it asks no book."""
