"""Who may do what: the roles of users; it knows no record and no database."""

from enum import StrEnum


class Role(StrEnum):
    """What a user is at the desk for."""

    CLERK = "Clerk"
    SUPERVISOR = "Supervisor"
    FINANCE = "Finance"
    AUDITOR = "Auditor"
