"""What pays an invoice, one page for both kinds: a payment or a credit memo, and where it was put."""
