"""The sections of the settings in their order; each is a module of its own."""

from duedesk.desk.pages.settings.automation import AutomationSection
from duedesk.desk.pages.settings.late_interest import LateInterestSection
from duedesk.desk.pages.settings.least_interest import LeastInterestSection
from duedesk.desk.pages.settings.limits import LimitsSection
from duedesk.desk.pages.settings.mail import MailSection
from duedesk.desk.pages.settings.people import GroupsSection, UsersSection
from duedesk.desk.pages.settings.rates import RatesSection
from duedesk.desk.pages.settings.reference_rates import ReferenceRatesSection
from duedesk.desk.pages.settings.section import Section
from duedesk.desk.pages.settings.series import SeriesSection
from duedesk.desk.pages.settings.sharing import SharingSection
from duedesk.desk.pages.settings.terms import TermsSection

SECTIONS: tuple[Section, ...] = (
    UsersSection(),
    GroupsSection(),
    SharingSection(),
    SeriesSection(),
    TermsSection(),
    LimitsSection(),
    RatesSection(),
    LateInterestSection(),
    LeastInterestSection(),
    ReferenceRatesSection(),
    MailSection(),
    AutomationSection(),
)
