"""How people sign in: allauth's adapter over encrypted phones found by blind index."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.frame.crypto import blind_index
from linli.kernel.codes import check_phone
from linli.kernel.errors import InvalidCode
from linli.people.models import Account


class PhoneField(forms.CharField):
    """A mobile number as people write it: bare, with +86, with spaces or full-width digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Mobile number"))
        attributes = {"inputmode": "tel", "autocomplete": "tel", "type": "tel"}
        super().__init__(max_length=30, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        try:
            return check_phone(super().clean(value))
        except InvalidCode as wrong:
            text = gettext(wrong.reason)
            raise forms.ValidationError(text % wrong.params if wrong.params else text) from wrong


class AccountAdapter(DefaultAccountAdapter):
    """Phone and password; a bare mainland number is accepted as people write it."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "phone_password_mismatch": _("The number or the password is not right. Please try again."),
        "too_many_login_attempts": _("Too many wrong passwords. Please wait five minutes, then try again."),
    }

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count against the number they were tried on. Allauth's own key knows no phones:
        all of them would share one, and a few wrong guesses would lock everybody out."""
        return f"phone:{blind_index(str(credentials.get('phone', '')))}"

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def clean_phone(self, phone: str) -> str:
        return phone

    def get_phone(self, user: Account) -> tuple[str, bool] | None:
        phone = user.person.phone
        return (phone, user.phone_verified) if phone else None

    def set_phone(self, user: Account, phone: str, verified: bool) -> None:
        user.phone_index = blind_index(check_phone(phone))
        user.phone_verified = verified

    def set_phone_verified(self, user: Account, phone: str) -> None:
        user.phone_verified = True
        user.save(update_fields=["phone_verified"])

    def get_user_by_phone(self, phone: str) -> Account | None:
        try:
            index = blind_index(check_phone(phone))
        except InvalidCode:
            return None
        return Account.objects.select_related("person").filter(phone_index=index).first()

    def send_verification_code_sms(self, user: Account, phone: str, code: str, **kwargs: Any) -> None:
        """No text-message channel is connected: sign-in is by password."""
