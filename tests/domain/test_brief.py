"""The brief before a visit: its reasons, its short lists, and its one topic by priority."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain import brief
from app.domain.brief import BriefFacts, OpenPlan, Owner, PastVisit, Promise, Topic, TopicCode
from app.domain.classification import licence_reminder
from app.domain.purchase_history import PurchaseLine, read_history
from app.domain.purchase_signs import ShopAnalysis, analyse
from app.domain.reasons import VisitReason, Why
from app.domain.visit import VisitStatus

A, B, C = 1, 2, 3
NUMBERS = {"A": A, "B": B, "C": C, **{f"S{n}": 10 + n for n in range(8)}, **{f"L{n}": 20 + n for n in range(8)}}
TODAY = date(2022, 4, 29)  # a Friday, the order day
NEXT = date(2022, 5, 2)


def analysis(**products: list[int]) -> ShopAnalysis:
    """Return the analysis of weekly quantities per product, the newest first."""
    lines: list[PurchaseLine] = [
        (TODAY - timedelta(days=7 * (back + 1)), NUMBERS[product], quantity, quantity * 1_000)
        for product, weeks in products.items()
        for back, quantity in enumerate(weeks)
        if quantity
    ]
    return analyse(read_history(lines, TODAY, 5))


CALM = analysis(A=[10] * 70)


def facts(**changes: object) -> BriefFacts:
    seen = (PastVisit(TODAY - timedelta(days=7), VisitStatus.DONE),)
    return replace(BriefFacts(TODAY, CALM, seen), **changes)  # pyright: ignore[reportArgumentType]


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


FACTS: dict[TopicCode, dict[str, object]] = {
    TopicCode.LICENCE_EXPIRED: {"licence": licence_reminder(in_days(-3), TODAY)},
    TopicCode.COMPLAINT: {"open_complaints": 2},
    TopicCode.OUR_PROMISE: {"promises": (Promise("补齐价签", Owner.MANAGER, in_days(-4)),)},
    TopicCode.MISSED_ORDERS: {"analysis": analysis(A=[0, 0, *[10] * 68])},
    TopicCode.STOCK_OUT: {"analysis": analysis(A=[10] * 70, B=[0, 0, *[9] * 68])},
    TopicCode.SHARP_FALL: {"analysis": analysis(A=[6] * 20 + [10] * 50)},
    TopicCode.LICENCE_RENEWAL: {"licence": licence_reminder(in_days(75), TODAY)},
    TopicCode.PLAN_DUE: {"plans": (OpenPlan("D13", "C", "B", in_days(7)),)},
    TopicCode.WORSE_ITEM: {"worse_items": ("D02", "D05")},
    TopicCode.SLOW_PRODUCTS: {"analysis": analysis(A=[10] * 70, C=[0] * 14 + [3] * 10)},
    TopicCode.PRODUCT_FELL: {"analysis": analysis(A=[20] * 70, B=[2] * 8 + [4] * 62)},
    TopicCode.ROUTINE: {},
}
TOPICS = {
    TopicCode.LICENCE_EXPIRED: Topic(TopicCode.LICENCE_EXPIRED, 3),
    TopicCode.COMPLAINT: Topic(TopicCode.COMPLAINT, 2),
    TopicCode.OUR_PROMISE: Topic(TopicCode.OUR_PROMISE, 4, "补齐价签"),
    TopicCode.MISSED_ORDERS: Topic(TopicCode.MISSED_ORDERS, 2),
    TopicCode.STOCK_OUT: Topic(TopicCode.STOCK_OUT, 1, products=(B,)),
    TopicCode.SHARP_FALL: Topic(TopicCode.SHARP_FALL, -0.4, products=(A,)),
    TopicCode.LICENCE_RENEWAL: Topic(TopicCode.LICENCE_RENEWAL, 75),
    TopicCode.PLAN_DUE: Topic(TopicCode.PLAN_DUE, 7, "D13"),
    TopicCode.WORSE_ITEM: Topic(TopicCode.WORSE_ITEM, subject="D02"),
    TopicCode.SLOW_PRODUCTS: Topic(TopicCode.SLOW_PRODUCTS, 0.5, products=(C,)),
    TopicCode.PRODUCT_FELL: Topic(TopicCode.PRODUCT_FELL, 16, products=(B,)),
    TopicCode.ROUTINE: Topic(TopicCode.ROUTINE),
}


@pytest.mark.parametrize("code", list(TopicCode))
def test_each_topic_is_suggested_when_its_cause_is_alone(code: TopicCode) -> None:
    assert brief.suggested_topic(facts(**FACTS[code])) == TOPICS[code]


PAIRS = [
    (high, low)
    for place, high in enumerate(TopicCode)
    for low in list(TopicCode)[place + 1 :]
    if not set(FACTS[high]) & set(FACTS[low])
]


@pytest.mark.parametrize(("high", "low"), PAIRS)
def test_of_two_causes_the_more_pressing_gives_the_topic(high: TopicCode, low: TopicCode) -> None:
    assert brief.suggested_topic(facts(**FACTS[high], **FACTS[low])).code is high


def test_a_promise_of_the_shop_or_one_kept_is_not_ours_to_answer_for() -> None:
    promises = (
        Promise("腾出陈列位", Owner.SHOP, in_days(-4)),
        Promise("补齐价签", Owner.MANAGER, in_days(-4), done=True),
        Promise("送展柜", Owner.HEAD_OFFICE, in_days(0)),
    )
    assert brief.suggested_topic(facts(promises=promises)).code is TopicCode.ROUTINE


def test_reasons_begin_with_the_order_day_and_end_with_the_time_since_the_last_visit() -> None:
    found = brief.visit_reasons(
        facts(
            open_complaints=1,
            analysis=analysis(A=[10] * 70, B=[0, 0, *[9] * 68]),
            plans=(OpenPlan("D13", "C", "B", in_days(7)), OpenPlan("D01", "C", "B", in_days(8))),
            promises=(Promise("补齐价签", Owner.MANAGER, TODAY), Promise("以后", Owner.SHOP, in_days(1))),
            licence=licence_reminder(in_days(60), TODAY),
            visits=(PastVisit(in_days(-40), VisitStatus.DONE), PastVisit(in_days(-1), VisitStatus.CLOSED)),
        ),
        NEXT,
    )
    assert found == (
        Why(VisitReason.ORDER_DAY_TODAY, 0),
        Why(VisitReason.COMPLAINT, 1),
        Why(VisitReason.STOCK_OUT_SIGNS, 1),
        Why(VisitReason.PLAN_DUE, subject="D13", day=in_days(7)),
        Why(VisitReason.PROMISE_DUE, 1),
        Why(VisitReason.LICENCE_ENDING, 60, day=in_days(60)),
        Why(VisitReason.LONG_UNVISITED, 40, day=in_days(-40)),
    )


def test_missed_orders_a_sharp_fall_and_an_expired_licence_are_reasons() -> None:
    found = brief.shop_reasons(
        facts(analysis=analysis(A=[0, 0, *[10] * 68]), licence=licence_reminder(in_days(-3), TODAY))
    )
    assert found == (
        Why(VisitReason.MISSED_ORDERS, 2),
        Why(VisitReason.STOCK_OUT_SIGNS, 1),
        Why(VisitReason.SHARP_FALL, -0.5),
        Why(VisitReason.LICENCE_EXPIRED, 3, day=in_days(-3)),
    )


def test_a_shop_never_visited_says_so_and_a_calm_shop_has_no_reason_of_its_own() -> None:
    assert brief.visit_reasons(facts(visits=()), NEXT)[-1] == Why(VisitReason.NEVER_VISITED)
    assert brief.shop_reasons(facts()) == ()


def test_the_brief_is_short_and_its_counts_tell_the_whole() -> None:
    slow = {f"S{number}": [0] * 14 + [number] * 10 for number in range(1, 8)}
    late = {f"L{number}": [0, 0, *[number] * 60] for number in range(1, 8)}
    visits = tuple(PastVisit(in_days(-days), VisitStatus.DONE) for days in (30, 7, 21, 14))
    promises = (
        Promise("无期限", Owner.SHOP, None),
        Promise("早", Owner.SHOP, in_days(-9)),
        Promise("办了", Owner.SHOP, in_days(-99), done=True),
        Promise("晚", Owner.SHOP, in_days(9)),
    )
    found = brief.build_brief(
        facts(analysis=analysis(A=[10] * 70, **slow, **late), visits=visits, promises=promises), NEXT
    )
    assert [visit.day for visit in found.visits] == [in_days(-7), in_days(-14), in_days(-21)]
    assert [one.text for one in found.promises] == ["早", "晚", "无期限"]
    assert ([one.product for one in found.slow], found.slow_count) == ([17, 16, 15, 14, 13], 7)
    assert (len(found.stock_out_signs), found.stock_out_count) == (5, 7)
    assert len(found.falls) == 3
    assert found.topic.code is TopicCode.STOCK_OUT


def test_a_shop_without_any_data_still_gets_a_brief() -> None:
    empty = analyse(read_history([], TODAY, None))
    found = brief.build_brief(BriefFacts(TODAY, empty), NEXT)
    assert found.reasons == (Why(VisitReason.NEVER_VISITED),)
    assert found.topic == Topic(TopicCode.ROUTINE)
    assert (found.width, found.width_last_year, found.trend, found.punctuality) == (0, None, None, None)
