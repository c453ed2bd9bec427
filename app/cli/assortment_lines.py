"""The assortment of one customer as lines and as data: what to add, what lies still, what can stand in."""

from typing import Any

from app.cli.output import Output
from app.services.assortments import ShopAssortment


def assortment_data(seen: ShopAssortment) -> dict[str, Any]:
    """Return the assortment with the codes of its SKUs as imported; quantities in the unit of the store."""
    code = {number: sku.code for number, sku in seen.skus.items()}
    return {
        "from": seen.quarter[0],
        "to": seen.quarter[1],
        "width": seen.width,
        "target": None if seen.target is None else seen.target.width,
        "stopped": seen.stopped,
        "add": [
            {
                "product": code.get(one.product),
                "sellers": one.sellers,
                "like_shops": one.like_shops,
                "weekly": round(one.weekly, 2),
                "taken_up": one.taken_up,
            }
            for one in seen.additions
        ],
        "drop": [
            {
                "product": code.get(one.product),
                "last_order": one.last_day,
                "on_hand": one.on_hand,
                "sellers": one.sellers,
                "like_shops": one.like_shops,
                "ways_out": list(one.ways),
            }
            for one in seen.slow
        ],
        "instead": [
            {
                "product": code.get(one.product),
                "weekly": round(one.weekly, 2),
                "allowed": one.allowed,
                "substitutes": [
                    {
                        "product": code.get(other.product),
                        "price_gap": round(other.price_gap, 3),
                        "sellers": other.sellers,
                        "of": other.carriers,
                        "together": round(other.together, 3),
                        "weekly_here": round(other.own_weekly, 2),
                    }
                    for other in one.substitutes
                ],
            }
            for one in seen.short
        ],
    }


def assortment_lines(seen: ShopAssortment, output: Output) -> list[str]:
    """Return the assortment in words."""
    target = "—" if seen.target is None else str(seen.target.width)
    lines = [
        output.say(
            f"近 13 周购进 {seen.width} 个品规，目标 {target}", f"{seen.width} SKUs bought in 13 weeks, target {target}"
        )
    ]
    for one in seen.additions:
        like = one.sellers, one.like_shops, round(one.weekly, 1)
        words = output.say(
            "可增  {0}：相近 {2} 户中 {1} 户在售，每周中位数 {3}",
            "add  {0}: {1} of the {2} shops most like it sell it, a median of {3} a week",
        )
        lines.append("  " + words.format(seen.name(one.product), *like))
    for one in seen.slow:
        words = output.say("可减  {0}：已 {1} 周未订", "drop  {0}: not ordered for {1} weeks")
        lines.append("  " + words.format(seen.name(one.product), one.weeks_since))
    for one in seen.short:
        names = output.say("、", ", ").join(seen.name(other.product) for other in one.substitutes) or "—"
        words = output.say("替代  {0}（可订 {1}）：{2}", "instead  {0} ({1} allowed): {2}")
        lines.append("  " + words.format(seen.name(one.product), one.allowed, names))
    return lines
