"""The route table: which page takes which destination, loaded when first visited; none is named that is not there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from duedesk.desk.letter_routes import (
    make_letter,
    make_letter_texts,
    make_policies,
    take_letter,
    take_letter_texts,
    take_policies,
)
from duedesk.desk.list_routes import (
    make_batch_runs,
    make_changes,
    make_dunning,
    make_forecast,
    make_issued,
    make_reports,
    make_results,
    make_settings,
    make_take_back,
    take_batch_runs,
    take_changes,
    take_dunning,
    take_forecast,
    take_issued,
    take_reports,
    take_results,
    take_settings,
    take_take_back,
)
from duedesk.desk.navigation import (
    Destination,
    ShowAccount,
    ShowAging,
    ShowBatchRuns,
    ShowChanges,
    ShowCreditMemo,
    ShowDunning,
    ShowForecast,
    ShowImport,
    ShowInvoice,
    ShowInvoices,
    ShowIssued,
    ShowLetter,
    ShowLetterTexts,
    ShowPayment,
    ShowPolicies,
    ShowQuery,
    ShowReports,
    ShowSettings,
    ShowTakeBack,
)
from duedesk.desk.page import Desk, Page


@dataclass(frozen=True, slots=True)
class Route:
    """How one kind of destination is reached.

    `rail` is the page's name in the rail, empty where it has no place there; `start` is where the rail goes.
    """

    kind: type[Destination]
    make: Callable[[Desk, date], Page]
    take: Callable[[Page, Destination], None]
    rail: str = ""
    start: Destination | None = None
    belongs_to: type[Destination] | None = None
    """Whose place in the rail is marked while a page without one is shown."""


def _make_invoices(desk: Desk, as_of: date) -> Page:
    from duedesk.desk.pages.invoices.page import InvoicesPage  # noqa: PLC0415 - loaded when first visited

    return InvoicesPage(desk, as_of)


def _take_invoices(page: Page, to: Destination) -> None:
    from duedesk.desk.pages.invoices.page import InvoicesPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case InvoicesPage(), ShowInvoices(asked, title, view):
            page.show_invoices(asked, title, view)


def _make_record(desk: Desk, as_of: date) -> Page:
    from duedesk.desk.pages.record.page import RecordPage  # noqa: PLC0415 - loaded when first visited

    return RecordPage(desk, as_of)


def _take_record(page: Page, to: Destination) -> None:
    from duedesk.desk.pages.record.page import RecordPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case RecordPage(), ShowInvoice(key):
            page.show_record(key)


def _make_payment(desk: Desk, as_of: date) -> Page:
    from duedesk.desk.pages.source.payment_page import PaymentPage  # noqa: PLC0415 - loaded when first visited

    return PaymentPage(desk, as_of)


def _make_memo(desk: Desk, as_of: date) -> Page:
    from duedesk.desk.pages.source.memo_page import CreditMemoPage  # noqa: PLC0415 - loaded when first visited

    return CreditMemoPage(desk, as_of)


def _take_source(page: Page, to: Destination) -> None:
    from duedesk.desk.pages.source.source_page import SourcePage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case SourcePage(), ShowPayment(key) | ShowCreditMemo(key):
            page.show_record(key)


def _make_account(desk: Desk, as_of: date) -> Page:
    from duedesk.desk.pages.account.page import AccountPage  # noqa: PLC0415 - loaded when first visited

    return AccountPage(desk, as_of)


def _take_account(page: Page, to: Destination) -> None:
    from duedesk.desk.pages.account.page import AccountPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case AccountPage(), ShowAccount(key):
            page.show_record(key)


def _make_aging(desk: Desk, as_of: date) -> Page:
    from duedesk.desk.pages.aging.page import AgingPage  # noqa: PLC0415 - loaded when first visited

    return AgingPage(desk, as_of)


def _take_aging(page: Page, to: Destination) -> None:
    from duedesk.desk.pages.aging.page import AgingPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case AgingPage(), ShowAging(request):
            page.show_request(request)


def _make_import(desk: Desk, as_of: date) -> Page:
    from duedesk.desk.pages.importing.page import ImportPage  # noqa: PLC0415 - loaded when first visited

    return ImportPage(desk, as_of)


def _take_import(page: Page, to: Destination) -> None:
    from duedesk.desk.pages.importing.page import ImportPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case ImportPage(), ShowImport(files):
            page.take(files)


ROUTES: tuple[Route, ...] = (
    Route(ShowInvoices, _make_invoices, _take_invoices, "Invoices", ShowInvoices()),
    Route(ShowAging, _make_aging, _take_aging, "Aging", ShowAging()),
    Route(ShowForecast, make_forecast, take_forecast, "Forecast", ShowForecast()),
    Route(ShowDunning, make_dunning, take_dunning, "Dunning", ShowDunning()),
    Route(ShowReports, make_reports, take_reports, "Reports", ShowReports()),
    Route(ShowIssued, make_issued, take_issued, belongs_to=ShowDunning),
    Route(ShowPolicies, make_policies, take_policies, belongs_to=ShowDunning),
    Route(ShowLetterTexts, make_letter_texts, take_letter_texts, belongs_to=ShowDunning),
    Route(ShowInvoice, _make_record, _take_record),
    Route(ShowPayment, _make_payment, _take_source),
    Route(ShowCreditMemo, _make_memo, _take_source),
    Route(ShowAccount, _make_account, _take_account),
    Route(ShowLetter, make_letter, take_letter),
    Route(ShowImport, _make_import, _take_import),
    Route(ShowTakeBack, make_take_back, take_take_back),
    Route(ShowBatchRuns, make_batch_runs, take_batch_runs),
    Route(ShowChanges, make_changes, take_changes),
    Route(ShowQuery, make_results, take_results),
    Route(ShowSettings, make_settings, take_settings),
)
