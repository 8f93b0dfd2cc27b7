"""The serial of matter numbers, without a counter row to hold until commit."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE matters_serial;", "DROP SEQUENCE matters_serial;"),
        migrations.RunSQL("CREATE SEQUENCE matters_order_serial;", "DROP SEQUENCE matters_order_serial;"),
    ]
