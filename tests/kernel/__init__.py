"""Tests of the kernel; they need neither Django nor a database."""
