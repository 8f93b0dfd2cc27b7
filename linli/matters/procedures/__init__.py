"""Procedures: files that say how a community settles a matter. Read, checked, drawn; no database here."""
