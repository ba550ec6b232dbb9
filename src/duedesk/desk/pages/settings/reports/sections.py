"""The sections of reports, in their order."""

from duedesk.desk.pages.settings.reports.loss_rates import LossRatesSection
from duedesk.desk.pages.settings.section import Section

SECTIONS: tuple[Section, ...] = (LossRatesSection(),)
