"""Whether a retail price that was typed makes sense: above the price limit, or far from the guide price."""

from enum import StrEnum

STICKS_PER_CARTON = 200
_STICKS_PER_PACK = 20
_FAR_PER_CENT = 20


class PriceSign(StrEnum):
    """What is unusual about a retail price."""

    ABOVE_LIMIT = "above_limit"
    FAR_FROM_GUIDE = "far_from_guide"


def price_per_carton(pack_price: int, pack_sticks: int | None) -> int:
    """Return the price of 200 sticks, in minor units, from the price of a pack."""
    return round(pack_price * STICKS_PER_CARTON / (pack_sticks or _STICKS_PER_PACK))


def price_sign(pack_price: int, pack_sticks: int | None, limit: int | None, guide: int | None) -> PriceSign | None:
    """Return what is unusual; `limit` is per 200 sticks (None: there is none), `guide` per pack. 20 % is still near."""
    if limit is not None and price_per_carton(pack_price, pack_sticks) > limit:
        return PriceSign.ABOVE_LIMIT
    if guide and abs(pack_price - guide) * 100 > guide * _FAR_PER_CENT:
        return PriceSign.FAR_FROM_GUIDE
    return None
