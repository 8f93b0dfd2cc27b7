"""The worker: runs jobs until it is told to stop, and finishes the one it has begun."""

import argparse

from procrastinate.connector import BaseAsyncConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

CONCURRENCY = 2
SECONDS_TO_FINISH = 20


def run(_options: argparse.Namespace) -> None:
    """Work until SIGTERM or Ctrl-C. A job cut off by a harder end is found again by the periodic sweep."""
    with app.replace_connector(worker_connector()) as working:
        working.run_worker(concurrency=CONCURRENCY, shutdown_graceful_timeout=SECONDS_TO_FINISH, name="linli")


def worker_connector() -> BaseAsyncConnector:
    """A connection of the worker's own to the same database: Django's cannot wait for notices."""
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    return connector.get_worker_connector()


def until_empty() -> None:
    """Run what is due now and return: for tests and for draining before a move."""
    with app.replace_connector(worker_connector()) as working:
        working.run_worker(concurrency=1, wait=False, listen_notify=False, install_signal_handlers=False)
