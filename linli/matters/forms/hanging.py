"""The form of a sheet that hangs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.documents.rules import MOST_BYTES
from linli.frame.inputs import Day
from linli.frame.photos import PhotosField, as_sent
from linli.gatherings.actions.hanging import Sheet
from linli.gatherings.rules import postings
from linli.matters.forms.words import Line, Paragraph


class SheetForm(forms.Form):
    """Where it hangs, since when, what it says, and a photo of it."""

    where = Line(
        label=_("Where it hangs"), max_length=postings.LONGEST_WHERE,
        help_text=_("For example: the door of the entrance, and the board at the gate."),
    )  # fmt: skip
    since = Day(label=_("Since when"), help_text=_("This day is not counted; the days begin with the next."))
    title = Line(label=_("Title"), max_length=postings.LONGEST_TITLE)
    body = Paragraph(label=_("The words on the sheet"), max_length=postings.LONGEST_WORDS, rows=10)
    photos = PhotosField(most=1, label=_("Photo of the sheet as it hangs"))

    def clean(self) -> None:
        """A sheet is shown by its photo."""
        if not self.errors and not self.cleaned_data["photos"]:
            self.add_error("photos", _("Send a photo of the sheet as it hangs."))

    def sheet(self) -> Sheet:
        """What was said, as the action takes it."""
        said = self.cleaned_data
        [photo] = as_sent(said["photos"], most_bytes=MOST_BYTES)
        return Sheet(said["title"], said["body"], said["where"], said["since"], photo)
