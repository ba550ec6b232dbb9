"""What lines come to: prices with and without tax, tax by line and by tax line, totals, negative lines."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.errors import RequestError
from duedesk.domain.line_pricing import LineDraft, PricedLine, price
from duedesk.domain.line_totals import LineFigures, LineType, Totals, total, with_tax_assigned, without_negative
from duedesk.domain.money import round_amount

D = Decimal
ONE = D(1)


def totals(lines: Sequence[PricedLine]) -> Totals:
    return total(line.figures for line in lines)


def net(*lines: LineDraft, currency: str = "EUR") -> tuple[PricedLine, ...]:
    return price(lines, currency=currency, locale="Net")


def gross(*lines: LineDraft, currency: str = "EUR") -> tuple[PricedLine, ...]:
    return price(lines, currency=currency, locale="Gross")


def test_net_puts_tax_on_top() -> None:
    lines = net(LineDraft("Hosting", quantity=D(3), unit_price=D("19.99"), tax_rate=D(19)))
    assert totals(lines) == Totals(charge=D("59.97"), charge_tax=D("11.39"), tax=D("11.39"))
    assert totals(lines).with_tax == D("71.36")


def test_gross_takes_tax_out() -> None:
    lines = gross(LineDraft("Hosting", quantity=D(2), gross_unit_price=D("119.00"), tax_rate=D(19)))
    assert totals(lines) == Totals(charge=D("200.00"), charge_tax=D("38.00"), tax=D("38.00"))
    assert lines[0].unit_price == D("100.0000")
    assert lines[0].quantity == D(2)


@pytest.mark.parametrize(
    "lines",
    [
        (LineDraft("Hosting", unit_price=D(119), tax_rate=D(19)),),
        (LineDraft("Hosting", unit_price=D(119)), LineDraft("VAT", "Tax", tax_rate=D(19), related=0)),
    ],
)
def test_gross_puts_no_tax_on_top_of_a_unit_price(lines: tuple[LineDraft, ...]) -> None:
    with pytest.raises(RequestError, match="before tax on an invoice whose prices are with tax") as caught:
        gross(*lines)
    assert caught.value.hint == "Give GrossUnitPrice, the price with its tax, or make the tax locale Net."
    said = replace(lines[0], quantity=ONE, amount=D(119))
    assert totals(gross(said, *lines[1:])).with_tax == D("141.61"), "an amount is before tax, and says so"


def test_tax_of_a_tax_line_lies_on_the_charge_it_names() -> None:
    lines = net(
        LineDraft("Hosting", amount=D("100.00")),
        LineDraft("Discount", "Adjustment", amount=D("-10.00"), related=0),
        LineDraft("VAT", "Tax", tax_rate=D(19), related=0),
        LineDraft("VAT on discount", "Tax", tax_rate=D(19), related=1),
    )
    found = totals(lines)
    assert found.columns() == {
        "total_charge_amount": D("100.00"),
        "total_charge_tax_amount": D("19.00"),
        "total_charge_amount_with_tax": D("119.00"),
        "total_adjustment_amount": D("-10.00"),
        "total_adjustment_tax_amount": D("-1.90"),
        "total_adjustment_amount_with_tax": D("-11.90"),
        "total_amount": D("90.00"),
        "total_tax_amount": D("17.10"),
        "total_amount_with_tax": D("107.10"),
        "total_converted_neg_amount": D(0),
    }
    assert lines[0].figures.columns()["charge_amount_with_tax"] == D("119.00")
    assert lines[1].figures.columns()["adjustment_amount_with_tax"] == D("-11.90")


def test_gross_with_two_taxes_takes_both_out() -> None:
    lines = gross(
        LineDraft("Room", gross_unit_price=D("115.00")),
        LineDraft("GST", "Tax", tax_rate=D(5), related=0),
        LineDraft("PST", "Tax", tax_rate=D(10), related=0),
    )
    assert [line.figures.line_amount for line in lines] == [D("100.00"), D("5.00"), D("10.00")]


def test_tax_is_worked_out_on_the_sum_and_shared_out() -> None:
    lines = net(*(LineDraft(f"Line {place}", amount=D("0.33"), tax_rate=D(10)) for place in range(3)))
    assert [line.figures.tax_amount for line in lines] == [D("0.03"), D("0.04"), D("0.03")]
    assert totals(lines).tax == D("0.10")  # 10 percent of 0.99; line by line it were 0.09


def test_each_currency_rounds_to_its_own_minor_unit() -> None:
    line = LineDraft("Work", quantity=D("1.5"), unit_price=D("333.333"), tax_rate=D(10))
    assert totals(net(line, currency="JPY")).with_tax == D(550)
    assert totals(net(line, currency="BHD")).with_tax == D("550.000")
    assert totals(net(line, currency="EUR")).with_tax == D("550.00")


def test_a_given_tax_is_taken_as_it_is() -> None:
    lines = net(
        LineDraft("Work", amount=D("10.00"), tax_rate=D(19), tax_amount=D("1.89")),
        LineDraft("VAT", "Tax", amount=D("0.50"), related=0),
    )
    assert totals(lines).charge_tax == D("2.39")


def test_subscription_and_usage_have_their_period_and_quantity() -> None:
    begin, end = date(2026, 6, 1), date(2026, 6, 30)
    net(
        LineDraft("Plan", charge_type="Subscription", amount=ONE, service_from=begin, service_to=end),
        LineDraft("GB", charge_type="Usage", quantity=D(5), unit_price=ONE, service_from=begin, service_to=end),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LineDraft(" ", amount=ONE), "has no name"),
        (LineDraft("x" * 256, amount=ONE), "name longer than 255"),
        (LineDraft("A", amount=ONE, description="x" * 1001), "description longer than 1000"),
        (LineDraft("A", "Fee", amount=ONE), "is no Fee"),
        (LineDraft("A"), "has no amount"),
        (LineDraft("A", quantity=ONE), "has no amount"),
        (LineDraft("A", amount=D("1.005")), "more decimals than EUR"),
        (LineDraft("A", amount=ONE, quantity=D(2), unit_price=D(5)), "2 at 5 is 10.00, not 1.00"),
        (LineDraft("A", amount=ONE, related=0), "is a charge and is about no other line"),
        (LineDraft("A", "Adjustment", amount=ONE), "does not say which charge"),
        (LineDraft("A", "Tax", amount=ONE), "does not say which charge"),
        (LineDraft("A", "Tax", amount=ONE, related=5), "does not say which charge"),
        (LineDraft("A", "Tax", amount=ONE, related=0), "is no charge"),
        (LineDraft("A", amount=ONE, tax_rate=D(-1)), "tax rate of -1"),
        (LineDraft("A", amount=ONE, tax_rate=D(101)), "tax rate of 101"),
        (LineDraft("A", gross_unit_price=ONE), "prices are before tax"),
        (LineDraft("A", amount=ONE, charge_type="Rent"), "no such charge type"),
        (LineDraft("A", amount=ONE, charge_type="Subscription"), "without a service period"),
        (LineDraft("A", amount=ONE, service_from=date(2026, 6, 2), service_to=date(2026, 6, 1)), "ends before"),
        (
            LineDraft("A", amount=ONE, charge_type="Usage", service_from=date(2026, 6, 1), service_to=date(2026, 6, 2)),
            "usage charge without a quantity",
        ),
        (LineDraft("A", quantity=D(10) ** 9, unit_price=D(10) ** 9), "comes to more"),
    ],
)
def test_a_line_that_says_too_little_or_too_much_is_refused(line: LineDraft, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        net(line)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LineDraft("T", "Tax", related=0), "has no amount"),
        (LineDraft("T", "Tax", amount=ONE, tax_amount=D(2), related=0), "two amounts"),
        (LineDraft("T", "Tax", amount=ONE, quantity=D(2), related=0), "neither quantity nor price"),
        (LineDraft("T", "Adjustment", amount=ONE, charge_type="Usage", related=0), "no charge"),
    ],
)
def test_a_line_about_a_charge_is_refused_too(line: LineDraft, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        net(LineDraft("A", amount=D(10)), line)


def test_an_amount_may_differ_by_what_was_cut_off_its_price() -> None:
    lines = net(LineDraft("A", quantity=D(3), unit_price=D("33.3333"), amount=D("100.00")))
    assert totals(lines).charge == D("100.00")


def figures(key: int, kind: str, amount: str, tax: str = "0", related: int | None = None) -> LineFigures:
    return LineFigures(key, LineType(kind), D(amount), D(tax), related)


def test_what_a_tax_line_without_a_charge_holds_is_shared_out() -> None:
    lines = (
        figures(1, "Charge", "75.00"),
        figures(2, "Charge", "30.00"),
        figures(3, "Adjustment", "-5.00", related=1),
        figures(4, "Tax", "19.00", "19.00"),
    )
    found = total(with_tax_assigned(lines, "EUR"))
    assert (found.charge_tax, found.adjustment_tax, found.tax) == (D("19.95"), D("-0.95"), D("19.00"))


def test_two_negative_lines_are_turned_into_credit() -> None:
    lines = (
        figures(1, "Charge", "100.00"),
        figures(2, "Charge", "-10.00"),
        figures(3, "Charge", "-15.00"),
        figures(4, "Adjustment", "-20.00", related=1),
    )
    found = total(without_negative(with_tax_assigned(lines, "EUR")))
    assert found.converted == D("-25.00")  # as the object's documentation has it
    assert found.with_tax == D("80.00")  # a discount is no negative line


def test_a_negative_line_goes_with_what_is_about_it() -> None:
    lines = (
        figures(1, "Charge", "100.00"),
        figures(2, "Charge", "-10.00", "-1.00"),
        figures(3, "Tax", "-0.90", "-0.90", related=2),
        figures(4, "Adjustment", "2.00", related=2),
    )
    found = total(without_negative(with_tax_assigned(lines, "EUR")))
    assert (found.converted, found.with_tax) == (D("-9.90"), D("100.00"))


def test_a_tax_line_over_the_whole_keeps_negative_lines_where_they_are() -> None:
    lines = (figures(1, "Charge", "100.00"), figures(2, "Charge", "-10.00"), figures(3, "Tax", "9.00", "9.00"))
    with pytest.raises(RequestError, match="names no charge"):
        without_negative(with_tax_assigned(lines, "EUR"))
    assert without_negative(lines[:1]) == lines[:1]


AMOUNTS = st.integers(-(10**9), 10**9)
RATES = st.sampled_from([D(0), D(5), D("5.5"), D(7), D(19), D("7.7"), D("33.33")])


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**7), RATES), min_size=1, max_size=8),
    st.sampled_from([("EUR", 2), ("JPY", 0), ("BHD", 3)]),
    st.booleans(),
)
def test_prices_and_their_tax_add_up(
    said: list[tuple[int, int, Decimal]], currency: tuple[str, int], is_gross: bool
) -> None:
    code, _ = currency

    def draft(quantity: int, cents: int, rate: Decimal) -> LineDraft:
        line = LineDraft("A", quantity=D(quantity) / 100, tax_rate=rate)
        cost = D(cents) / 100
        return replace(line, gross_unit_price=cost) if is_gross else replace(line, unit_price=cost)

    drafts = [draft(*one) for one in said]
    lines = price(drafts, currency=code, locale="Gross" if is_gross else "Net")
    found = totals(lines)
    amounts = [round_amount(D(quantity) / 100 * D(cents) / 100, code) for quantity, cents, _ in said]
    for rate in {rate for _, _, rate in said}:
        base = sum(amount for amount, (_, _, its_rate) in zip(amounts, said, strict=True) if its_rate == rate)
        tax = sum(
            line.figures.tax_amount for line, (_, _, its_rate) in zip(lines, said, strict=True) if its_rate == rate
        )
        assert tax == round_amount(base * rate / (100 + rate if is_gross else 100), code)
    assert found.with_tax == sum(amounts) + (0 if is_gross else found.tax)
    assert found.charge_tax == found.tax


@given(
    st.lists(st.tuples(st.sampled_from(list(LineType)), AMOUNTS, AMOUNTS, st.integers(0, 9)), max_size=10),
    st.sampled_from(["EUR", "JPY"]),
)
def test_all_tax_lies_somewhere(said: list[tuple[LineType, int, int, int]], currency: str) -> None:
    scale = 0 if currency == "JPY" else -2
    lines = [
        LineFigures(place, kind, D(tax if kind is LineType.TAX else amount).scaleb(scale), D(tax).scaleb(scale), about)
        for place, (kind, amount, tax, about) in enumerate(said)
    ]
    found = total(with_tax_assigned(lines, currency))
    if any(line.type is not LineType.TAX for line in lines):
        assert found.charge_tax + found.adjustment_tax == found.tax
    assert found.with_tax == sum(line.own for line in lines)
    again = total(with_tax_assigned(with_tax_assigned(lines, currency), currency))
    assert again == found


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, st.none() | st.integers(0, 9)), max_size=10))
def test_what_is_turned_into_credit_and_what_stays_make_the_whole(said: list[tuple[int, int, int | None]]) -> None:
    charges = [place for place, (_, _, about) in enumerate(said) if about is None]
    lines = [
        LineFigures(
            place,
            LineType.CHARGE if about is None else LineType.ADJUSTMENT,
            D(amount),
            D(tax),
            charges[about % len(charges)] if about is not None and charges else None,
        )
        for place, (amount, tax, about) in enumerate(said)
    ]
    before, after = total(lines), total(without_negative(lines))
    assert after.with_tax + after.converted == before.with_tax
    assert after.converted <= 0
