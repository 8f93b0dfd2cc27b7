"""The only writers of setting up: each composes the actions of the floors below in one transaction."""

from linli.founding.actions.buildings import lay_out_buildings
from linli.founding.actions.community import CommunityPlan, found_community
from linli.founding.actions.posts import Name, fill_posts
from linli.founding.actions.practice import choose_practice, store_practices
from linli.founding.actions.units import Unit, add_units

__all__ = [
    "CommunityPlan",
    "Name",
    "Unit",
    "add_units",
    "choose_practice",
    "fill_posts",
    "found_community",
    "lay_out_buildings",
    "store_practices",
]
