"""Writes domain objects as JSON and back without pydantic, so that a file that was valid once opens in no time.

A list `["Text", "陈列设施", "Display fixtures"]` is the class and its values; `["", …]` is a tuple.
"""

import dataclasses
import json
from collections.abc import Callable, Mapping
from datetime import time
from decimal import Decimal
from enum import Enum

from app.domain import archive, diagnosis, enumerations, forecast_process, playbook
from app.domain.text import Text

_CLASSES: tuple[type, ...] = (
    Text,
    archive.Archive,
    archive.ArchiveField,
    archive.ArchiveSection,
    diagnosis.Criterion,
    diagnosis.Diagnosis,
    diagnosis.HardFail,
    diagnosis.Item,
    diagnosis.Measure,
    diagnosis.Metric,
    diagnosis.Questions,
    diagnosis.Thresholds,
    enumerations.Choice,
    enumerations.Enumeration,
    enumerations.Enumerations,
    forecast_process.ForecastRules,
    playbook.AssortmentRules,
    playbook.CadenceClass,
    playbook.CadenceRules,
    playbook.ChannelRules,
    playbook.DiagnosisRules,
    playbook.Formula,
    playbook.Formulas,
    playbook.HintRules,
    playbook.OnboardingStep,
    playbook.OrderingRules,
    playbook.Parameters,
    playbook.SizeRules,
    playbook.VisitMaterial,
    playbook.VisitRules,
    playbook.Windows,
)
_ENUMS: tuple[type[Enum], ...] = (
    archive.FieldType,
    archive.Owner,
    archive.PersonalData,
    archive.Section,
    diagnosis.Evidence,
    diagnosis.State,
    playbook.Source,
)
_MAKERS: Mapping[str, Callable[..., object]] = {
    **{c.__name__: c for c in _CLASSES},
    **{e.__name__: e for e in _ENUMS},
    "Decimal": Decimal,
    "time": time.fromisoformat,
}


def layout() -> str:
    """Return the classes and their fields, so that a change of ours makes older copies unreadable."""
    return ";".join(f"{c.__name__}({','.join(_fields(c))})" for c in _CLASSES)


def dump(value: object) -> str:
    """Write a domain object."""
    return json.dumps(_pack(value), ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> object:
    """Read what `dump` wrote; raises ValueError, TypeError or KeyError for anything else."""
    return _unpack(json.loads(text))


def _fields(cls: type) -> list[str]:
    return [f.name for f in dataclasses.fields(cls) if f.init]


def _pack(value: object) -> object:
    if isinstance(value, Enum):
        return [type(value).__name__, value.value]
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return ["", *(_pack(v) for v in value)]
    if isinstance(value, Decimal):
        return ["Decimal", str(value)]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    return [type(value).__name__, *(_pack(getattr(value, name)) for name in _fields(type(value)))]


def _unpack(value: object) -> object:
    if not isinstance(value, list):
        return value
    name, *rest = value
    values = [_unpack(v) for v in rest]
    return _MAKERS[name](*values) if name else tuple(values)
