"""Who acts in the demo's past: the persons in the posts, and residents who raise things."""

from datetime import date
from random import Random
from uuid import UUID

from linli.kernel import clock
from linli.kernel.actor import Actor
from linli.organizations import read as organizations
from linli.organizations.models import Organization, Post
from linli.people import read as people
from linli.places import read as places
from linli.places.models import Place

MOST_RESIDENTS = 400
AROUND = frozenset({"home", "entrance", "building", "courtyard", "community", "grid"})


class Cast:
    """The people of one community, with their actors built once: appointments do not change in the replay."""

    def __init__(self, community: Place, rng: Random, today: date) -> None:
        self.community = community
        self.rng = rng
        self.today = today
        everybody = people.residents_of(community.path, today).only("id", "name", "reach")
        chosen = rng.sample(
            ids := list(everybody.values_list("id", flat=True)), min(MOST_RESIDENTS, len(ids))
        )
        homes = people.homes_of(chosen, today)
        self.residents = [
            one for one in chosen if one in homes and homes[one].path.startswith(community.path)
        ]
        self.homes = homes
        self.members = [one for one in people.demo_accounts() if self._lives_here(one.person_id)]
        self._actors: dict[UUID, Actor] = {}
        self._acting: dict[UUID, UUID | None] = {}
        self._posts: dict[str, Post] = {}
        self._units: dict[tuple[str, str], Organization] = {}

    def _lives_here(self, person_id: UUID) -> bool:
        home = people.home_of(person_id, self.today)
        if home is None or not home.path.startswith(self.community.path):
            return False
        self.homes[person_id] = home
        return not organizations.posts_of(person_id, self.today)

    def neighbour(self) -> Actor:
        """Any resident, acting as nothing else."""
        return Actor(person_id=self.resident())

    def actor(self, person_id: UUID) -> Actor:
        """The actor of a person, as of the demo's day."""
        if person_id not in self._actors:
            self._actors[person_id] = organizations.actor_for(person_id, clock.now())
        return self._actors[person_id]

    def holder(self, post_id: UUID | None) -> Actor:
        """Who acts for a post."""
        if post_id is None:
            raise LookupError("a matter without a holder cannot go on")
        if post_id not in self._acting:
            self._acting[post_id] = next(iter(organizations.persons_of(post_id, self.today)), None)
        person = self._acting[post_id]
        if person is None:
            raise LookupError(f"nobody acts for the post {post_id}")
        return self.actor(person)

    def staff(self, kind: str) -> Actor:
        """Who holds a kind of post over the community."""
        post = self.post(kind)
        return self.holder(post.id)

    def post(self, kind: str) -> Post:
        """The post of a kind over the community."""
        if kind not in self._posts:
            found = organizations.holder_post(kind, self.community.path, self.today)
            if found is None:
                raise LookupError(f"{self.community.name} has no {kind}")
            self._posts[kind] = found
        return self._posts[kind]

    def unit(self, duty: str, path: str) -> Organization:
        """The organization that answers for a duty, else the property company, else whoever serves here."""
        if (duty, path) not in self._units:
            self._units[duty, path] = self._find_unit(duty, path)
        return self._units[duty, path]

    def _find_unit(self, duty: str, path: str) -> Organization:
        for wanted in (duty, "property_company", "community", "street_urban_management"):
            for unit in organizations.unit_candidates(wanted, path, self.today):
                handler = organizations.handler_post(unit.id, path)
                if handler is not None and organizations.persons_of(handler.id, self.today):
                    return unit
        raise LookupError(f"no unit serves {path}")

    def resident(self) -> UUID:
        """Any resident."""
        return self.rng.choice(self.residents)

    def named(self, name: str) -> Place:
        """A building of the community by its name."""
        found = places.find(name, self.community.path, self.today)
        return next((place for place in found if place.name == name), self.community)

    def spot(self, person_id: UUID, at: str) -> Place:
        """A place of a kind (home, entrance, building, courtyard, community) around somebody's home; or the
        building of that name."""
        if at not in AROUND:
            return self.named(at)
        home = self.homes[person_id]
        chain = {place.kind: place for place in places.chain(home)}
        return chain.get(at) or (chain.get("grid") if at == "courtyard" else None) or self.community
