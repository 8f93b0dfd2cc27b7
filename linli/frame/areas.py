"""Areas: typed in square metres, kept as whole numbers of 0.01 m², so that no sum is ever rounded."""

from decimal import Decimal
from typing import Any, Final

from django import forms

LARGEST: Final = 10_000_000  # m²; more than the owners of any community have
_PARTS: Final = 100


class AreaField(forms.DecimalField):
    """Square metres with at most two decimals; its value is the area in 0.01 m², or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal("0.01"), max_value=LARGEST, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> Any:
        """The whole number that is kept."""
        metres = super().clean(value)
        return None if metres is None else int(metres * _PARTS)
