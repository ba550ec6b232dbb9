"""The objects of the catalogue, listed once: what is stored, shown, imported and exported."""

from duedesk.domain.catalog import Catalog
from duedesk.domain.objects import cash, invoice, party

CATALOG = Catalog((*party.OBJECTS, *invoice.OBJECTS, *cash.OBJECTS))
