"""One community's organizations and posts, and which of its people hold them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from linli.organizations.kinds import OrganizationKind
from linli.people.kinds import Reach
from linli.site.demo.kinds import Kind
from linli.site.demo.plans import Community
from linli.site.demo.residents import Population, Resident
from linli.site.demo.seats import HANDLER, Founder
from linli.site.demo.territory import Building, Territory

STORY: Final = "JS"  # the community whose every role has a login
VACANT: Final = ("LX", 3)  # its third grid has no grid worker at present
AWAY: Final = ("JS", 2)  # the worker of its second grid is away; the third's stands in
NO_COMPUTER: Final = frozenset({"MZJ", "LST"})  # whose property company takes its orders on paper
YOUNG: Final = 36

# seats of logins within a community
SEATS: Final = {
    "resident": 1,
    "elder": 2,
    "grid_worker": 3,
    "community_clerk": 4,
    "community_secretary": 5,
    "callback_clerk": 6,
    "property_company": 7,
    "grid_branch_secretary": 8,
    "owners_committee_director": 9,
    "area_branch_secretary": 10,
    "courtyard_branch_secretary": 10,
    "building_head": 11,
    "community_police": 12,
    "mediator": 13,
    "auditor": 14,
    "announcer": 15,
    "legal_adviser": 16,
}
EVERYWHERE: Final = frozenset(
    {
        "resident", "grid_worker", "community_clerk", "community_secretary", "callback_clerk",
        "property_company", "grid_branch_secretary", "owners_committee_director", "area_branch_secretary",
        "courtyard_branch_secretary",
    }
)  # fmt: skip


class Committee:
    """Founds one community's organizations and fills its posts from its people."""

    def __init__(
        self,
        founder: Founder,
        territory: Territory,
        population: Population,
        kinds: Mapping[str, Kind],
        today: date,
    ) -> None:
        self._founder = founder
        self._territory = territory
        self._plan: Community = territory.plan
        self._kinds = kinds
        self._today = today
        self._place = territory.community.id
        self._posts: dict[str, UUID] = {}
        self._by_building: dict[UUID, list[Resident]] = defaultdict(list)
        for resident in population.residents:
            self._by_building[resident.building.row.id].append(resident)
        fit = [each for each in population.residents if 26 <= each.age <= 58 and each.row.reach is Reach.APP]
        founder.random.shuffle(fit)
        self._fit = fit
        self._elders = [each for each in population.residents if 73 <= each.age <= 77 and each.row.phone]

    def establish(self, street_post: UUID, police: UUID) -> None:
        """Everything of the community."""
        plan, founder = self._plan, self._founder
        kind = OrganizationKind
        committee = founder.found(
            kind.RESIDENTS_COMMITTEE, f"{plan.name}居民委员会", "community", self._place
        )
        branch = founder.found(kind.PARTY_BRANCH, f"{plan.name}党总支")
        self._posts["street_dispatcher"] = street_post
        self._seat_one("community_secretary", branch)
        self._seat_one("community_clerk", committee, holders=2)
        for code in ("callback_clerk", "auditor", "announcer", "legal_adviser"):
            self._seat_one(code, committee)
        officer = founder.employee()
        self._seat_for("community_police", police, officer)
        self._units(street_post, committee)
        self._grids(committee, branch)
        self._courtyards(branch)
        self._buildings(committee)
        self._residents_with_logins()

    def _units(self, street_post: UUID, committee: UUID) -> None:
        plan, founder = self._plan, self._founder
        kind = OrganizationKind
        founder.seat(HANDLER, committee, self._place, street_post, self._pick())
        owners = founder.found(kind.OWNERS_COMMITTEE, plan.owners_committee, "owners_committee", self._place)
        self._seat_one("owners_committee_director", owners)
        founder.seat(HANDLER, owners, self._place, street_post, self._pick())
        company = founder.found(
            kind.PROPERTY_COMPANY,
            plan.property_company,
            "property_company",
            self._place,
            computer=plan.short not in NO_COMPUTER,
        )
        manager = founder.employee()
        founder.seat(HANDLER, company, self._place, street_post, manager)
        self._login(manager, "property_company")
        for name, duty in (("人民调解委员会", "mediation_committee"), ("志愿服务队", "volunteers")):
            body = founder.found(kind.SOCIAL_ORGANIZATION, f"{plan.name}{name}", duty, self._place)
            founder.seat(HANDLER, body, self._place, street_post, self._pick())
            if duty == "mediation_committee":
                self._seat_one("mediator", body)

    def _grids(self, committee: UUID, branch: UUID) -> None:
        plan, founder = self._plan, self._founder
        above = self._posts["community_clerk"]
        workers: dict[int, UUID] = {}
        posts: dict[int, UUID] = {}
        for number, grid in enumerate(self._territory.grids, start=1):
            workers[number] = self._pick()
            holders = [] if (plan.short, number) == VACANT else [workers[number]]
            posts[number] = founder.seat("grid_worker", committee, grid.id, above, *holders)
            if plan.grid_branches:
                secretary = self._pick()
                secretary_above = self._posts["community_secretary"]
                founder.seat("grid_branch_secretary", branch, grid.id, secretary_above, secretary)
                if number == 1:
                    self._login(secretary, "grid_branch_secretary")
            if plan.short == "MZJ":
                founder.seat("legal_officer", branch, grid.id, None, founder.employee())
        self._login(workers[1], "grid_worker")
        self._posts |= {f"grid_worker {number}": post for number, post in posts.items()}
        if plan.short == AWAY[0]:
            first, last = self._today - timedelta(days=3), self._today + timedelta(days=11)
            founder.stand_in(posts[AWAY[1]], workers[AWAY[1] + 1], first, last)

    def _courtyards(self, branch: UUID) -> None:
        code = "area_branch_secretary" if self._plan.area_branches else "courtyard_branch_secretary"
        if not self._plan.area_branches and self._plan.short != "MZJ":
            return
        for number, courtyard in enumerate(self._territory.courtyards):
            secretary = self._pick()
            self._founder.seat(code, branch, courtyard.id, self._posts["community_secretary"], secretary)
            if number == 0:
                self._login(secretary, code)

    def _buildings(self, committee: UUID) -> None:
        """A head and a representative for every building, from its own people; vacant where nobody fits."""
        grid_numbers = {grid.id: number for number, grid in enumerate(self._territory.grids, start=1)}
        for building in self._territory.buildings:
            above = self._posts[f"grid_worker {grid_numbers[building.grid.id]}"]
            head, representative = self._neighbours(building)
            self._founder.seat("building_head", committee, building.row.id, above, *head)
            self._founder.seat("residents_representative", committee, building.row.id, above, *representative)
            if head and building is self._territory.buildings[0]:
                self._login(head[0], "building_head")

    def _neighbours(self, building: Building) -> tuple[list[UUID], list[UUID]]:
        fit = [
            each.row.id
            for each in self._by_building[building.row.id]
            if 36 <= each.age <= 74 and each.row.phone
        ]
        chosen = self._founder.random.sample(fit, min(2, len(fit)))
        return chosen[:1], chosen[1:]

    def _residents_with_logins(self) -> None:
        young = next(each for each in self._fit if each.age <= YOUNG)
        self._fit.remove(young)
        self._login(young.row.id, "resident")
        if self._plan.short == STORY:
            elder = self._founder.random.choice(self._elders)
            self._founder.login(elder.row.id, self._plan.number, SEATS["elder"], elder=True)

    def _seat_one(self, code: str, organization: UUID, holders: int = 1) -> None:
        self._seat_for(code, organization, *[self._pick() for _each in range(holders)])

    def _seat_for(self, code: str, organization: UUID, *people: UUID) -> None:
        above = self._posts.get(self._kinds[code].above or "")
        self._posts[code] = self._founder.seat(code, organization, self._place, above, *people)
        self._login(people[0], code)

    def _pick(self) -> UUID:
        """Somebody of working age with a phone who holds nothing yet."""
        return self._fit.pop().row.id

    def _login(self, person: UUID, role: str) -> None:
        if self._plan.short == STORY or role in EVERYWHERE:
            self._founder.login(person, self._plan.number, SEATS[role])
