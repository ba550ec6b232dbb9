"""Late interest: the rules of the program and those of the book, statements of invoices, rates and choices."""
