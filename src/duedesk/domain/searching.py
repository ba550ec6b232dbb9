"""What free text is looked for in: the fields by object; how a text is compared is said in `names`."""

SEARCHED_FIELDS = {
    "Invoice": ("DocumentNumber", "InvoiceNumber", "ReferenceEntityId", "Description"),
    "Payment": ("PaymentNumber", "GatewayRefNumber", "Comments"),
    "CreditMemo": ("DocumentNumber", "CreditMemoNumber", "ReferenceEntityId", "Description"),
    "Account": ("FoldedName", "AccountNumber"),
    "Contact": ("Name", "Email", "Phone"),
}
"""The numbers, names, references and descriptions of each object that is searched."""
