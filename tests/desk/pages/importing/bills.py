"""Files of bills as customers' programs write them: good ones, a bad row, dates in doubt."""

HEAD = "invoice_no,customer_no,customer_name,invoice_date,due_date,currency,total"

GOOD = f"""{HEAD}
INV-1,C-1,Société Lenoir,2026-09-14,2026-10-14,EUR,1250.40
INV-2,C-1,Société Lenoir,2026-10-02,2026-11-01,EUR,780.10
INV-3,C-2,Delmar Foods,2026-10-05,2026-11-04,USD,640.20
"""
"""Two accounts, three invoices: 2,030.50 EUR and 640.20 USD."""

WITH_A_BAD_ROW = f"{GOOD}INV-4,C-2,Delmar Foods,2026-10-06,2026-11-05,USD,a lot\n"

IN_DOUBT = f"""{HEAD}
INV-1,C-1,Société Lenoir,01/02/2026,03/04/2026,EUR,1250.40
"""
"""The first of February, or the second of January."""
