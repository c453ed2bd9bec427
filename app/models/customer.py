"""The customer archive (客户档案), section by section, and the record of every change of a field."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, SyncedRow


class Customer(SyncedRow, Base):
    """One licensed retailer; field names are the keys of `resources/playbooks/archive.yaml`."""

    __tablename__ = "customer"

    # identity 识别信息
    cust_code: Mapped[str] = mapped_column(unique=True)
    license_no: Mapped[str | None] = mapped_column(index=True)
    license_from: Mapped[date | None]
    license_to: Mapped[date | None]
    license_issuer: Mapped[str | None]
    biz_license_no: Mapped[str | None]
    cust_name: Mapped[str]
    shop_name: Mapped[str | None]
    mnemonic: Mapped[str | None]
    legal_person: Mapped[str | None]
    operator_name: Mapped[str | None]
    phone_main: Mapped[str | None]
    status: Mapped[str | None]
    join_date: Mapped[date | None]
    exit_date: Mapped[date | None]

    # basic 基本信息 and location 位置与线路
    city_co: Mapped[str | None]
    county_unit: Mapped[str | None]
    market_dept: Mapped[str | None]
    manager_id: Mapped[str | None]
    sales_line: Mapped[str | None]
    delivery_line: Mapped[str | None]
    audit_line: Mapped[str | None]
    call_line: Mapped[str | None]
    address: Mapped[str | None]
    street_name: Mapped[str | None]
    street_code: Mapped[str | None]
    village: Mapped[str | None]
    road_condition: Mapped[str | None]
    gis_lng: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    gis_lat: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    dist_to_depot_km: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    dist_nearest_retailer_m: Mapped[int | None]
    nearby_retailer_count: Mapped[int | None]
    trading_area: Mapped[str | None]
    sub_trading_area: Mapped[str | None]
    site_rating: Mapped[str | None]
    floor_area_m2: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    premises_right: Mapped[str | None]
    opening_hours: Mapped[str | None]
    visit_window_tag: Mapped[list[str] | None]
    traffic_tag: Mapped[list[str] | None]
    fixed_event_tag: Mapped[list[str] | None]
    special_period_tag: Mapped[list[str] | None]

    # level 经营水平
    format: Mapped[str | None] = mapped_column(index=True)
    format_sub: Mapped[str | None]
    market_type: Mapped[str | None]
    market_type_sub: Mapped[str | None]
    size_class: Mapped[str | None]
    tier: Mapped[int | None]
    cigar_tier: Mapped[str | None]
    star: Mapped[int | None]
    daily_buyers_band: Mapped[str | None]
    monthly_qty: Mapped[int | None]
    monthly_amount: Mapped[int | None]
    value_per_carton: Mapped[int | None]
    consumer_mobility: Mapped[str | None]
    consumer_level: Mapped[str | None]
    staff_count: Mapped[int | None]
    cigarette_share_pct: Mapped[Decimal | None] = mapped_column(Numeric(5, 1))

    # trade 业务模式
    trade_mode: Mapped[str | None]
    order_cycle_type: Mapped[str | None]
    order_weekday: Mapped[int | None] = mapped_column(index=True)
    order_weekno: Mapped[int | None]
    order_begin_date: Mapped[date | None]
    order_time_band: Mapped[str | None]
    order_method: Mapped[str | None]
    call_preference: Mapped[str | None]
    pay_mode: Mapped[str | None]
    online_pay: Mapped[bool | None]
    deliver_mode: Mapped[str | None]
    deliver_day: Mapped[int | None]
    visit_cycle_type: Mapped[str | None]
    visit_weekday: Mapped[int | None]
    visit_weekno: Mapped[int | None]
    visit_begin_date: Mapped[date | None]
    visit_seq: Mapped[int | None]
    terminal_level: Mapped[str | None]
    terminal_type: Mapped[str | None]
    data_gather_type: Mapped[str | None]
    is_sample: Mapped[bool | None]
    sample_level: Mapped[str | None]
    is_price_point: Mapped[bool | None]
    self_discipline_group: Mapped[str | None]
    display_area: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    counter_count: Mapped[int | None]
    backcabinet_count: Mapped[int | None]
    slot_count: Mapped[int | None]

    # law 守法情况
    law_class: Mapped[str | None]
    credit_level: Mapped[str | None]
    credit_score: Mapped[int | None]
    inspect_count: Mapped[int | None]
    penalty_count: Mapped[int | None]
    supply_state: Mapped[str | None]
    limit_state: Mapped[str | None]

    # manager's influence (影响能力), rated at the visit
    influence: Mapped[str | None]


class CustomerChange(Base):
    """One change of one archive field: who, when, from what, to what, and where it came from."""

    __tablename__ = "customer_change"
    __table_args__ = (Index("ix_customer_change_customer_id_changed_at", "customer_id", "changed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    field: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    source: Mapped[str]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
