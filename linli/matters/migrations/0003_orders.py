"""Both clocks of a whistle can be late; a supervision has its own limit and rises."""

from django.db import migrations, models

from linli.kernel.clock import now


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0002_numbers_and_search"),
        ("organizations", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="latenessmark",
            name="late_order_once",
        ),
        migrations.AddField(
            model_name="latenessmark",
            name="report_in",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="supervision",
            name="due_at",
            field=models.DateTimeField(default=now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="supervision",
            name="risen_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="supervision",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True), ("risen_at__isnull", True)),
                fields=["due_at"],
                name="supervision_to_rise",
            ),
        ),
        migrations.AddConstraint(
            model_name="latenessmark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("order__isnull", False)),
                fields=("order", "report_in", "kind", "due_at"),
                name="late_order_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="latenessmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("report_in", False), ("order__isnull", False), _connector="OR"),
                name="late_report_in_of_order",
            ),
        ),
    ]
