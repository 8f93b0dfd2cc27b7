"""What duties and levels are called."""

from django.utils.translation import gettext_lazy as _

from linli.organizations.kinds import Level

DUTY_LABELS = {
    "property_company": _("Property management"),
    "owners_committee": _("Owners' committee"),
    "street_urban_management": _("Street order and signs"),
    "power_company": _("Power"),
    "water_company": _("Water"),
    "gas_company": _("Gas"),
    "heating_company": _("Heating"),
    "police": _("Police"),
    "fire": _("Fire safety"),
    "civil_affairs": _("Civil affairs"),
    "housing_bureau": _("Housing and building"),
    "environment": _("Environment"),
    "market_supervision": _("Market supervision"),
    "traffic_police": _("Traffic police"),
    "telecom": _("Telephone and network"),
    "health": _("Health"),
    "education": _("Education"),
    "labour": _("Work and social security"),
    "community": _("The community"),
    "mediation_committee": _("Mediation"),
    "volunteers": _("Volunteers"),
}
# What people at an estate's gate look for, so that the board stays one sheet.
ON_BOARDS = (
    "property_company",
    "owners_committee",
    "community",
    "mediation_committee",
    "police",
    "street_urban_management",
    "power_company",
    "water_company",
    "gas_company",
    "heating_company",
    "fire",
    "health",
)
LEVEL_LABELS = {
    Level.BUILDING: _("Building"),
    Level.GRID: _("Grid"),
    Level.COURTYARD: _("Courtyard"),
    Level.COMMUNITY: _("Community"),
    Level.STREET: _("Street"),
    Level.DISTRICT: _("District"),
    Level.UNIT: _("Unit"),
}


def duty_rank(duty: str) -> int:
    """Where a duty stands among those people look for: the boards' first, then the others."""
    order = [*ON_BOARDS, *(each for each in DUTY_LABELS if each not in ON_BOARDS)]
    return order.index(duty) if duty in order else len(order)


def duty_label(duty: str) -> str:
    """The duty's name; its own code when nobody named it."""
    return str(DUTY_LABELS.get(duty, duty))
