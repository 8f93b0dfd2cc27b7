"""Laying the owners' money open: an account that fits, on the board, and what of it is each home's."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from linli.audit import actions as audit
from linli.gatherings import policies, wording
from linli.gatherings.actions.disclosing import disclose
from linli.gatherings.kinds import OF_OWNERS, AccountKind, BodyKind, Division, Event
from linli.gatherings.models import (
    AccountLine,
    Body,
    Disclosure,
    DisclosureClass,
    HomeShare,
    OwnersAccount,
    Posting,
)
from linli.gatherings.read import accounts as read
from linli.gatherings.read import postings as read_postings
from linli.gatherings.rules import accounts as rules
from linli.gatherings.rules import disclosures
from linli.gatherings.rules.accounts import Account, yuan
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, MISSING, UNPROCESSABLE, Refused, require
from linli.kernel.text import one_line
from linli.people import read as people
from linli.places import read as places
from linli.places.kinds import PlaceKind

if TYPE_CHECKING:
    from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Agreed:
    """Another division than by area: what owners agreed on, and the ballot that decided it."""

    words: str
    ballot_id: UUID


@transaction.atomic
def adopt_owners_classes(*, by: Actor, place_id: UUID) -> list[DisclosureClass]:
    """Begin to lay open the owners' money in a community: the maintenance fund and common income."""
    place = places.place_for_update(place_id)
    if place is None or place.kind != PlaceKind.COMMUNITY:
        raise Refused("Choose a community.", status=UNPROCESSABLE)
    require(policies.may_adopt_classes(by, place.path))
    if read.has_owners_classes(place.pk):
        raise Refused("This community already has its list.", status=CONFLICT)
    return _begun(by, place)


def begin_owners_classes(*, by: Actor, body: Body) -> None:
    """Where owners have a body, the law wants their money laid open (民法典 281, 282): the two classes begin
    with it, in the caller's transaction, unless its community has them."""
    if BodyKind(body.kind) not in OF_OWNERS:
        return
    around = places.community_of(body.place.path)
    place = None if around is None else places.place_for_update(around.pk)
    if place is not None and not read.has_owners_classes(place.pk):
        _begun(by, place)


def _begun(by: Actor, place: "Place") -> list[DisclosureClass]:
    first = read_postings.next_class_position(place.pk)
    rows = [
        DisclosureClass(
            place=place,
            code=kind.value,
            by_law=True,
            every_months=disclosures.QUARTERLY,
            position=position,
            began_on=today(),
        )
        for position, kind in enumerate(AccountKind, start=first)
    ]
    DisclosureClass.objects.bulk_create(rows)
    data = {"count": len(rows)}
    audit.record(Event.CLASSES_ADOPTED, by=by, subject=place, place_path=place.path, data=data)
    return rows


@transaction.atomic
def lay_account_open(
    *,
    by: Actor,
    class_id: UUID,
    place_id: UUID,
    account: Account,
    division: Division = Division.NONE,
    agreed: Agreed | None = None,
) -> Posting:
    """Lay an account open: refused when its sums do not fit or it does not go on from the one before.

    Divided by area, what is left of the income is written down for each home and owned bay to the fen.
    """
    row = read_postings.class_for_update(class_id)
    require(policies.may_disclose(by, row.place.path))
    place = places.place_for_update(place_id)
    if place is None or not place.path.startswith(row.place.path) or row.code not in set(AccountKind):
        raise Refused("This place is not here.", status=MISSING)
    kind, earlier = AccountKind(row.code), read.before(place.pk, AccountKind(row.code))
    require(rules.is_sound(account, today()), status=UNPROCESSABLE)
    if earlier is not None:
        require(rules.goes_on(account, earlier.last, earlier.closing), status=UNPROCESSABLE)
    if division is not Division.NONE:
        require(rules.may_be_divided(kind, account), status=UNPROCESSABLE)
    words = one_line(agreed.words)[:200] if agreed and division is Division.AGREED else ""
    if division is Division.AGREED and not words:
        raise Refused("Say what the owners agreed on, and by which ballot.", status=UNPROCESSABLE)
    if agreed is not None and words:
        require(read.divided_by(agreed.ballot_id, place.path), status=UNPROCESSABLE)
    title, body = _told(row, place.name, account, division, words)
    posting = disclose(by=by, class_id=class_id, title=title, body=body)
    disclosure = posting.disclosure
    assert disclosure is not None  # made with it
    made = _kept(disclosure, place.pk, kind, account, division, words, agreed)
    if division is Division.BY_AREA:
        _divide(made, place.path)
    data = {"net": account.net, "division": division.value}
    audit.record(Event.ACCOUNT_LAID_OPEN, by=by, subject=disclosure, place_path=place.path, data=data)
    return posting


def _kept(
    disclosure: Disclosure,
    place_id: UUID,
    kind: AccountKind,
    account: Account,
    division: Division,
    words: str,
    agreed: Agreed | None,
) -> OwnersAccount:
    made = OwnersAccount.objects.create(
        disclosure=disclosure,
        place_id=place_id,
        kind=kind.value,
        first=account.first,
        last=account.last,
        opening=account.opening,
        paid_out=account.paid_out,
        closing=account.closing,
        net=account.net,
        division=division.value,
        agreement=words,
        ballot_id=agreed.ballot_id if agreed and words else None,
    )
    AccountLine.objects.bulk_create(
        AccountLine(account=made, is_income=is_income, position=at, words=line.words, amount=line.amount)
        for is_income, listed in ((True, account.income), (False, account.costs))
        for at, line in enumerate(listed)
    )
    return made


def _divide(made: OwnersAccount, path: str) -> None:
    owned = people.owned_in(path, made.last)
    if owned.without_area or not owned.area:
        raise Refused(
            "%(count)s homes and bays have no area yet. Enter it first.",
            {"count": len(owned.without_area)},
            status=CONFLICT,
        )
    areas = {unit.id: unit.area for unit in owned.units}
    parts = rules.by_area(made.net, areas)
    HomeShare.objects.bulk_create(
        HomeShare(account=made, home_id=home, area=areas[home], amount=amount)
        for home, amount in parts.items()
    )


def _told(
    row: DisclosureClass, place: str, account: Account, division: Division, words: str
) -> tuple[str, str]:
    """The title and the words on the board, in the language of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        days = {"first": account.first.isoformat(), "last": account.last.isoformat()}
        title = _("%(place)s: account %(first)s to %(last)s") % {"place": place[:40], **days}
        said = [
            wording.class_title(row),
            _("At the beginning: %(amount)s yuan") % {"amount": yuan(account.opening)},
            *(f"+ {line.words}: {yuan(line.amount)}" for line in account.income),
            *(f"− {line.words}: {yuan(line.amount)}" for line in account.costs),
            _("Came in %(came_in)s yuan, spent %(spent)s yuan")
            % {"came_in": yuan(account.came_in), "spent": yuan(account.spent)},
        ]
        if account.paid_out:
            said.append(_("Paid to the owners: %(amount)s yuan") % {"amount": yuan(account.paid_out)})
        said.append(_("Left at the end: %(amount)s yuan") % {"amount": yuan(account.closing)})
        if division is Division.BY_AREA:
            amount = {"amount": yuan(account.net)}
            said.append(_("%(amount)s yuan are the owners’, divided by area (Civil Code 283).") % amount)
            said.append(_("Every owner sees their own share here once signed in."))
        if words:
            said.append(_("The owners agreed otherwise: %(words)s") % {"words": words})
    return title, "\n".join(said)
