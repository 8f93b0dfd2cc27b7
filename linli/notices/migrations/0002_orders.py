"""A whistle nobody reports in for is told of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="topic",
            field=models.CharField(
                choices=[
                    ("matter_received", "matter_received"),
                    ("matter_moved", "matter_moved"),
                    ("matter_answered", "matter_answered"),
                    ("matter_closed", "matter_closed"),
                    ("matter_on_you", "matter_on_you"),
                    ("matter_reopened", "matter_reopened"),
                    ("matter_suspended", "matter_suspended"),
                    ("matter_merged", "matter_merged"),
                    ("matter_split", "matter_split"),
                    ("matter_postponed", "matter_postponed"),
                    ("matter_published", "matter_published"),
                    ("matter_supplemented", "matter_supplemented"),
                    ("matter_reminded", "matter_reminded"),
                    ("matter_late", "matter_late"),
                    ("matter_escalated", "matter_escalated"),
                    ("evaluate", "evaluate"),
                    ("urged", "urged"),
                    ("supervised", "supervised"),
                    ("order_issued", "order_issued"),
                    ("order_returned", "order_returned"),
                    ("order_reviewed", "order_reviewed"),
                    ("order_reported", "order_reported"),
                    ("order_rework", "order_rework"),
                    ("order_late", "order_late"),
                    ("whistle", "whistle"),
                    ("whistle_reminded", "whistle_reminded"),
                    ("whistle_late", "whistle_late"),
                    ("reported_in", "reported_in"),
                    ("extension_asked", "extension_asked"),
                    ("extension_decided", "extension_decided"),
                    ("announcement", "announcement"),
                    ("announcement_to_approve", "announcement_to_approve"),
                    ("gathering_called", "gathering_called"),
                    ("gathering_cancelled", "gathering_cancelled"),
                    ("objection_made", "objection_made"),
                    ("objection_answered", "objection_answered"),
                    ("proposal_owed", "proposal_owed"),
                    ("proposal_answered", "proposal_answered"),
                    ("proposal_merged", "proposal_merged"),
                    ("proposal_closed", "proposal_closed"),
                    ("topic_days", "topic_days"),
                    ("words_hidden", "words_hidden"),
                    ("covenant_consulted", "covenant_consulted"),
                    ("covenant_adopted", "covenant_adopted"),
                    ("covenant_not_adopted", "covenant_not_adopted"),
                    ("covenant_published", "covenant_published"),
                    ("covenant_review", "covenant_review"),
                    ("name_chosen", "name_chosen"),
                    ("honour_asked", "honour_asked"),
                    ("honour_struck", "honour_struck"),
                    ("jury_called", "jury_called"),
                    ("appraisal_prolonged", "appraisal_prolonged"),
                    ("shares_proposed", "shares_proposed"),
                ],
                max_length=30,
            ),
        ),
    ]
