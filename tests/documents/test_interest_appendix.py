"""The appendix of a letter writes each period, and its amounts come to the sum."""

from datetime import date
from decimal import Decimal

from duedesk.documents.interest_appendix import appendix_rows
from duedesk.domain.interest.accrual import Claim, InterestTerms, statement
from duedesk.domain.interest.reference_rates import RateTable


def test_the_rows_of_several_invoices_come_to_the_sum() -> None:
    terms = InterestTerms("", percent=Decimal("9.125"))
    parts = Claim.of("EUR", date(2024, 5, 31), (date(2024, 5, 31), Decimal(1000)), (date(2024, 6, 10), Decimal(400)))
    whole = Claim.of("EUR", date(2024, 5, 31), (date(2024, 5, 31), Decimal(10)))
    stated = [statement(claim, terms, RateTable({}, ()), date(2024, 6, 30)) for claim in (parts, whole)]
    appendix = appendix_rows([("I-1", stated[0]), ("I-2", stated[1])])
    assert appendix.header == ("Invoice", "Period", "Days", "Balance", "Rate", "Interest")
    assert appendix.rows == (
        ("I-1", "01 Jun 2024 – 10 Jun 2024", "10", "1,000.00", "9.125%", "2.50"),
        ("", "11 Jun 2024 – 30 Jun 2024", "20", "400.00", "9.125%", "2.00"),
        ("I-2", "01 Jun 2024 – 30 Jun 2024", "30", "10.00", "9.125%", "0.08"),
    )
    assert appendix.sum == ("Total", "", "", "", "", "4.58")
    assert appendix_rows([]).rows == ()
