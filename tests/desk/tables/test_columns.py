"""The columns of a list come from the catalogue, whole and without a second list of fields."""

from duedesk.desk.tables.columns import INVOICE_COLUMNS, Shown, columns_of
from duedesk.domain.catalog import Kind
from duedesk.domain.objects import CATALOG

INVOICES = {column.path: column for column in columns_of("Invoice")}


def test_every_field_of_an_object_can_be_a_column() -> None:
    for one in CATALOG:
        assert len(columns_of(one.name)) == len(one.fields)


def test_the_list_of_invoices_begins_with_what_matters() -> None:
    labels = [INVOICES[path].label for path in INVOICE_COLUMNS]

    assert labels == ["Invoice", "Account", "Settlement", "Due", "Overdue", "Total", "Balance"]


def test_a_reference_is_shown_by_the_name_of_its_record() -> None:
    assert INVOICES["BillingAccount.Name"].label == "Account"
    assert INVOICES["PaymentTerm.Name"].kind is Kind.STRING
    assert "ReferenceEntityId" in INVOICES  # an order, which the catalogue does not know


def test_figures_stand_right_and_are_sorted_from_the_largest() -> None:
    total, due = INVOICES["TotalAmountWithTax"], INVOICES["DueDate"]

    assert (total.shown, total.is_right, total.sorts_down_first) == (Shown.FIGURE, True, True)
    assert (due.shown, due.is_right, due.sorts_down_first) == (Shown.TEXT, False, False)


def test_half_a_figure_or_date_is_never_shown() -> None:
    may_be_cut = {path for path, column in INVOICES.items() if column.may_be_cut}

    assert {"BillingAccount.Name", "Description"} <= may_be_cut
    assert may_be_cut.isdisjoint({"Balance", "DueDate", "DocumentNumber", "CreatedDate", "SettlementStatus"})


def test_one_column_takes_the_room_that_is_left() -> None:
    assert [path for path, column in INVOICES.items() if column.stretches] == ["BillingAccount.Name"]
