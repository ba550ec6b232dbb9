"""What cash is expected and when: the facts, the kept apart, and the outlook of one account."""
