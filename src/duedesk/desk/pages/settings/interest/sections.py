"""The sections of late interest, in their order."""

from duedesk.desk.pages.settings.interest.late_interest import LateInterestSection
from duedesk.desk.pages.settings.interest.least_interest import LeastInterestSection
from duedesk.desk.pages.settings.interest.reference_rates import ReferenceRatesSection
from duedesk.desk.pages.settings.section import Section

SECTIONS: tuple[Section, ...] = (LateInterestSection(), LeastInterestSection(), ReferenceRatesSection())
