"""How people sign in: allauth's adapter over encrypted phones found by blind index."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from linli.frame.crypto import blind_index
from linli.kernel.codes import check_phone
from linli.kernel.errors import InvalidCode
from linli.people.models import Account


class AccountAdapter(DefaultAccountAdapter):
    """Phone and password; a bare mainland number is accepted as people write it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

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
