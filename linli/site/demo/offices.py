"""Streets and districts: their dispatchers, departments and companies."""

from typing import Final
from uuid import UUID

from linli.organizations.kinds import OrganizationKind
from linli.places.models import Place
from linli.site.demo.plans import District, Street
from linli.site.demo.seats import HANDLER, Founder

_FIRM, _DEPARTMENT = OrganizationKind.FIRM, OrganizationKind.DEPARTMENT

# duty, kind, what follows the district's name
OF_DISTRICT: Final = (
    ("power_company", _FIRM, "供电公司"),
    ("water_company", _FIRM, "自来水公司"),
    ("gas_company", _FIRM, "燃气公司"),
    ("heating_company", _FIRM, "热力公司"),
    ("telecom", _FIRM, "通信服务中心"),
    ("fire", _DEPARTMENT, "消防救援大队"),
    ("traffic_police", _DEPARTMENT, "交警大队"),
    ("housing_bureau", _DEPARTMENT, "住建局"),
    ("environment", _DEPARTMENT, "生态环境局"),
    ("market_supervision", _DEPARTMENT, "市场监管局"),
    ("civil_affairs", _DEPARTMENT, "民政局"),
    ("labour", _DEPARTMENT, "人社局"),
    ("education", _DEPARTMENT, "教育局"),
)
LOGINS_OF_DISTRICT: Final = {"power_company": 2, "fire": 3}

OF_STREET: Final = (
    ("street_urban_management", _DEPARTMENT, "综合执法队"),
    ("police", _DEPARTMENT, "派出所"),
    ("health", _DEPARTMENT, "社区卫生服务中心"),
)
LOGINS_OF_STREET: Final = {"street_urban_management": 2}

DISTRICT_GROUP: Final = 30  # logins of districts are numbered from here, those of streets from 20
STREET_GROUP: Final = 20


def staff_district(founder: Founder, plan: District, place: Place, number: int) -> UUID:
    """The district's centre and departments. Returns the dispatcher's post."""
    group = DISTRICT_GROUP + number
    centre = founder.found(OrganizationKind.DISTRICT, f"{plan.short_name}社会治理服务中心")
    dispatcher = founder.employee()
    post = founder.seat("district_dispatcher", centre, place.id, None, dispatcher)
    founder.login(dispatcher, group, 1)
    for duty, kind, name in OF_DISTRICT:
        if duty == "heating_company" and not plan.heated:
            continue
        unit = founder.found(kind, f"{plan.short_name}{name}", duty, place.id)
        handler = founder.employee()
        founder.seat(HANDLER, unit, place.id, post, handler)
        if duty in LOGINS_OF_DISTRICT:
            founder.login(handler, group, LOGINS_OF_DISTRICT[duty])
    return post


def staff_street(founder: Founder, plan: Street, place: Place, above: UUID, number: int) -> tuple[UUID, UUID]:
    """The street's office and units. Returns the dispatcher's post and the police station."""
    group = STREET_GROUP + number
    ending = "人民政府" if plan.name.endswith("镇") else "办事处"
    office = founder.found(OrganizationKind.STREET_OFFICE, f"{plan.name}{ending}")
    dispatcher = founder.employee()
    post = founder.seat("street_dispatcher", office, place.id, above, dispatcher)
    founder.login(dispatcher, group, 1)
    police = office
    for duty, kind, name in OF_STREET:
        unit = founder.found(kind, f"{plan.name.removesuffix('街道')}{name}", duty, place.id)
        handler = founder.employee()
        founder.seat(HANDLER, unit, place.id, post, handler)
        if duty in LOGINS_OF_STREET:
            founder.login(handler, group, LOGINS_OF_STREET[duty])
        if duty == "police":
            police = unit
    return post, police
