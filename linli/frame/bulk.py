"""Many rows at once: PostgreSQL's COPY with each value prepared as its field would prepare it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def copy_in(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Add rows by COPY in the caller's transaction and return how many.

    `names` are field names (`parent` or `parent_id`); each row gives its values in that order. Defaults are
    not filled in and no validation runs: the caller has checked, and the table's constraints hold.
    """
    fields = [model._meta.get_field(name.removesuffix("_id")) for name in names]
    columns = [field.column for field in fields]  # type: ignore[union-attr]
    prepare = [field.get_db_prep_save for field in fields]  # type: ignore[union-attr]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([one(value, connection) for one, value in zip(prepare, row, strict=True)])
            count += 1
    return count
