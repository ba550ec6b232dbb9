"""The sections of the ledger, in their order."""

from duedesk.desk.pages.settings.ledger.limits import LimitsSection
from duedesk.desk.pages.settings.ledger.rates import RatesSection
from duedesk.desk.pages.settings.ledger.series import SeriesSection
from duedesk.desk.pages.settings.ledger.terms import TermsSection
from duedesk.desk.pages.settings.section import Section

SECTIONS: tuple[Section, ...] = (SeriesSection(), TermsSection(), LimitsSection(), RatesSection())
