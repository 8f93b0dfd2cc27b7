"""The mathematics of an opinion map, as Polis's server does it: votes in, groups and what they hold out."""
