"""The reports there are, the rows they consist of, and the rules that only reports need."""
