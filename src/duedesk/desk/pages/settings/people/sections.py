"""The sections of people, in their order."""

from duedesk.desk.pages.settings.people.people import GroupsSection, UsersSection
from duedesk.desk.pages.settings.people.sharing import SharingSection
from duedesk.desk.pages.settings.section import Section

SECTIONS: tuple[Section, ...] = (UsersSection(), GroupsSection(), SharingSection())
