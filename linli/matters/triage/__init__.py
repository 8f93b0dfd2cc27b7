"""A first look at what a resident said: category, level, unit and limit, with the words that say so."""
