"""What building took many actions to write, kept as text and put back by COPY.

The rows are those the real actions wrote, so a test starts where it would have started had they run again: a
world is some 1,500 statements to build, and one for each of its dozen tables to put back.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

COLUMNS = """
    SELECT c.relname, string_agg(quote_ident(a.attname), ',' ORDER BY a.attnum), bool_or(a.attidentity <> '')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows of some tables, each with its columns' names."""

    rows: dict[str, tuple[str, bytes]]

    @classmethod
    def take(cls, tables: Iterable[str]) -> "Snapshot":
        """Keep what stands in these tables now, as this connection sees it.

        A table that numbers its rows is refused: its sequence would not know of rows put back.
        """
        with connection.cursor() as cursor:
            cursor.execute(COLUMNS)
            described = {name: (columns, counts) for name, columns, counts in cursor.fetchall()}
            rows = {}
            for table in sorted(tables):
                columns, counts = described[table]
                if counts:
                    raise ValueError(f"{table} numbers its rows")
                with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as out:
                    rows[table] = columns, b"".join(bytes(part) for part in out)
        return cls(rows)

    def fits(self) -> bool:
        """Whether none of its tables holds a row."""
        return not filled(self.rows)

    def put_back(self) -> None:
        """Write the rows, all or none."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table, (columns, text) in self.rows.items():
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as into:
                    into.write(text)


def filled(tables: Iterable[str] | None = None) -> set[str]:
    """Which of these tables hold any row; of all there are when none are named."""
    with connection.cursor() as cursor:
        if tables is None:
            cursor.execute(COLUMNS)
            tables = [name for name, _, _ in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (TABLE {name})" for name in tables))
        return {name for (name,) in cursor.fetchall()}
