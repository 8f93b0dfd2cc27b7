"""Measuring: `make bench` fills a database of its own, loads the site as many people would, and writes
`docs/benchmarks.md`. Nothing here is a test and nothing of it is packed."""
