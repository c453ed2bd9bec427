"""The first tables of head office, the same on SQLite and PostgreSQL."""

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLES = {
    "audit_head": """
        chain:text* no:int! hash:text!
    """,
    "audit_log": """
        chain:text* no:int* at:moment! actor:text! deed:text! subject:text! detail:json! hash:text!
    """,
    "blob": """
        sha256:text* size:int! stored_at:moment!
    """,
    "blob_upload": """
        id:text* manager:text! replica:text! photo:text! kind:text! sha256:text! size:int! received:int!
        expires_at:moment!
    """,
    "customer": """
        cust_code:text!^ license_no:text license_from:date license_to:date license_issuer:text
        biz_license_no:text cust_name:text! shop_name:text mnemonic:text legal_person:text
        operator_name:text phone_main:text status:text join_date:date exit_date:date city_co:text
        county_unit:text market_dept:text manager_id:text sales_line:text delivery_line:text audit_line:text
        call_line:text address:text street_name:text street_code:text village:text road_condition:text
        gis_lng:dec(9,6) gis_lat:dec(9,6) dist_to_depot_km:dec(8,2) dist_nearest_retailer_m:int
        nearby_retailer_count:int trading_area:text sub_trading_area:text site_rating:text
        floor_area_m2:dec(8,2) premises_right:text opening_hours:text visit_window_tag:json traffic_tag:json
        fixed_event_tag:json special_period_tag:json format:text format_sub:text market_type:text
        market_type_sub:text size_class:text tier:int cigar_tier:text star:int daily_buyers_band:text
        monthly_qty:int monthly_amount:int value_per_carton:int consumer_mobility:text consumer_level:text
        staff_count:int cigarette_share_pct:dec(5,1) trade_mode:text order_cycle_type:text order_weekday:int
        order_weekno:int order_begin_date:date order_time_band:text order_method:text call_preference:text
        pay_mode:text online_pay:bool deliver_mode:text deliver_day:int visit_cycle_type:text
        visit_weekday:int visit_weekno:int visit_begin_date:date visit_seq:int terminal_level:text
        terminal_type:text data_gather_type:text is_sample:bool sample_level:text is_price_point:bool
        self_discipline_group:text display_area:dec(8,2) counter_count:int backcabinet_count:int
        slot_count:int law_class:text credit_level:text credit_score:int inspect_count:int penalty_count:int
        supply_state:text limit_state:text influence:text id:uuid* revision:int! changed_at:moment!
        deleted_at:moment
    """,
    "day_receipt": """
        number:text* replica:text! manager:text! day:text! visits:int! photos:int! digest:text!
        given_at:moment!
    """,
    "manager": """
        code:text* name:text! territory:text! created_at:moment!
    """,
    "office_user": """
        name:text* password_hash:text! role:text! created_at:moment! disabled_at:moment
    """,
    "product": """
        no:int!^ sku_code:text!^ name:text! brand:text sub_brand:text specification:text maker:text
        category:text price_class:text barcode:text tar_mg:dec(5,1) circumference_mm:dec(5,1)
        pack_sticks:int sticks_per_carton:int units_per_case:int content_ml:int transfer_price:int
        wholesale_price:int retail_price:int supply_flag:text is_new:bool is_key:bool listed_on:date
        status:text id:uuid* revision:int! changed_at:moment! deleted_at:moment
    """,
    "setting": """
        key:text* value:text!
    """,
    "sync_conflict": """
        manager:text! operation:text! tbl:text! pk:text! field:text! base_version:int! theirs:json
        yours:json theirs_by:text theirs_at:moment yours_by:text! yours_at:moment! rule:text! kept:text!
        state:text! resolved_by:text resolved_at:moment id:uuid* revision:int! changed_at:moment!
        deleted_at:moment
    """,
    "sync_exit": """
        scope:text* seq:int* tbl:text! pk:text! version:int! left_at:moment!
    """,
    "sync_parked": """
        replica:text* no:int* waits_tbl:text! waits_pk:text! parked_at:moment!
    """,
    "sync_row": """
        tbl:text* pk:text* scope:text! seq:int version:int! deleted:bool! changed_at:moment! root:text
        author:text writer:text! fields:json! digest:int! ^scope+seq
    """,
    "sync_stream": """
        scope:text* head:int! floor:int! digest:int!
    """,
    "allocation": """
        customer_id:uuid!>customer.id product_id:uuid!>product.id valid_from:date! valid_to:date!
        allowed:int! id:uuid* revision:int! changed_at:moment! deleted_at:moment
        ^customer_id+product_id+valid_from
    """,
    "blob_use": """
        photo:text* kind:text* sha256:text!>blob.sha256 manager:text! stored_at:moment!
    """,
    "change_proposal": """
        manager:text! customer_id:uuid!>customer.id field:text! old:json new:json proposed_at:moment!
        state:text! decided_by:text decided_at:moment note:text id:uuid* revision:int! changed_at:moment!
        deleted_at:moment
    """,
    "enrol_code": """
        hash:text* manager:text!>manager.code expires_at:moment! used_at:moment
    """,
    "purchase_order": """
        id:int* order_no:text!^ customer_id:uuid!>customer.id order_date:date! qty:int! amount:int!
        line_count:int! revision:int! deleted_at:moment
    """,
    "replica": """
        id:text* manager:text!>manager.code device:text! public_key:text! refresh_hash:text! state:text!
        wipe:bool! wiped_at:moment last_no:int! acked_no:int! created_at:moment! last_seen:moment app:text
        schema:int clock_offset:float forked_from:text
    """,
    "sync_grant": """
        manager:text*>manager.code scope:text* number:int! since:moment! until:moment
    """,
    "task": """
        manager:text! customer_id:uuid>customer.id title:text! body:text kind:text due_on:date
        assigned_by:text! assigned_at:moment! state:text! report_note:text report_reason:text
        report_visit_id:uuid reported_at:moment id:uuid* revision:int! changed_at:moment! deleted_at:moment
    """,
    "visit": """
        customer_id:uuid!>customer.id serial:int day:date! seq:int planned_at:time status:text! reasons:json
        started_at:moment arrived_at:moment left_at:moment met:text met_note:text end_reason:text
        end_note:text moved_to:date playbook_version:text planned_items:json need_note:text wrap_note:text
        read_back:bool next_visit_on:date id:uuid* revision:int! changed_at:moment! deleted_at:moment
    """,
    "access_token": """
        hash:text* replica:text!>replica.id expires_at:moment!
    """,
    "advice_line": """
        visit_id:uuid!>visit.id product_id:uuid!>product.id on_hand:int cycle_sale:float safety:float
        allowed:int suggested:int agreed:int engine:text id:uuid* revision:int! changed_at:moment!
        deleted_at:moment
    """,
    "diagnosis_rating": """
        visit_id:uuid!>visit.id item:text! k1:text k2:text k3:text hard_fail:bool suggested:text state:text
        override_reason:text taken_over:bool note:text id:uuid* revision:int! changed_at:moment!
        deleted_at:moment
    """,
    "improvement_plan": """
        customer_id:uuid!>customer.id visit_id:uuid!>visit.id item:text! current_state:text!
        target_state:text measures:json! support_requested:bool! due_on:date actions_done:text
        self_reached:bool cause_kind:text cause_note:text assessed_at:moment id:uuid* revision:int!
        changed_at:moment! deleted_at:moment
    """,
    "order_line": """
        order_id:int*>purchase_order.id line_no:int* product_no:int! qty:int! amount:int! requested:int
        allowed:int
    """,
    "photo": """
        visit_id:uuid!>visit.id item:text place:text caption:text sha256:text! byte_size:int! width:int!
        height:int! added_at:moment! id:uuid* revision:int! changed_at:moment! deleted_at:moment
    """,
    "promise": """
        customer_id:uuid!>customer.id visit_id:uuid!>visit.id text:text! by_shop:bool! due_on:date
        done_on:date dropped_reason:text id:uuid* revision:int! changed_at:moment! deleted_at:moment
    """,
    "replica_proof": """
        replica:text*>replica.id moment:moment!
    """,
    "replica_usage": """
        replica:text*>replica.id day:date* operations:int! bytes:int! loads:int! slowed_at:moment
    """,
    "shelf_check": """
        visit_id:uuid!>visit.id sku_on_sale:int sku_shown:int sku_tagged:int slots:int fixture_ok:bool
        position_ok:bool in_order:bool fresh:bool license_shown:bool minors_sign:bool tags_complete:bool
        price_as_tagged:bool note:text id:uuid* revision:int! changed_at:moment! deleted_at:moment
    """,
    "stock_count": """
        visit_id:uuid!>visit.id product_id:uuid!>product.id on_hand:int retail_price:int has_tag:bool
        taken_over:bool id:uuid* revision:int! changed_at:moment! deleted_at:moment
    """,
    "sync_op": """
        replica:text*>replica.id no:int* id:text! manager:text! repeat:bool! tbl:text! pk:text! kind:text!
        base:int! body:json made_at:text! received_at:moment! status:text! version:int reason:text!
        conflicts:json
    """,
}
"""A column is `name:type`, `*` in the primary key, `!` never empty, `^` unique, `>table.column` of another row;
`^one+two` is unique together.
"""

INDEXES = (
    ("audit_log", "at"),
    ("blob_upload", "expires_at"),
    ("customer", "format"),
    ("customer", "license_no"),
    ("customer", "order_weekday"),
    ("product", "barcode"),
    ("sync_conflict", "tbl pk"),
    ("sync_exit", "tbl pk"),
    ("sync_parked", "waits_tbl waits_pk"),
    ("sync_row", "root"),
    ("blob_use", "sha256"),
    ("change_proposal", "customer_id"),
    ("purchase_order", "customer_id order_date"),
    ("replica", "manager"),
    ("task", "due_on"),
    ("visit", "customer_id day"),
    ("visit", "day"),
    ("access_token", "expires_at"),
    ("advice_line", "visit_id"),
    ("diagnosis_rating", "visit_id"),
    ("improvement_plan", "customer_id"),
    ("improvement_plan", "visit_id"),
    ("photo", "visit_id"),
    ("promise", "customer_id"),
    ("promise", "visit_id"),
    ("shelf_check", "visit_id"),
    ("stock_count", "visit_id"),
    ("sync_op", "received_at"),
    ("sync_op", "tbl pk"),
)
TYPES: dict[str, Any] = {
    "int": sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    "text": sa.String(),
    "moment": sa.DateTime(),
    "date": sa.Date(),
    "time": sa.Time(),
    "uuid": sa.Uuid(),
    "bool": sa.Boolean(),
    "float": sa.Double(),
    "json": sa.JSON(),
}
COLUMN = re.compile(r"(\w+):([\w(),]+)([*!]?)(\^?)(?:>([\w.]+))?")
COUNTED = frozenset({"purchase_order"})
"""Tables whose number the database gives."""


def upgrade() -> None:
    """Make the tables."""
    for name, told in TABLES.items():
        op.create_table(name, *(part(name, word) for word in told.split()))
    for table, columns in INDEXES:
        op.create_index(f"ix_{table}_{columns.replace(' ', '_')}", table, columns.split())
    where: dict[str, Any] = {"sqlite_where": sa.text("repeat = 0"), "postgresql_where": sa.text("NOT repeat")}
    op.create_index("uq_sync_op_id_once", "sync_op", ["id"], unique=True, **where)


def part(table: str, word: str) -> Any:
    """Return the column or constraint that a word tells."""
    if word.startswith("^"):
        return sa.UniqueConstraint(*word[1:].split("+"))
    found = COLUMN.fullmatch(word)
    if found is None:
        raise ValueError(word)
    name, kind, mark, unique, other = found.groups()
    if kind.startswith("dec"):
        precision, scale = kind[4:-1].split(",")
        TYPES[kind] = sa.Numeric(int(precision), int(scale))
    more: list[Any] = [sa.ForeignKey(other)] if other else []
    counted: dict[str, Any] = {} if table in COUNTED else {"autoincrement": False}
    return sa.Column(
        name, TYPES[kind], *more, primary_key=mark == "*", nullable=not mark, unique=bool(unique) or None, **counted
    )
