"""Time zones by the names people know them under: "Berlin, Germany" for "Europe/Berlin".

Cities and countries are those of the tables that come with the zones (the tzdata package).
"""

from functools import cache

from common.time_zones import table_rows, time_zones

Zones = dict[str, str]


def place_of(zone: str) -> str:
    """Return the place of a time zone, such as "Berlin, Germany"; the zone itself where it is in no country."""
    return _places().get(zone, zone)


@cache
def places() -> tuple[str, ...]:
    """Return the places of all time zones, by country and city."""
    return tuple(sorted(_places().values(), key=lambda place: place.split(", ")[::-1]))


def zone_of(text: str) -> str | None:
    """Return the time zone of a place, a city that only one place has, or a zone; None for anything else."""
    known = _zones()
    found = known.get(" ".join(text.replace("_", " ").split()).casefold())
    return found or (text if text in time_zones() else None)


@cache
def _places() -> Zones:
    countries = dict(table_rows("iso3166.tab"))
    return {
        zone: f"{zone.rpartition('/')[2].replace('_', ' ')}, {countries[code]}"
        for code, _position, zone, *_more in table_rows("zone.tab")
    }


@cache
def _zones() -> Zones:
    """Return the zone of each place and of each city whose name no other has, in small letters."""
    cities: dict[str, set[str]] = {}
    for zone, place in _places().items():
        cities.setdefault(place.partition(",")[0].casefold(), set()).add(zone)
    alone = {city: next(iter(zones)) for city, zones in cities.items() if len(zones) == 1}
    return alone | {place.casefold(): zone for zone, place in _places().items()}
