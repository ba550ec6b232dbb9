"""How an address is written on an envelope, country by country in the large; it checks no address."""

from dataclasses import dataclass

from duedesk.domain.names import fold, tidy

LONGEST_STREET = 3
"""Lines of a street that get lines of their own; the rest joins the last of them."""

# Who puts the postal code before the city; folded, in English and in the country's own words.
_CODE_FIRST = {
    *("andorra", "austria", "österreich", "at", "belgium", "belgique", "belgië", "be", "bulgaria", "bg", "croatia"),
    *("hrvatska", "hr", "cyprus", "cy", "czechia", "czech republic", "česko", "cz", "denmark", "danmark", "dk"),
    *("estonia", "eesti", "ee", "finland", "suomi", "fi", "france", "fr", "germany", "deutschland", "de", "greece"),
    *("ελλάδα", "gr", "hungary", "magyarország", "hu", "iceland", "ísland", "is", "italy", "italia", "it", "latvia"),
    *("latvija", "lv", "liechtenstein", "li", "lithuania", "lietuva", "lt", "luxembourg", "lu", "malta", "mt"),
    *("monaco", "mc", "netherlands", "the netherlands", "nederland", "nl", "norway", "norge", "no", "poland", "polska"),
    *("pl", "portugal", "pt", "romania", "românia", "ro", "slovakia", "slovensko", "sk", "slovenia", "slovenija", "si"),
    *("spain", "españa", "es", "sweden", "sverige", "se", "switzerland", "schweiz", "suisse", "svizzera", "ch"),
    *("serbia", "rs", "ukraine", "україна", "ua", "turkey", "türkiye", "tr"),
    *("israel", "ישראל", "il", "morocco", "maroc", "المغرب", "ma"),
}
_CODE_LAST = {
    *("united states", "united states of america", "usa", "us", "u.s.", "u.s.a.", "canada", "ca", "australia", "au"),
    *("new zealand", "nz", "india", "भारत", "in", "japan", "日本", "jp", "south korea", "korea", "대한민국", "kr"),
    *("china", "中国", "cn", "taiwan", "台灣", "tw", "thailand", "ไทย", "ประเทศไทย", "th", "singapore", "sg"),
    *(
        "indonesia",
        "id",
        "south africa",
        "za",
        "united arab emirates",
        "uae",
        "ae",
        "saudi arabia",
        "sa",
        "egypt",
        "eg",
    ),
}
_CODE_BELOW = {
    *("united kingdom", "uk", "gb", "great britain", "england", "scotland", "wales", "northern ireland"),
    *("ireland", "éire", "ie"),
}
_SCRIPTS = {
    **dict.fromkeys(("japan", "日本", "jp"), "JP"),
    **dict.fromkeys(("south korea", "korea", "republic of korea", "대한민국", "kr"), "KR"),
    **dict.fromkeys(("china", "中国", "cn", "singapore", "sg"), "SC"),
    **dict.fromkeys(("taiwan", "台灣", "臺灣", "tw", "hong kong", "香港", "hk", "macao", "mo"), "TC"),
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody is written to; what is not known is empty. A street may have several lines."""

    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether a letter would not arrive: neither street nor city nor code."""
        return not (self.street.strip() or self.city.strip() or self.postal_code.strip())


def address_lines(address: Address, home_country: str = "") -> tuple[str, ...]:
    """Give the lines below the names: street, place, and the country in capitals where it is not the sender's."""
    street = [tidy(line) for line in address.street.splitlines() if line.strip()]
    if len(street) > LONGEST_STREET:
        street[LONGEST_STREET - 1 :] = [", ".join(street[LONGEST_STREET - 1 :])]
    country = tidy(address.country)
    abroad = [country.upper()] if country and not same_country(country, home_country) else []
    return (*street, *_place(address), *abroad)


def same_country(one: str, other: str) -> bool:
    """Tell whether two names of countries are the same but for case and width; `DE` and `Germany` are not."""
    return fold(one) == fold(other)


def script_of(country: str) -> str:
    """Give whose forms of shared East Asian characters are read in a country: JP, KR, SC or TC; else nothing."""
    return _SCRIPTS.get(fold(country), "")


def _place(address: Address) -> list[str]:
    city, state, code = tidy(address.city), tidy(address.state), tidy(address.postal_code)
    country = fold(address.country)
    if country in _CODE_BELOW:
        return [line for line in (city, code) if line]
    # Where the country is not known a state tells: `Springfield, IL 62701`.
    if country in _CODE_LAST or (state and country not in _CODE_FIRST):
        place = ", ".join(part for part in (city, state) if part)
        return [line for line in (f"{place} {code}".strip(),) if line]
    return [line for line in (f"{code} {city}".strip(),) if line]
