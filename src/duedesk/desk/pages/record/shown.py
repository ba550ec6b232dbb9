"""The page of an invoice as its verbs see it: the record it shows, its panel, its words; they do not know the page."""

from duedesk.desk.records.page import OneRecordPage
from duedesk.store.queries.whole_invoices import WholeInvoice

InvoicePage = OneRecordPage[WholeInvoice]
