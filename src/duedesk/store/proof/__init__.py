"""Proofs: every stored figure, word and link of history again by another road than wrote it; nothing here mends."""
