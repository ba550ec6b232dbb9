"""The columns of a list come from the catalogue, whole and without a second list of fields."""

from duedesk.desk.tables.columns import INVOICE_COLUMNS, Shown, columns_for, columns_of
from duedesk.domain.catalog import Kind
from duedesk.domain.objects import CATALOG

INVOICES = {column.path: column for column in columns_of("Invoice")}


def test_every_field_of_an_object_can_be_a_column() -> None:
    for one in CATALOG:
        assert len(columns_of(one.name)) == len(one.read_fields)


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


def test_amounts_carry_their_currency_where_no_column_tells_it() -> None:
    told = columns_for("Payment", ["PaymentNumber", "Amount", "CurrencyIsoCode"])
    untold = columns_for("Payment", ["PaymentNumber", "Amount"])

    assert [column.shown for column in told] == [Shown.NUMBER, Shown.FIGURE, Shown.TEXT]
    assert [column.has_currency for column in untold] == [False, True]
    assert [column.shown for column in columns_for("Invoice", ["Balance", "TotalAmount"])] == [
        Shown.BALANCE,
        Shown.MONEY,
    ]


def test_a_field_of_another_record_is_named_with_it() -> None:
    name, country = columns_for("Invoice", ["BillingAccount.Name", "BillingAccount.BillingCountry"])

    assert (name.label, country.label) == ("Account", "Account, billing country")


def test_a_column_of_words_takes_the_room_that_is_left() -> None:
    columns = columns_for("Payment", ["PaymentNumber", "Account.Name", "Amount", "PaymentNumber"])
    assert [(column.path, column.stretches) for column in columns] == [
        ("PaymentNumber", False),
        ("Account.Name", True),
        ("Amount", False),
    ]
    assert [column.stretches for column in columns_for("Payment", ["Amount"])] == [False]
