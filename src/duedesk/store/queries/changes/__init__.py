"""What changed since: records that were touched, and what moved the figures."""
