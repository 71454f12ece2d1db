"""Numbers to call in the country the member chose."""

from dataclasses import dataclass, field

from programs.models import Country, SupportLine

DIRECTORY = "https://findahelpline.com"


@dataclass(frozen=True)
class Help:
    """The emergency number, crisis lines, other support lines, and a health advice line ("" for none)."""

    country: str
    emergency: str
    non_emergency: str = ""
    crisis_lines: list[SupportLine] = field(default_factory=list)
    other_lines: list[SupportLine] = field(default_factory=list)
    directory: str = DIRECTORY


def help_for(country: Country | None) -> Help:
    """Return the help in `country` (one query for its lines); for None 112, which works in many countries.

    Lines whose number was confirmed in a public source come first.
    Source of 112: screening data, crisisResources.fallback. The page says so beside the number.
    """
    if country is None:
        return Help(country="", emergency="112")
    lines = [line for line in country.lines.all() if not line.is_safe_at_home]
    lines.sort(key=lambda line: not line.is_verified)
    return Help(
        country=country.name,
        emergency=country.emergency,
        non_emergency=country.non_emergency,
        crisis_lines=[line for line in lines if line.is_crisis_line],
        other_lines=[line for line in lines if not line.is_crisis_line],
    )
