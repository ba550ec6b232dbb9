"""The objects of the catalogue, listed once: what is stored, shown, imported and exported."""

from duedesk.domain.catalog import Catalog
from duedesk.domain.objects import (
    cash,
    delivering,
    disputing,
    dunning,
    following,
    instalments,
    invoice,
    late_interest,
    letters,
    party,
    posting,
    rates,
    sharing,
)

CATALOG = Catalog(
    (
        *party.OBJECTS,
        *invoice.OBJECTS,
        *posting.OBJECTS,
        *cash.OBJECTS,
        *instalments.OBJECTS,
        *disputing.OBJECTS,
        *dunning.OBJECTS,
        *delivering.OBJECTS,
        *letters.OBJECTS,
        *rates.OBJECTS,
        *late_interest.OBJECTS,
        *following.OBJECTS,
        *sharing.OBJECTS,
    )
)
