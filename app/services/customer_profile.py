"""Everything the profile page shows of one customer, read in one go: archive, purchases, diagnosis, plans, timeline."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.adoption import NO_ADVICE, Adoption
from app.domain.archive import ArchiveField, Section
from app.domain.classification import LicenceReminder, licence_reminder
from app.domain.planning.onboarding import Onboarding
from app.domain.playbook import Playbook
from app.domain.purchase_history import is_month_over, month_to_date_last_year
from app.domain.shop_hints import ShopHint
from app.domain.sku_name import sku_name
from app.domain.text import Text
from app.domain.visit import VisitStatus
from app.models.customer import Customer
from app.models.local import OutboxEntry, StoreFact
from app.models.trade import CustomerMonth, Product
from app.models.visit import Visit
from app.runtime.clock import Clock
from app.services.advice_followed import read_adoption
from app.services.archive_values import Value
from app.services.customer_timeline import TimelineEvent, read_timeline
from app.services.diagnosis_reading import DiagnosisView, PlanView, read_diagnosis, read_plans
from app.services.hint_reading import read_hints
from app.services.onboarding import read_onboarding
from app.services.order_history import month_totals, order_days
from app.services.recording import load
from app.services.search_hits import class_code
from app.storage.colleagues import IS_OWN
from app.storage.database import Database, cursor_of
from app.storage.facts import CURRENCY, UNIT

_MONTHS = 12
_MONTHS_BACK = 36


@dataclass(frozen=True, slots=True)
class ArchiveValue:
    """One field of the archive with the value it has."""

    field: ArchiveField
    value: Value


@dataclass(frozen=True, slots=True)
class ArchivePart:
    """A section of the archive."""

    key: Section
    name: Text
    values: tuple[ArchiveValue, ...]


@dataclass(frozen=True, slots=True)
class MonthPair:
    """What was bought in a month (its first day) and in the same month of last year; None: no data yet."""

    month: date
    quantity: int | None
    last_year: int | None
    until: int | None = None
    """the day up to which a month under way counts, in both years; None once it is over"""


@dataclass(frozen=True, slots=True)
class CustomerProfile:
    """One customer as the profile page shows it."""

    id: UUID
    code: str
    name: str
    class_code: str
    market_type: str | None
    format: str | None
    size_class: str | None
    license_no: str | None
    phone: str | None
    archive: tuple[ArchivePart, ...]
    months: tuple[MonthPair, ...]
    """the last twelve, oldest first; the newest may be under way"""
    diagnosis: DiagnosisView
    plans: tuple[PlanView, ...]
    timeline: tuple[TimelineEvent, ...]
    licence: LicenceReminder | None
    hints: tuple[ShopHint, ...]
    visit_under_way: UUID | None
    unit: str | None
    currency: str | None
    adoption: Adoption = NO_ADVICE
    """what became of the advice of the last visits; `product_names` are those of its lines"""
    product_names: Mapping[int, str] = field(default_factory=dict[int, str])
    waiting_fields: frozenset[str] = frozenset()
    """Fields of the archive that were changed here and that head office has not got."""
    onboarding: Onboarding | None = None
    """the checklist of a new customer"""

    def value(self, key: str) -> Value:
        """Return the value of a field of the archive."""
        return next((one.value for part in self.archive for one in part.values if one.field.key == key), None)


class CustomerProfiles:
    """Reads the profile of a customer."""

    def __init__(self, database: Database, clock: Clock, playbook: Playbook) -> None:
        self._database = database
        self._clock = clock
        self._playbook = playbook

    def open(self, customer_id: UUID) -> CustomerProfile:
        """Return the profile as of today. Raises RuleError with NOT_FOUND."""
        today = self._clock.today()
        with self._database.read() as session:
            customer = load(session, Customer, customer_id)
            months = _months(session, customer_id, today)
            parameters = self._playbook.parameters
            adoption = read_adoption(
                session, customer_id, today, parameters.windows.advice_visits, parameters.assortment
            )
            return CustomerProfile(
                id=customer.id,
                code=customer.cust_code,
                name=customer.shop_name or customer.cust_name,
                class_code=class_code(customer.market_type, customer.format, customer.size_class),
                market_type=customer.market_type,
                format=customer.format,
                size_class=customer.size_class,
                license_no=customer.license_no,
                phone=customer.phone_main,
                archive=_archive(customer, self._playbook),
                months=months,
                diagnosis=read_diagnosis(session, customer_id, self._playbook.diagnosis, today),
                plans=read_plans(session, customer_id, self._playbook.diagnosis),
                timeline=read_timeline(session, customer_id, _months_before(today, _MONTHS_BACK), today),
                licence=licence_reminder(customer.license_to, today, parameters.cadence.licence_reminder_days),
                hints=read_hints(session, customer, [pair.quantity for pair in months[:-1]], today, self._playbook),
                visit_under_way=_under_way(session, customer_id),
                unit=_fact(session, UNIT),
                currency=_fact(session, CURRENCY),
                adoption=adoption,
                product_names=_names(session, adoption),
                waiting_fields=_waiting_fields(session, customer_id),
                onboarding=read_onboarding(cursor_of(session), customer_id, today, parameters.cadence),
            )


def _names(session: Session, adoption: Adoption) -> dict[int, str]:
    numbers = {line.product for visit in adoption.visits for line in visit.lines}
    rows = session.execute(select(Product.no, Product.name, Product.content_ml).where(Product.no.in_(numbers)))
    return {row.no: sku_name(row.name, row.content_ml) for row in rows} if numbers else {}


def _waiting_fields(session: Session, customer_id: UUID) -> frozenset[str]:
    query = select(OutboxEntry.values).where(OutboxEntry.row_id == customer_id, OutboxEntry.kind == "patch")
    return frozenset(name for values in session.scalars(query) for name in values)


def _archive(customer: Customer, playbook: Playbook) -> tuple[ArchivePart, ...]:
    columns = Customer.__table__.columns
    parts: list[ArchivePart] = []
    for section in playbook.archive.sections:
        fields = (field for field in playbook.archive.of_section(section.key) if field.key in columns)
        values = tuple(ArchiveValue(field, _plain(getattr(customer, field.key))) for field in fields)
        if values:
            parts.append(ArchivePart(section.key, section.name, values))
    return tuple(parts)


def _plain(value: Value) -> Value:
    return list(value) if isinstance(value, list) else value


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _months(session: Session, customer_id: UUID, today: date) -> tuple[MonthPair, ...]:
    first = _months_before(today, 2 * _MONTHS - 1)
    found = {total.month: total.qty for total in month_totals(session, customer_id, _number(first), _number(today))}
    begun = session.scalar(
        select(CustomerMonth.month)
        .where(CustomerMonth.customer_id == customer_id)
        .order_by(CustomerMonth.month)
        .limit(1)
    )
    pairs: list[MonthPair] = []
    for back in range(_MONTHS - 1, -1, -1):
        month = _months_before(today, back)
        year_before = month.replace(year=month.year - 1)
        pairs.append(MonthPair(month, _bought(found, month, begun), _bought(found, year_before, begun)))
    if not is_month_over(today):
        pairs[-1] = _under_way_month(session, customer_id, pairs[-1], today)
    return tuple(pairs)


def _under_way_month(session: Session, customer_id: UUID, pair: MonthPair, today: date) -> MonthPair:
    """Return the month of today beside the same days of last year: a whole month would look like a collapse."""
    days = () if pair.last_year is None else order_days(session, customer_id, *month_to_date_last_year(today))
    last_year = None if pair.last_year is None else sum(day[1] for day in days)
    return replace(pair, last_year=last_year, until=today.day)


def _bought(found: dict[int, int], month: date, begun: int | None) -> int | None:
    """Return what was bought; nothing before the first order is no data, nothing after it is zero."""
    if begun is None or _number(month) < begun:
        return None
    return found.get(_number(month), 0)


def _number(month: date) -> int:
    return month.year * 100 + month.month


def _under_way(session: Session, customer_id: UUID) -> UUID | None:
    return session.scalar(
        select(Visit.id)
        .where(
            Visit.customer_id == customer_id,
            Visit.status == VisitStatus.IN_PROGRESS.value,
            text(IS_OWN),
            Visit.deleted_at.is_(None),
        )
        .limit(1)
    )


def _fact(session: Session, key: str) -> str | None:
    return session.scalar(select(StoreFact.value).where(StoreFact.key == key))
