"""The rules of people, pure: what is shown masked and what a name must be; how owners are counted."""

from linli.people.rules.persons import (
    ADULT,
    LANGUAGES,
    NAME_LENGTH,
    TEXT_SIZES,
    Masked,
    checked_born_year,
    checked_name,
    is_adult,
    masked,
    masked_words,
    reach_with,
    share_is_sound,
)

__all__ = [
    "ADULT",
    "LANGUAGES",
    "NAME_LENGTH",
    "TEXT_SIZES",
    "Masked",
    "checked_born_year",
    "checked_name",
    "is_adult",
    "masked",
    "masked_words",
    "reach_with",
    "share_is_sound",
]
