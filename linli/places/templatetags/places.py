"""What sources of an area and lacks of a bay are called; areas as they are read."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.places.kinds import AreaSource, Lack

register = template.Library()

SOURCE_LABELS = {
    AreaSource.REGISTER: gettext_lazy("as in the property register"),
    AreaSource.SURVEYED: gettext_lazy("as surveyed"),
    AreaSource.CONTRACT: gettext_lazy("as in the contract of sale"),
}
LACK_LABELS = {
    Lack.INDEPENDENT: gettext_lazy("it is not marked off by itself"),
    Lack.EXCLUSIVE: gettext_lazy("it is not for one user alone"),
    Lack.REGISTRABLE: gettext_lazy("it cannot be registered as somebody’s own"),
}


@register.filter
def square_metres(area: int) -> Decimal:
    """An area in 0.01 m² as square metres."""
    return Decimal(area) / 100


@register.filter
def lacking(lacks: Any) -> str:
    """What a bay lacks to be somebody's own, in words; "" for an owned part."""
    return _(", ").join(str(LACK_LABELS[Lack(lack)]) for lack in lacks)
