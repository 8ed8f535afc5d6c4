"""The demo's districts, schools and people. Every name says that it is invented."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.vocabulary import NetworkRole, Position

NETWORK = "Demo Network of Invented Schools"
TIME_ZONE = "America/Chicago"

DISTRICTS = {"valley": "Sample Valley Schools", "coast": "Example Coast Schools"}

SCHOOLS = {
    "harbor": ("Demo Harbor Elementary", "coast"),
    "meadow": ("Demo Meadow Middle School", "valley"),
    "ridge": ("Demo Ridge Elementary", "valley"),
    "lake": ("Demo Lake Middle School", "coast"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """`hosts` is the school whose rounds the person hosts."""

    key: str
    name: str
    district: str
    position: Position
    school: str | None = None
    roles: tuple[NetworkRole, ...] = (NetworkRole.MEMBER,)
    hosts: str | None = None
    language: str = "en"

    @property
    def email(self) -> str:
        return f"{self.key}@demo.example"

    @property
    def role(self) -> str:
        """The one word that says what to try this account for."""
        if self.hosts:
            return "host"
        first = self.roles[0]
        return "visitor" if first == NetworkRole.MEMBER else first.value


PEOPLE = (
    Person(
        "lead",
        "Demo Lead",
        "valley",
        Position.DISTRICT_LEADER,
        roles=(NetworkRole.LEAD,),
    ),
    Person(
        "host",
        "Demo Host",
        "coast",
        Position.PRINCIPAL,
        "harbor",
        hosts="harbor",
    ),
    Person("robin", "Robin Sample", "valley", Position.PRINCIPAL, "meadow", hosts="meadow"),
    Person("alex", "Alex Example", "valley", Position.PRINCIPAL, "ridge", hosts="ridge"),
    Person("kim", "Kim Placeholder", "coast", Position.PRINCIPAL, "lake"),
    Person("sam", "Sam Specimen", "coast", Position.SUPERINTENDENT),
    Person("jo", "Jo Invented", "valley", Position.SUPERINTENDENT),
    Person("pat", "Pat Fictional", "coast", Position.TEACHER_LEADER, "lake"),
    Person("lee", "Lee Madeup", "valley", Position.TEACHER_LEADER, "meadow"),
    Person("noa", "Noa Pretend", "valley", Position.ASSISTANT_PRINCIPAL, "ridge"),
    Person(
        "dana",
        "Dana Ejemplo",
        "coast",
        Position.ASSISTANT_PRINCIPAL,
        "lake",
        language="es",
    ),
    Person("chris", "Chris Nobody", "coast", Position.PARTNER),
    Person(
        "analyst",
        "Demo Analyst",
        "valley",
        Position.DISTRICT_LEADER,
        roles=(NetworkRole.ANALYST,),
    ),
    Person(
        "admin",
        "Demo Admin",
        "valley",
        Position.DISTRICT_LEADER,
        roles=(NetworkRole.ADMIN,),
    ),
)
