"""The sections of mail and timers, in their order."""

from duedesk.desk.pages.settings.section import Section
from duedesk.desk.pages.settings.sending.automation import AutomationSection
from duedesk.desk.pages.settings.sending.mail import MailSection

SECTIONS: tuple[Section, ...] = (MailSection(), AutomationSection())
