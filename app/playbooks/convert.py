"""Turns validated forms into the frozen objects of the domain."""

from datetime import time

from app.domain.archive import Archive, ArchiveField, ArchiveSection
from app.domain.diagnosis import Criterion, Diagnosis, HardFail, Item, Measure, Metric, Questions, Thresholds
from app.domain.enumerations import Choice, Enumeration, Enumerations
from app.domain.forecast_process import ForecastRules
from app.domain.playbook import (
    AssortmentRules,
    CadenceClass,
    CadenceRules,
    ChannelRules,
    DiagnosisRules,
    Formula,
    Formulas,
    HintRules,
    OnboardingStep,
    OrderingRules,
    Parameters,
    SizeRules,
    VisitMaterial,
    VisitRules,
    Windows,
)
from app.domain.text import Text
from app.playbooks import schema


def enumerations(form: schema.EnumerationsForm) -> Enumerations:
    """Return the code lists."""
    lists = tuple(Enumeration(e.id, _text(e.name), tuple(_choice(c) for c in e.choices)) for e in form.lists)
    return Enumerations(form.id, form.version, lists)


def archive(form: schema.ArchiveForm) -> Archive:
    """Return the data dictionary."""
    sections = tuple(ArchiveSection(s.key, _text(s.name)) for s in form.sections)
    return Archive(form.id, form.version, sections, tuple(_field(f) for f in form.fields))


def diagnosis(form: schema.DiagnosisForm) -> Diagnosis:
    """Return the checklist."""
    return Diagnosis(form.id, form.version, _text(form.name), tuple(_item(i) for i in form.items))


def formulas(form: schema.FormulasForm) -> Formulas:
    """Return the formulas."""
    found = (
        Formula(f.id, _text(f.name), _text(f.text), _text(f.unit), tuple(f.source), _text(f.no_value), _maybe(f.called))
        for f in form.formulas
    )
    return Formulas(form.id, form.version, tuple(found))


def parameters(form: schema.ParametersForm) -> Parameters:
    """Return the numbers a company may set."""
    return Parameters(
        id=form.id,
        version=form.version,
        ordering=_ordering(form.ordering),
        channel=ChannelRules(**form.channel.model_dump()),
        diagnosis=DiagnosisRules(**form.diagnosis.model_dump()),
        windows=Windows(**form.windows.model_dump()),
        cadence=_cadence(form.cadence),
        visits=_visits(form.visits),
        hints=HintRules(**form.hints.model_dump()),
        sizes=SizeRules(**form.sizes.model_dump()),
        forecast=ForecastRules(**form.forecast.model_dump()),
        assortment=AssortmentRules(
            **form.assortment.model_dump(exclude={"not_supplied"}), not_supplied=tuple(form.assortment.not_supplied)
        ),
    )


def _visits(form: schema.VisitsForm) -> VisitRules:
    materials = (
        VisitMaterial(_text(one.name), tuple(one.purposes), tuple(one.reasons), tuple(one.measures))
        for one in form.materials
    )
    return VisitRules(**form.model_dump(exclude={"materials"}), materials=tuple(materials))


def _text(form: schema.TextForm) -> Text:
    return Text(form.zh, form.en)


def _maybe(form: schema.TextForm | None) -> Text | None:
    return _text(form) if form else None


def _choice(form: schema.ChoiceForm) -> Choice:
    return Choice(
        code=form.code,
        name=_text(form.name),
        note=_maybe(form.note),
        aliases=tuple(form.aliases),
        low=form.low,
        high=form.high,
        grade=form.grade,
        details=tuple(_choice(d) for d in form.details),
    )


def _field(form: schema.FieldForm) -> ArchiveField:
    return ArchiveField(
        key=form.key,
        section=form.section,
        label=_text(form.label),
        type=form.type,
        owner=form.owner,
        pii=form.pii,
        enum=form.enum,
        unit=_maybe(form.unit),
        expect=form.expect,
        hint=_maybe(form.hint),
        decimals=form.decimals,
        low=form.low,
        high=form.high,
        consent=form.consent,
        off=form.off,
    )


def _item(form: schema.ItemForm) -> Item:
    q = form.questions
    return Item(
        code=form.code,
        name=_text(form.name),
        criteria=tuple(_criterion(c) for c in form.criteria),
        questions=Questions(_text(q.situation), _text(q.problem), _text(q.implication), _text(q.need_payoff)),
        measures=tuple(_measure(m) for m in form.measures),
        internal=form.internal,
    )


def _criterion(form: schema.CriterionForm) -> Criterion:
    fail = form.hard_fail
    return Criterion(
        key=form.key,
        name=_text(form.name),
        a=_text(form.a),
        b=_text(form.b),
        c=_text(form.c),
        evidence=tuple(form.evidence),
        hard_fail=HardFail(_text(fail.text), fail.grade_c) if fail else None,
        always=form.always,
        metric=_metric(form.metric) if form.metric else None,
    )


def _metric(form: schema.MetricForm) -> Metric:
    thresholds = Thresholds(form.a_min, form.a_max, form.b_min, form.b_max)
    return Metric(form.key, form.formula, thresholds, form.at_least)


def _measure(form: schema.MeasureForm) -> Measure:
    return Measure(
        code=form.code,
        name=_text(form.name),
        how=_text(form.how),
        support_request=form.support_request,
        may_need_support=form.may_need_support,
        compliance=form.compliance,
        internal=form.internal,
        plain=_maybe(form.plain),
    )


def _ordering(form: schema.OrderingForm) -> OrderingRules:
    return OrderingRules(
        safety_factor=form.safety_factor,
        service_pct=form.service_pct,
        service_pct_by_class=tuple(sorted(form.service_pct_by_class.items())),
        lead_days=form.lead_days,
        forecast_weights=tuple(form.forecast_weights),
        cutoff_days_before=form.cutoff_days_before,
        cutoff_time=time.fromisoformat(form.cutoff_time),
        slow_months=form.slow_months,
        cover_low=form.cover_low,
        cover_high=form.cover_high,
        main_share_pct=form.main_share_pct,
        main_max=form.main_max,
        width_target_percentile=form.width_target_percentile,
    )


def _cadence(form: schema.CadenceForm) -> CadenceRules:
    classes = tuple(
        CadenceClass(
            code=c.code,
            name=_text(c.name),
            every_days=c.every_days,
            tier_from=c.tier_from,
            terminal_levels=tuple(c.terminal_levels),
            sample=c.sample,
            new_customer=c.new_customer,
            active_plan=c.active_plan,
            launch=c.launch,
        )
        for c in form.classes
    )
    return CadenceRules(
        classes=classes,
        highest_tier=form.highest_tier,
        tier_high_is_best=form.tier_high_is_best,
        new_customer_months=form.new_customer_months,
        complaint_working_days=form.complaint_working_days,
        alert_days=form.alert_days,
        missed_orders=form.missed_orders,
        sharp_fall_pct=form.sharp_fall_pct,
        licence_alert_days=form.licence_alert_days,
        licence_reminder_days=tuple(form.licence_reminder_days),
        launch_days=form.launch_days,
        sample_from_day=form.sample_from_day,
        onboarding=tuple(OnboardingStep(one.code, _text(one.name), one.at_visit) for one in form.onboarding),
    )
