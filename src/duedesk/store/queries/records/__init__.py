"""One record whole, as it stood on a day: an invoice, a payment, a credit memo, an account, and what belongs to it."""
