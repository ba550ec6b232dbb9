"""The page of reports: which there are, what each is asked by, the files they became, and those that are kept."""
