"""The sections of the settings in their order, topic by topic; each is a module in the folder of its topic."""

from duedesk.desk.pages.settings.interest import sections as interest
from duedesk.desk.pages.settings.ledger import sections as ledger
from duedesk.desk.pages.settings.people import sections as people
from duedesk.desk.pages.settings.reports import sections as reports
from duedesk.desk.pages.settings.section import Section
from duedesk.desk.pages.settings.sending import sections as sending

SECTIONS: tuple[Section, ...] = (
    *people.SECTIONS,
    *ledger.SECTIONS,
    *interest.SECTIONS,
    *reports.SECTIONS,
    *sending.SECTIONS,
)
