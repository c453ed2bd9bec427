"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.base import UtcDateTime

revision = "0001"
down_revision = None

CUSTOMER_TEXTS = [
    "license_no",
    "license_issuer",
    "biz_license_no",
    "shop_name",
    "mnemonic",
    "legal_person",
    "operator_name",
    "phone_main",
    "status",
    "city_co",
    "county_unit",
    "market_dept",
    "manager_id",
    "sales_line",
    "delivery_line",
    "audit_line",
    "call_line",
    "address",
    "street_name",
    "street_code",
    "village",
    "road_condition",
    "trading_area",
    "sub_trading_area",
    "site_rating",
    "premises_right",
    "opening_hours",
    "format",
    "format_sub",
    "market_type",
    "market_type_sub",
    "size_class",
    "cigar_tier",
    "daily_buyers_band",
    "consumer_mobility",
    "consumer_level",
    "trade_mode",
    "order_cycle_type",
    "order_time_band",
    "order_method",
    "call_preference",
    "pay_mode",
    "deliver_mode",
    "visit_cycle_type",
    "terminal_level",
    "terminal_type",
    "data_gather_type",
    "sample_level",
    "self_discipline_group",
    "law_class",
    "credit_level",
    "supply_state",
    "limit_state",
    "influence",
]


def _synced_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("deleted_at", UtcDateTime()),
    ]


def upgrade() -> None:
    op.create_table(
        "customer",
        *(sa.Column(name, sa.String()) for name in CUSTOMER_TEXTS),
        sa.Column("cust_code", sa.String(), nullable=False),
        sa.Column("license_from", sa.Date()),
        sa.Column("license_to", sa.Date()),
        sa.Column("cust_name", sa.String(), nullable=False),
        sa.Column("join_date", sa.Date()),
        sa.Column("exit_date", sa.Date()),
        sa.Column("gis_lng", sa.Numeric(precision=9, scale=6)),
        sa.Column("gis_lat", sa.Numeric(precision=9, scale=6)),
        sa.Column("dist_to_depot_km", sa.Numeric(precision=8, scale=2)),
        sa.Column("dist_nearest_retailer_m", sa.Integer()),
        sa.Column("nearby_retailer_count", sa.Integer()),
        sa.Column("floor_area_m2", sa.Numeric(precision=8, scale=2)),
        sa.Column("visit_window_tag", sa.JSON(none_as_null=True)),
        sa.Column("traffic_tag", sa.JSON(none_as_null=True)),
        sa.Column("fixed_event_tag", sa.JSON(none_as_null=True)),
        sa.Column("special_period_tag", sa.JSON(none_as_null=True)),
        sa.Column("tier", sa.Integer()),
        sa.Column("star", sa.Integer()),
        sa.Column("monthly_qty", sa.Integer()),
        sa.Column("monthly_amount", sa.Integer()),
        sa.Column("value_per_carton", sa.Integer()),
        sa.Column("staff_count", sa.Integer()),
        sa.Column("cigarette_share_pct", sa.Numeric(precision=5, scale=1)),
        sa.Column("order_weekday", sa.Integer()),
        sa.Column("order_weekno", sa.Integer()),
        sa.Column("order_begin_date", sa.Date()),
        sa.Column("online_pay", sa.Boolean()),
        sa.Column("deliver_day", sa.Integer()),
        sa.Column("visit_weekday", sa.Integer()),
        sa.Column("visit_weekno", sa.Integer()),
        sa.Column("visit_begin_date", sa.Date()),
        sa.Column("visit_seq", sa.Integer()),
        sa.Column("is_sample", sa.Boolean()),
        sa.Column("is_price_point", sa.Boolean()),
        sa.Column("display_area", sa.Numeric(precision=8, scale=2)),
        sa.Column("counter_count", sa.Integer()),
        sa.Column("backcabinet_count", sa.Integer()),
        sa.Column("slot_count", sa.Integer()),
        sa.Column("credit_score", sa.Integer()),
        sa.Column("inspect_count", sa.Integer()),
        sa.Column("penalty_count", sa.Integer()),
        *_synced_columns(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("cust_code", name=op.f("uq_customer_cust_code")),
    )
    op.create_index(op.f("ix_customer_format"), "customer", ["format"], unique=False)
    op.create_index(op.f("ix_customer_license_no"), "customer", ["license_no"], unique=False)
    op.create_index(op.f("ix_customer_order_weekday"), "customer", ["order_weekday"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("set", sa.JSON(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_row_id_state", "outbox", ["row_id", "state"], unique=False)

    op.create_table(
        "product",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("sku_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("brand", sa.String()),
        sa.Column("sub_brand", sa.String()),
        sa.Column("specification", sa.String()),
        sa.Column("maker", sa.String()),
        sa.Column("category", sa.String()),
        sa.Column("price_class", sa.String()),
        sa.Column("barcode", sa.String()),
        sa.Column("tar_mg", sa.Numeric(precision=5, scale=1)),
        sa.Column("circumference_mm", sa.Numeric(precision=5, scale=1)),
        sa.Column("pack_sticks", sa.Integer()),
        sa.Column("sticks_per_carton", sa.Integer()),
        sa.Column("units_per_case", sa.Integer()),
        sa.Column("content_ml", sa.Integer()),
        sa.Column("transfer_price", sa.Integer()),
        sa.Column("wholesale_price", sa.Integer()),
        sa.Column("retail_price", sa.Integer()),
        sa.Column("supply_flag", sa.String()),
        sa.Column("is_new", sa.Boolean()),
        sa.Column("is_key", sa.Boolean()),
        sa.Column("listed_on", sa.Date()),
        sa.Column("status", sa.String()),
        *_synced_columns(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("no", name=op.f("uq_product_no")),
        sa.UniqueConstraint("sku_code", name=op.f("uq_product_sku_code")),
    )
    op.create_index(op.f("ix_product_barcode"), "product", ["barcode"], unique=False)

    op.create_table(
        "search_key",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("spelling", sa.String(), nullable=False),
        sa.Column("second_spelling", sa.String()),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_search_key")),
        sa.UniqueConstraint("row_id", name=op.f("uq_search_key_row_id")),
    )
    op.create_index(op.f("ix_search_key_spelling"), "search_key", ["spelling"], unique=False)
    # Our own code cuts the words (services/search_words.py), so the plain ascii tokenizer keeps every rare character.
    for name in ("customer_search", "product_search"):
        op.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5(starts, names, others, sounds, other_sounds, codes, tails,"
            " content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3 4 5 6')"
        )

    op.create_table(
        "store_fact",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_store_fact")),
    )
    op.create_table(
        "visit_cursor",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visit_cursor")),
    )
    op.create_table(
        "allocation",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        *_synced_columns(),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_allocation_customer_id_customer")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_allocation_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint(
            "customer_id", "product_id", "valid_from", name=op.f("uq_allocation_customer_id_product_id_valid_from")
        ),
    )
    op.create_table(
        "customer_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.String()),
        sa.Column("new", sa.String()),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_change_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_change")),
    )
    op.create_index(
        "ix_customer_change_customer_id_changed_at", "customer_change", ["customer_id", "changed_at"], unique=False
    )

    op.create_table(
        "customer_month",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("skus", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_customer_month_customer_id_customer")),
        sa.PrimaryKeyConstraint("customer_id", "month", name=op.f("pk_customer_month")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "purchase_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_no", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("order_date", sa.Date(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_purchase_order_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_order")),
        sa.UniqueConstraint("order_no", name=op.f("uq_purchase_order_order_no")),
    )
    op.create_index(
        "ix_purchase_order_customer_id_order_date", "purchase_order", ["customer_id", "order_date"], unique=False
    )

    op.create_table(
        "visit",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.Integer()),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer()),
        sa.Column("planned_at", sa.Time()),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reasons", sa.JSON(none_as_null=True)),
        sa.Column("started_at", UtcDateTime()),
        sa.Column("arrived_at", UtcDateTime()),
        sa.Column("left_at", UtcDateTime()),
        sa.Column("met", sa.String()),
        sa.Column("met_note", sa.String()),
        sa.Column("end_reason", sa.String()),
        sa.Column("end_note", sa.String()),
        sa.Column("moved_to", sa.Date()),
        sa.Column("playbook_version", sa.String()),
        sa.Column("planned_items", sa.JSON(none_as_null=True)),
        sa.Column("need_note", sa.String()),
        sa.Column("wrap_note", sa.String()),
        sa.Column("read_back", sa.Boolean()),
        sa.Column("next_visit_on", sa.Date()),
        *_synced_columns(),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_visit_customer_id_customer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("serial", name=op.f("uq_visit_serial")),
    )
    op.create_index("ix_visit_customer_id_day", "visit", ["customer_id", "day"], unique=False)
    op.create_index("ix_visit_day", "visit", ["day"], unique=False)

    op.create_table(
        "advice_line",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("on_hand", sa.Integer()),
        sa.Column("cycle_sale", sa.Double()),
        sa.Column("safety", sa.Double()),
        sa.Column("allowed", sa.Integer()),
        sa.Column("suggested", sa.Integer()),
        sa.Column("agreed", sa.Integer()),
        sa.Column("engine", sa.String()),
        *_synced_columns(),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_advice_line_product_id_product")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_advice_line_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_line")),
        sa.UniqueConstraint("visit_id", "product_id", name=op.f("uq_advice_line_visit_id_product_id")),
    )
    op.create_table(
        "diagnosis_rating",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("k1", sa.String()),
        sa.Column("k2", sa.String()),
        sa.Column("k3", sa.String()),
        sa.Column("hard_fail", sa.Boolean()),
        sa.Column("suggested", sa.String()),
        sa.Column("state", sa.String()),
        sa.Column("override_reason", sa.String()),
        sa.Column("taken_over", sa.Boolean()),
        sa.Column("note", sa.String()),
        *_synced_columns(),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_diagnosis_rating_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnosis_rating")),
        sa.UniqueConstraint("visit_id", "item", name=op.f("uq_diagnosis_rating_visit_id_item")),
    )
    op.create_table(
        "improvement_plan",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("current_state", sa.String(), nullable=False),
        sa.Column("target_state", sa.String()),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("support_requested", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("actions_done", sa.String()),
        sa.Column("self_reached", sa.Boolean()),
        sa.Column("cause_kind", sa.String()),
        sa.Column("cause_note", sa.String()),
        sa.Column("assessed_at", UtcDateTime()),
        *_synced_columns(),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_improvement_plan_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_improvement_plan_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_plan")),
    )
    op.create_index("ix_improvement_plan_customer_id", "improvement_plan", ["customer_id"], unique=False)

    op.create_table(
        "order_line",
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product_no", sa.Integer(), nullable=False),
        sa.Column("qty", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("requested", sa.Integer()),
        sa.Column("allowed", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["order_id"], ["purchase_order.id"], name=op.f("fk_order_line_order_id_purchase_order")
        ),
        sa.PrimaryKeyConstraint("order_id", "line_no", name=op.f("pk_order_line")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "photo",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String()),
        sa.Column("place", sa.String()),
        sa.Column("caption", sa.String()),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("byte_size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        *_synced_columns(),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_photo_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    op.create_index("ix_photo_visit_id", "photo", ["visit_id"], unique=False)

    op.create_table(
        "promise",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by_shop", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("done_on", sa.Date()),
        sa.Column("dropped_reason", sa.String()),
        *_synced_columns(),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_promise_customer_id_customer")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_promise_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    op.create_index("ix_promise_customer_id", "promise", ["customer_id"], unique=False)

    op.create_table(
        "shelf_check",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("sku_on_sale", sa.Integer()),
        sa.Column("sku_shown", sa.Integer()),
        sa.Column("sku_tagged", sa.Integer()),
        sa.Column("slots", sa.Integer()),
        sa.Column("fixture_ok", sa.Boolean()),
        sa.Column("position_ok", sa.Boolean()),
        sa.Column("in_order", sa.Boolean()),
        sa.Column("fresh", sa.Boolean()),
        sa.Column("license_shown", sa.Boolean()),
        sa.Column("minors_sign", sa.Boolean()),
        sa.Column("tags_complete", sa.Boolean()),
        sa.Column("price_as_tagged", sa.Boolean()),
        sa.Column("note", sa.String()),
        *_synced_columns(),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_shelf_check_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf_check")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_shelf_check_visit_id")),
    )
    op.create_table(
        "stock_count",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("on_hand", sa.Integer()),
        sa.Column("retail_price", sa.Integer()),
        sa.Column("has_tag", sa.Boolean()),
        sa.Column("taken_over", sa.Boolean()),
        *_synced_columns(),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_stock_count_product_id_product")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_stock_count_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count")),
        sa.UniqueConstraint("visit_id", "product_id", name=op.f("uq_stock_count_visit_id_product_id")),
    )
