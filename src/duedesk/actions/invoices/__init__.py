"""What is done to invoices as a whole: drafted, numbered, posted, voided and canceled."""
