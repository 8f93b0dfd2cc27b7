"""`linli calendar import FILE`: a published year's working days."""

import argparse
import sys

from linli.kernel.actor import SYSTEM
from linli.kernel.calendar_csv import parse_calendar_csv
from linli.places import actions


def calendar_import(options: argparse.Namespace) -> int:
    """Set the days of a CSV file with the columns date and is_workday; nothing is set if a row is wrong."""
    try:
        text = options.file.read_bytes().decode("utf-8-sig")
    except OSError as wrong:
        print(f"{options.file} cannot be read: {wrong.strerror}", file=sys.stderr)
        return 1
    except UnicodeDecodeError:
        print(f"{options.file} is not UTF-8 text; save it as CSV UTF-8.", file=sys.stderr)
        return 1
    table = parse_calendar_csv(text)
    for error in table.errors:
        print(f"{options.file}:{error.row}: {error.reason % error.params}", file=sys.stderr)
    if table.errors:
        print("Nothing was imported.", file=sys.stderr)
        return 1
    count = actions.import_calendar(by=SYSTEM, days=table.days)
    years = sorted({day.year for day in table.days})
    print(f"{count} days set: {', '.join(map(str, years))}")
    return 0
