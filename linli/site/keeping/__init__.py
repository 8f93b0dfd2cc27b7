"""Keeping: one archive of the database and the files, made every night, put back whole or not at all."""
