"""Queries on organizations, posts and who acts for them."""

from linli.organizations.read.acting import (
    actor_for,
    holders_of,
    is_vacant,
    persons_of,
    persons_of_posts,
)
from linli.organizations.read.boards import building_board, estate_board
from linli.organizations.read.posts import (
    chain_above,
    holder_post,
    label_with_holder,
    org_of_posts,
    post,
    post_above,
    post_kinds,
    post_title,
    posts_by_id,
    posts_labelled,
    posts_of,
    posts_under,
    supervising_post,
)
from linli.organizations.read.units import (
    handler_post,
    organization,
    organizations_over,
    unit_candidates,
    units_over,
)

__all__ = [
    "actor_for",
    "building_board",
    "chain_above",
    "estate_board",
    "handler_post",
    "holder_post",
    "holders_of",
    "is_vacant",
    "label_with_holder",
    "org_of_posts",
    "organization",
    "organizations_over",
    "persons_of",
    "persons_of_posts",
    "post",
    "post_above",
    "post_kinds",
    "post_title",
    "posts_by_id",
    "posts_labelled",
    "posts_of",
    "posts_under",
    "supervising_post",
    "unit_candidates",
    "units_over",
]
