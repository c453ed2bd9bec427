"""Reads in which village, street or county each shop lies, for the outlines on the map."""

from typing import Any
from uuid import UUID

from app.domain.areas import outlined_areas
from app.domain.geo import point_of


def read_areas(cursor: Any) -> dict[UUID, str]:
    """Return the area in which each shop is outlined; shops without a place or an area are left out."""
    rows = cursor.execute(
        "SELECT id, gis_lat, gis_lng, trim(village), trim(street_name), trim(county_unit) FROM customer "
        "WHERE deleted_at IS NULL AND exit_date IS NULL ORDER BY cust_code"
    )
    shops = {
        UUID(key): ([name for name in names if name], point)
        for key, lat, lon, *names in rows
        if (point := point_of(lat, lon)) is not None
    }
    return outlined_areas(shops)
