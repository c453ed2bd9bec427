"""What a round of sync changed, in the words of the change bus."""

from app.domain.changes import Changes, Kind
from app.services.sync_facts import RoundEnd

_KINDS = {
    "customer": Kind.CUSTOMER,
    "product": Kind.PRODUCT,
    "purchase_order": Kind.ORDER,
    "allocation": Kind.ORDER,
    "photo": Kind.PHOTO,
    "improvement_plan": Kind.PLAN,
    "forecast_entry": Kind.FORECAST,
    "forecast_submission": Kind.FORECAST,
    "forecast_line": Kind.FORECAST,
    "forecast_cause": Kind.FORECAST,
    "forecast_kind": Kind.FORECAST,
    "kpi_target": Kind.TARGET,
    "office_target": Kind.TARGET,
    "cadence_choice": Kind.CUSTOMER,
}


def changes_of(end: RoundEnd) -> Changes | None:
    """Return what pages must read anew after a round: rows that came or went up, photos that were confirmed."""
    kinds = {_KINDS.get(table, Kind.VISIT) for table in end.tables}
    if end.sent:
        kinds.add(Kind.CUSTOMER)
    if end.photos_sent:
        kinds.add(Kind.PHOTO)
    return Changes(frozenset(kinds)) if kinds else None
