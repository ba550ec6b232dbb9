"""Rates of exchange: DatedConversionRate, each valid from its day to the day of the next."""

from duedesk.domain.catalog import Kind, ObjectType
from duedesk.domain.objects.kinds import BOOKKEEPING, day, house, identifier, number, text

DATED_CONVERSION_RATE = ObjectType(
    "DatedConversionRate",
    "Rate of exchange",
    "Rates of exchange",
    "dated_conversion_rate",
    (
        identifier(),
        text("IsoCode", "Currency", nillable=False, max_length=3),
        day("StartDate", "From", nillable=False),
        number(
            "ConversionRate",
            "Rate",
            Kind.DOUBLE,
            nillable=False,
            help="How many of the currency one of the base currency buys.",
        ),
        house(text("BaseIsoCode", "Base", nillable=False, max_length=3)),
        *BOOKKEEPING,
    ),
    name_field="IsoCode",
)

OBJECTS = (DATED_CONVERSION_RATE,)
