"""The page of an invoice as its verbs see it: the record it shows, its panel, its words; they do not know the page."""

from duedesk.desk.records.page import OneRecordPage
from duedesk.store.queries.records.whole_invoice import WholeInvoice

InvoicePage = OneRecordPage[WholeInvoice]
