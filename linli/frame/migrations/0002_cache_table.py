"""The table behind Django's database cache, so that rate limits hold across all processes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("frame", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE frame_cache (
                cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
            );
            CREATE INDEX frame_cache_expires ON frame_cache (expires);
            """,
            "DROP TABLE frame_cache;",
        )
    ]
