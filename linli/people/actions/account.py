"""Accounts: a way to sign in, and how its owner likes the screens."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.audit import actions as audit
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.people import policies, read, rules
from linli.people.actions.person import locked
from linli.people.kinds import Event, Reach
from linli.people.models import Account


@dataclass(frozen=True, slots=True)
class Preferences:
    """How somebody likes the screens. `language` empty means the installation's; `text_size` in px, 18–30."""

    language: str = ""
    elder: bool = False
    text_size: int = 20
    shortcuts: bool = True


def open_account(
    *, by: Actor, person_id: UUID, password_hash: str, preferences: Preferences | None = None
) -> Account:
    """Let a person sign in with the phone of their record. One account a person, one phone an account.

    `password_hash` comes from Django's `make_password`: a plain password never enters an action.
    """
    with transaction.atomic():
        person = locked(person_id)
        paths = read.paths_of(person_id, today())
        require(policies.may_open_account(by, person_id, paths))
        if person.phone_index is None:
            raise Refused("An account needs a mobile number.", status=UNPROCESSABLE)
        chosen = _checked(preferences or Preferences())
        account = Account(
            person=person,
            phone_index=person.phone_index,
            password=password_hash,
            language=chosen.language,
            elder=chosen.elder,
            text_size=chosen.text_size,
            shortcuts=chosen.shortcuts,
        )
        try:
            with transaction.atomic():
                account.save(force_insert=True)
        except IntegrityError as clash:
            raise Refused(
                "This person, or somebody with this phone, already has an account.", status=CONFLICT
            ) from clash
        person.reach = Reach.APP.value
        person.save(update_fields=["reach"])
        audit.record(Event.ACCOUNT_OPENED, by=by, subject=person, place_path=paths[0] if paths else "")
    return account


def set_password(*, by: Actor, person_id: UUID, password_hash: str) -> Account:
    """Put another password in place of the old one; whoever is signed in with that one is signed out.

    `password_hash` comes from Django's `make_password`: a plain password never enters an action.
    """
    with transaction.atomic():
        require(policies.may_set_password(by, person_id))
        account = Account.objects.select_for_update(of=("self",)).filter(person_id=person_id).first()
        if account is None:
            raise Refused("This person has no account.", status=MISSING)
        account.password = password_hash
        account.save(update_fields=["password"])
        audit.record(Event.PASSWORD_SET, by=by, subject=account)
    return account


def set_preferences(*, by: Actor, person_id: UUID, preferences: Preferences) -> Account:
    """Set one's own language, 长辈版, text size and single-key shortcuts."""
    with transaction.atomic():
        require(policies.may_set_preferences(by, person_id))
        account = Account.objects.select_for_update(of=("self",)).filter(person_id=person_id).first()
        if account is None:
            raise Refused("This person has no account.", status=MISSING)
        chosen = _checked(preferences)
        changed = [
            name
            for name in ("language", "elder", "text_size", "shortcuts")
            if getattr(account, name) != getattr(chosen, name)
        ]
        for name in changed:
            setattr(account, name, getattr(chosen, name))
        if changed:
            account.save(update_fields=changed)
            audit.record(Event.PREFERENCES_CHANGED, by=by, subject=account, fields=changed)
    return account


def _checked(preferences: Preferences) -> Preferences:
    if preferences.language and preferences.language not in rules.LANGUAGES:
        raise Refused("This language is not offered.", status=UNPROCESSABLE)
    if preferences.text_size not in rules.TEXT_SIZES:
        raise Refused("The text size goes from 18 to 30.", status=UNPROCESSABLE)
    return preferences
