"""Dunning letters as they would be issued, with what a test wants different."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from documents.samples import AS_OF, BROOKWELL
from duedesk.documents.dress import Dress
from duedesk.documents.dunning_letter import DunningItem, DunningLetter, DunningSection, InterestOf
from duedesk.documents.dunning_wording import Kind, shipped_text, worded
from duedesk.documents.payment_codes import Account, Party, payment_of
from duedesk.documents.wording import parse_wording
from duedesk.domain.interest.accrual import InterestPeriod, InterestStatement, InterestTerms
from duedesk.domain.interest.day_counts import DayCount

NUMBER = "DL-2026-00318"
EURO = Account(Party("Brookwell Capital Ltd"), "DE89 3704 0044 0532 0130 00", "COBADEFFXXX", "EUR")
SWISS_HOLDER = Party("Brookwell Capital AG", "Seestrasse", "14", "8002", "Zürich", "CH")
FRANCS = Account(SWISS_HOLDER, "CH93 0076 2011 6238 5295 7", "", "CHF")
QR_FRANCS = Account(SWISS_HOLDER, "CH44 3199 9123 0008 8901 2", "", "CHF")
LENOIR = ("Société Lenoir", "Mme Camille Lenoir", "27 rue des Tanneurs", "59000 Lille", "FRANCE")


def item(number: str, overdue: int, total: str, asked: str, **different: Any) -> DunningItem:
    """An invoice with 30 days to pay, so many days overdue."""
    due = AS_OF - timedelta(days=overdue)
    figures = (due - timedelta(days=30), due, overdue, Decimal(total), Decimal(asked))
    return DunningItem(number, *figures, **different)


THREE = (
    item("INV-2026-04373", 121, "32100.75", "18840.45", level=2),
    item("INV-2026-04402", 40, "1250.40", "1250.40", level=2),
    item("INV-2026-04418", 22, "640.20", "640.20", level=1),
)
TERMS = InterestTerms(
    "Statutory interest for commercial transactions: reference rate of the ECB plus 8 percentage points",
    series="ecb",
    margin=Decimal(8),
    day_count=DayCount.ACT_365,
)


def interest(number: str, *rows: tuple[date, date, str, str, str]) -> InterestOf:
    """Interest of an invoice over the periods given: first and last day, balance, rate, amount."""
    periods = tuple(
        InterestPeriod(first, last, (last - first).days + 1, Decimal(balance), Decimal(rate), Decimal(amount))
        for first, last, balance, rate, amount in rows
    )
    total = sum((one.amount for one in periods), Decimal(0))
    return InterestOf(number, InterestStatement("EUR", TERMS, periods, total, AS_OF))


APPENDIX = (
    interest(
        "INV-2026-04373",
        (date(2026, 7, 26), date(2026, 9, 29), "31680.75", "10.15", "581.45"),
        (date(2026, 9, 30), date(2026, 11, 23), "18840.45", "10.15", "288.16"),
    ),
    interest("INV-2026-04402", (date(2026, 10, 15), date(2026, 11, 23), "1250.40", "10.15", "13.91")),
)
CHARGED = sum((one.statement.total for one in APPENDIX), Decimal(0))


def section(currency: str = "EUR", account: Account | None = EURO, **different: Any) -> DunningSection:
    """What is asked for in one currency, with the code to pay it."""
    made = DunningSection(currency, different.pop("items", THREE), **different)
    return replace(made, payment=payment_of(NUMBER, made.to_pay, currency, account)) if account else made


def bare(*sections: DunningSection, **different: Any) -> DunningLetter:
    """A letter without its text."""
    made = DunningLetter(
        number=NUMBER,
        letterhead=BROOKWELL,
        recipient_lines=LENOIR,
        account_name="Société Lenoir",
        account_number="C-10482",
        letter_date=AS_OF,
        as_of=AS_OF,
        deadline=date(2026, 12, 7),
        sections=sections or (section(),),
        dress=Dress(),
        level=2,
        salutation="Mme",
        last_name="Lenoir",
        contact="Camille Lenoir",
        previous_date=date(2026, 11, 2),
        signed_by="Ana Reyes",
    )
    return replace(made, **different)


def dunning(*sections: DunningSection, kind: Kind = Kind.LEVEL_2, **different: Any) -> DunningLetter:
    """A second reminder to Société Lenoir, unless told."""
    letter = bare(*sections, **different)
    wording = parse_wording(shipped_text(letter.language, kind), f"{letter.language}/{kind.value}")
    return worded(letter, wording, f"{letter.language}/{kind.value}/shipped")


def full() -> DunningSection:
    """A section with everything on it."""
    return section(
        unapplied=Decimal("-500.00"),
        fee=Decimal("40.00"),
        interest=CHARGED,
        interest_until=AS_OF,
        appendix=APPENDIX,
        not_due=(item("INV-2026-04461", -14, "2210.00", "2210.00"),),
    )
