"""Targets: what is given for a month or a year, who has none; giving, correcting, taking back, giving again."""

import re
from collections.abc import Callable, Mapping

from fastapi import Request, Response
from sqlalchemy.orm import Session

from app.headoffice.console import giving_targets
from app.headoffice.console.desk import Decision, Looks, MayDecide, Sent, Visitor, asked, go, page_number
from app.headoffice.console.giving_targets import FormFlaws, TargetForm, TypedTarget
from app.headoffice.console.problems import Refused
from app.headoffice.console.readings import targets as readings
from app.headoffice.console.readings.lists import today_of
from app.headoffice.console.routing import console_router
from app.headoffice.console.telling import load_once
from app.headoffice.operations import is_key
from app.headoffice.problems import NotFound
from app.headoffice.target_values import SALES, BadTargetError, Span, read_span

router = console_router()
LIST = "/console/targets"
OTHERS = ("1", "2", "3")
"""Lines of the form for figures beside the four plans."""
_BETWEEN = re.compile(r"[\s,;，；、]+")
_Deed = Callable[[Session], None]


@router.get("/targets")
def targets(request: Request, visitor: Looks) -> Response:
    """Show the targets of a period, or who has none, or what was taken back."""
    show, text, number = asked(request, "show"), asked(request, "q"), page_number(request)
    show = show if show in readings.SHOWN else "given"
    span = span_asked(request, visitor)
    with visitor.office.database.read() as session:
        reach = visitor.reach
        if show == "missing":
            part = readings.without(session, reach, span, text, number)
        else:
            part = readings.targets(session, reach, span, text, number, withdrawn=show == "withdrawn")
        known = readings.spans(session, reach, today_of(visitor.now))
        return visitor.page(
            "targets.html", part=part, show=show, shown=readings.SHOWN, text=text, span=span,
            spans=known if span in known else [span, *known], figures=readings.figures(session, reach, span),
        )  # fmt: skip


@router.get("/targets/new")
def new_target(request: Request, visitor: MayDecide) -> Response:
    """Show the form of new targets."""
    given = {"managers": asked(request, "manager"), "period": str(span_asked(request, visitor))}
    return _form_page(visitor, given)


@router.post("/targets/new")
def give(sent: Decision) -> Response:
    """Give targets; a form that does not fit comes back as it was filled in, with what is wrong at each field."""
    visitor, form = sent.visitor, _form(sent)
    try:
        came = visitor.office.database.transaction(
            lambda session: giving_targets.give_targets(session, form, visitor.person, visitor.now)
        )
    except FormFlaws as flaws:
        return _form_page(visitor, sent.fields, flaws)
    except Refused as problem:
        return _form_page(visitor, sent.fields, problem=problem)
    done = "targets_given" if came["added"] or came["changed"] else "targets_known"
    return go(LIST, done, span=str(read_span(form.period)), n=came["added"] + came["changed"])


@router.post("/targets/{target}/correct")
def correct(sent: Decision, target: str) -> Response:
    """Give a target another value."""
    typed, was = sent.text("value", 40), sent.text("was", 40)
    return _done(sent, target, "target_corrected", lambda session: giving_targets.correct_target(
        session, target, typed, was, sent.visitor.person, sent.visitor.now
    ))  # fmt: skip


@router.post("/targets/{target}/withdraw")
def withdraw(sent: Decision, target: str) -> Response:
    """Take a target back."""
    visitor = sent.visitor
    return _done(sent, target, "target_withdrawn", lambda session: giving_targets.withdraw_target(
        session, target, visitor.person, visitor.now
    ))  # fmt: skip


@router.post("/targets/{target}/restore")
def restore(sent: Decision, target: str) -> Response:
    """Give a target again that was taken back."""
    visitor = sent.visitor
    return _done(sent, target, "target_restored", lambda session: giving_targets.restore_target(
        session, target, visitor.person, visitor.now
    ))  # fmt: skip


def span_asked(request: Request, visitor: Visitor) -> Span:
    """Return the period of the address, this month where it names none."""
    try:
        return read_span(asked(request, "span"))
    except BadTargetError:
        return readings.usual_spans(today_of(visitor.now))[0]


def _done(sent: Sent, target: str, word: str, deed: _Deed) -> Response:
    if not is_key(target):
        raise NotFound(target[:40])
    sent.visitor.office.database.transaction(deed)
    kept = {name: value for name in ("span", "show", "q", "page") if (value := sent.text(name, 100))}
    return go(LIST, word, **kept)


def _form(sent: Sent) -> TargetForm:
    plans = [TypedTarget(f"plan.{kpi}", kpi, value=sent.text(f"plan.{kpi}", 40)) for kpi in SALES]
    others = [
        TypedTarget(
            f"other.{no}", sent.text(f"kpi.{no}", 40), sent.text(f"class.{no}", 40), sent.text(f"sku.{no}", 40),
            sent.text(f"other.{no}", 40),
        )
        for no in OTHERS
    ]  # fmt: skip
    return TargetForm(
        _codes(sent.text("managers", 20_000)), _codes(sent.text("territories", 5_000)), sent.text("period", 20),
        [*(one for one in plans if one.value), *(one for one in others if one.kpi or one.value or one.sku_code)],
    )  # fmt: skip


def _form_page(
    visitor: Visitor, given: Mapping[str, str], flaws: FormFlaws | None = None, problem: Refused | None = None
) -> Response:
    enums = load_once().enumerations
    return visitor.page(
        "target_new.html", 200 if flaws is None and problem is None else 409, given=given,
        flaws={} if flaws is None else flaws.by_field, problem=problem, plans=SALES, others=OTHERS,
        kpis=[one for one in enums["target_kpi"].choices if one.code not in SALES],
        classes=enums["price_class"].choices,
    )  # fmt: skip


def _codes(text: str) -> list[str]:
    return list(dict.fromkeys(one for one in _BETWEEN.split(text) if one))
