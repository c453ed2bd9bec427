"""What a form alone cannot see: doubled ids, references to nothing, bounds that contradict each other."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from app.domain.archive import FieldType
from app.domain.diagnosis_facts import METRICS
from app.playbooks import schema

Found = Iterator[tuple[tuple[str | int, ...], str]]
"""Where something is wrong, and what."""


def check_enumerations(form: schema.EnumerationsForm) -> Found:
    """Look for doubled lists and codes."""
    yield from _twice((("lists", i, "id"), e.id) for i, e in enumerate(form.lists))
    for i, enumeration in enumerate(form.lists):
        yield from _check_choices(("lists", i, "choices"), enumeration.choices)


def check_archive(form: schema.ArchiveForm, enumerations: AbstractSet[str]) -> Found:
    """Look for doubled keys, missing sections and code lists that do not exist."""
    yield from _twice((("fields", i, "key"), f.key) for i, f in enumerate(form.fields))
    yield from _twice((("sections", i, "key"), s.key) for i, s in enumerate(form.sections))
    sections = {s.key for s in form.sections}
    for i, field in enumerate(form.fields):
        listed = field.type in {FieldType.ENUM, FieldType.MULTI_ENUM}
        if field.section not in sections:
            yield ("fields", i, "section"), f"the section {field.section.value!r} has no heading"
        if listed and field.enum is None:
            yield ("fields", i), f"the field {field.key!r} needs the id of its code list (enum)"
        if not listed and field.enum is not None:
            yield ("fields", i, "enum"), f"the field {field.key!r} is no enum and takes no code list"
        if field.enum is not None and field.enum not in enumerations:
            yield ("fields", i, "enum"), f"there is no code list {field.enum!r}"
        if field.expect is not None and not _is_pattern(field.expect):
            yield ("fields", i, "expect"), f"{field.expect!r} is no regular expression"


def check_diagnosis(form: schema.DiagnosisForm, formulas: AbstractSet[str]) -> Found:
    """Look for codes out of order, metrics nobody computes, formulas that do not exist, bounds that contradict."""
    yield from _twice((("items", i, "code"), item.code) for i, item in enumerate(form.items))
    for i, item in enumerate(form.items):
        if item.code != f"D{i + 1:02}":
            yield ("items", i, "code"), f"item {i + 1} must have the code D{i + 1:02}"
        for k, criterion in enumerate(item.criteria):
            path = ("items", i, "criteria", k)
            if criterion.key != f"{item.code}.k{k + 1}":
                yield (*path, "key"), f"criterion {k + 1} of {item.code} must have the key {item.code}.k{k + 1}"
            if criterion.metric:
                yield from _check_metric((*path, "metric"), criterion.metric, formulas)
        for m, measure in enumerate(item.measures):
            if measure.code != f"{item.code}-{m + 1}":
                yield (
                    ("items", i, "measures", m, "code"),
                    f"measure {m + 1} of {item.code} must have the code {item.code}-{m + 1}",
                )


def check_formulas(form: schema.FormulasForm) -> Found:
    """Look for doubled ids."""
    yield from _twice((("formulas", i, "id"), f.id) for i, f in enumerate(form.formulas))


def check_parameters(form: schema.ParametersForm) -> Found:
    """Look for weights that do not add up and bounds that contradict each other."""
    if sum(form.ordering.forecast_weights) != 1:
        yield ("ordering", "forecast_weights"), "the weights must add up to 1"
    if form.ordering.cover_low >= form.ordering.cover_high:
        yield ("ordering", "cover_high"), "cover_high must be above cover_low"
    if form.channel.hint_low >= form.channel.hint_high:
        yield ("channel", "hint_high"), "hint_high must be above hint_low"
    yield from _twice((("cadence", "classes", i, "code"), c.code) for i, c in enumerate(form.cadence.classes))
    yield from _twice((("cadence", "onboarding", i, "code"), s.code) for i, s in enumerate(form.cadence.onboarding))


def _twice(named: Iterable[tuple[tuple[str | int, ...], str]]) -> Found:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield path, f"{str(name)!r} occurs twice"
        seen.add(name)


def _check_choices(path: tuple[str | int, ...], choices: list[schema.ChoiceForm]) -> Found:
    yield from _twice(((*path, i, "code"), c.code) for i, c in enumerate(choices))
    for i, choice in enumerate(choices):
        if choice.low is not None and choice.high is not None and choice.low >= choice.high:
            yield (*path, i, "high"), f"the band of {choice.code!r} is empty: high must be above low"
        yield from _check_choices((*path, i, "details"), choice.details)


def _check_metric(path: tuple[str | int, ...], metric: schema.MetricForm, formulas: AbstractSet[str]) -> Found:
    if metric.key not in METRICS:
        yield (*path, "key"), f"nobody computes the metric {metric.key!r}"
    if metric.formula not in formulas:
        yield (*path, "formula"), f"there is no formula {metric.formula!r}"
    if metric.a_min is None and metric.a_max is None:
        yield path, "the metric needs a_min or a_max"
    if (metric.a_min is None) != (metric.b_min is None) or (metric.a_max is None) != (metric.b_max is None):
        yield path, "the bounds of A and B must come in pairs"
        return
    if metric.a_min is not None and metric.b_min is not None and metric.a_min < metric.b_min:
        yield (*path, "b_min"), "b_min must not be above a_min: a better figure would get a worse state"
    if metric.a_max is not None and metric.b_max is not None and metric.a_max > metric.b_max:
        yield (*path, "b_max"), "b_max must not be below a_max: a better figure would get a worse state"
    if metric.a_min is not None and metric.a_max is not None and metric.a_min > metric.a_max:
        yield (*path, "a_max"), "a_max must not be below a_min"


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
