"""Small filters and tags that components need. They show; they decide nothing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from linli.frame.for_groups import composed

register = template.Library()

LANGUAGE_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
LANGUAGE_NAMES = (("zh-hans", "中文"), ("zh-hant", "繁體"), ("en", "English"))
TEXT_SIZES = (18, 20, 22, 24, 26, 28, 30)

# What a phone keyboard and a password manager need to know, unless the form says otherwise.
INPUT_HINTS: dict[str, dict[str, str]] = {
    "tel": {"inputmode": "tel", "autocomplete": "tel"},
    "email": {"inputmode": "email", "autocomplete": "email"},
    "number": {"inputmode": "decimal"},
    "url": {"inputmode": "url"},
    "search": {"inputmode": "search", "enterkeyhint": "search"},
}


@register.filter
def html_attrs(attrs: Mapping[str, Any]) -> SafeString:
    """The attributes a component was given beyond its own, escaped: a value may be what a resident typed.

    True stands for a bare attribute; False and None leave it out.
    """
    shown = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else attrs
    parts: list[str] = []
    for name, value in shown.items():
        if value is True:
            parts.append(conditional_escape(name))
        elif value is not False and value is not None:
            parts.append(f'{conditional_escape(name)}="{_attribute(value)}"')
    return mark_safe(" ".join(parts))


def _attribute(value: Any) -> str:
    """Escaped for double quotes, also where a template marked the text safe with quotes left in it."""
    return str(conditional_escape(value)).replace('"', "&quot;")


@register.filter
def share(part: Any, whole: Any) -> str:
    """`part` of `whole` in percent, one decimal, as text no locale reformats; empty without a whole."""
    try:
        whole_number, part_number = float(whole), float(part)
    except (TypeError, ValueError):
        return ""
    return f"{100 * part_number / whole_number:.1f}" if whole_number else ""


@register.filter
def clamp(percent: Any) -> str:
    """A percentage kept between 0 and 100, for drawing."""
    try:
        return f"{min(100.0, max(0.0, float(percent))):.1f}"
    except (TypeError, ValueError):
        return "0"


@register.filter
def grouped(number: Any) -> str:
    """A number in groups of three, held together by narrow spaces; text stays as it is."""
    if isinstance(number, bool) or not isinstance(number, int | float | Decimal):
        return str(number)
    digits = f"{number:.2f}" if isinstance(number, float) else str(number)
    whole, dot, rest = digits.partition(".")
    return f"{int(whole):,}".replace(",", "\u202f") + dot + rest


@register.filter
def lang_tag(code: str) -> str:
    """Django's language code as HTML writes it."""
    return LANGUAGE_TAGS.get((code or "").lower(), code or "zh-Hans")


@register.filter
def elder_size(size: Any) -> int:
    """The offered text size nearest to the one wanted; 22 px when none is."""
    try:
        wanted = int(size)
    except (TypeError, ValueError):
        return 22
    return min(TEXT_SIZES, key=lambda offered: (abs(offered - wanted), -offered))


@register.filter
def times(count: Any) -> range:
    """A range to repeat something `count` times."""
    return range(int(count or 0))


@register.filter
def as_rows(items: Any) -> list[dict[str, Any]]:
    """Texts and mappings alike as mappings with a `label`."""
    return [dict(one) if isinstance(one, Mapping) else {"label": one, "text": one} for one in items or ()]


@register.simple_tag
def language_names() -> tuple[tuple[str, str], ...]:
    """The languages offered, each in its own name."""
    return LANGUAGE_NAMES


@register.simple_block_tag
def drawn(content: SafeString) -> SafeString:
    """What is between, drawn once for all places that show it: `{% drawn as links %}…{% enddrawn %}`."""
    return content


@register.simple_tag
def idempotency_key() -> SafeString:
    """A hidden field with a fresh key: sending the same form twice is then one act."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid.uuid4())


@register.filter
def field_kind(field: BoundField) -> str:
    """Which shape a form field takes: hidden, checkbox, checks, radios, select, textarea, file or text."""
    widget = field.field.widget
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.CheckboxSelectMultiple, "checks"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (forms.FileInput, "file"),
    )
    if widget.is_hidden:
        return "hidden"
    return next((kind for shape, kind in kinds if isinstance(widget, shape)), "text")


@register.simple_tag
def control(field: BoundField, max: Any = None) -> SafeString:
    """The field's own control in the house's shape, with the hints a phone keyboard needs."""
    kind = field_kind(field)
    attrs: dict[str, Any] = {}
    if kind in {"text", "textarea", "select", "file"}:
        given = field.field.widget.attrs.get("class", "")
        attrs["class"] = f"input {given}".strip()
    for name, value in INPUT_HINTS.get(getattr(field.field.widget, "input_type", ""), {}).items():
        if name not in field.field.widget.attrs:
            attrs[name] = value
    if kind == "textarea" and str(field.field.widget.attrs.get("rows", "10")) == "10":
        attrs["rows"] = "4"  # Django's own ten rows fill a phone
    limit = max or getattr(field.field, "max_length", None)
    if kind == "textarea" and limit:
        attrs["data-counter"] = ""
        attrs["maxlength"] = str(limit)
    return field.as_widget(attrs=attrs)


@register.filter
def counted(field: BoundField, given: Any = None) -> Any:
    """The length a long text is counted against, if it has one."""
    return (given or getattr(field.field, "max_length", None)) if field_kind(field) == "textarea" else None


@register.filter
def error_count(form: forms.BaseForm) -> int:
    """How many fields need another look."""
    return len(form.errors)


@register.filter
def beside(row: Any, columns: Any) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each cell of a table row with its column."""
    return list(zip(as_rows(columns), as_rows(row), strict=False))


@register.filter
def mid(start: Any, length: Any) -> str:
    """The middle of a stretch, for lettering a drawing."""
    return f"{float(start) + float(length) / 2:.2f}"


@register.simple_tag(takes_context=True)
def for_group(context: Mapping[str, Any], text: str, around: str, title: str, says: str, link: str) -> str:
    """The text to copy for a chat group: as it was composed, or composed of what it says."""
    if text or not title:
        return text
    whole = context["request"].build_absolute_uri(link) if link else ""
    return composed(around, title, says.splitlines(), whole)
