"""The sections of the settings in their order; each is a module of its own."""

from duedesk.desk.pages.settings.section import Section
from duedesk.desk.pages.settings.series import SeriesSection

SECTIONS: tuple[Section, ...] = (SeriesSection(),)
