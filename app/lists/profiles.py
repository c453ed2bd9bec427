"""Mapping profiles: TOML files that say which column of a file fills which field, in which unit and date form."""

import codecs
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from app.domain.text import Text
from app.lists.converting import EXCEL_SERIAL
from app.lists.reasons import ProfileError
from app.lists.targets import FieldKind, FieldSpec, Target, fields_of
from app.runtime import resources

_FOLDERS = ("profiles", "office_profiles")
_KEYS = {"order_no", "line_no", "cust_code", "sku_code"}
_MINOR_UNITS = {"yuan": 100, "dollar": 100, "fen": 1, "cent": 1}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bands(_Strict):
    """A class cut from a number: the first cut that the value reaches gives the class, the last class has no cut."""

    value: str
    per: str = ""
    """The column to divide by; the cuts then speak of the value for `per_amount` of it."""
    per_amount: Decimal = Decimal(1)
    cuts: tuple[Decimal, ...]
    classes: tuple[str, ...]


class FieldRule(_Strict):
    """How one field is filled."""

    column: tuple[str, ...] = ()
    """The heading; of several the first that the file has, or all of them if `join` is set."""
    join: str | None = None
    required: bool | None = None
    """Whether each row needs a value; left out, the field's own rule holds."""
    unit: Literal["yuan", "dollar", "fen", "cent"] | None = None
    scale: Decimal = Field(default=Decimal(1), gt=0)
    times_column: str = ""
    """A column to multiply with, such as the bottles in a case."""
    values: dict[str, str] = {}
    """What some texts of the file stand for."""
    constant: str | None = None
    bands: Bands | None = None

    @field_validator("column", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @property
    def titles(self) -> tuple[str, ...]:
        """Every heading that the rule looks for."""
        bands = () if self.bands is None else (self.bands.value, self.bands.per)
        return tuple(filter(None, (*self.column, self.times_column, *bands)))

    def factor(self, spec: FieldSpec) -> Decimal:
        """Return what the number in the file is multiplied with."""
        minor = _MINOR_UNITS[self.unit or "yuan"] if spec.kind is FieldKind.MONEY else 1
        return self.scale * minor


class _Name(_Strict):
    zh: str
    en: str


class Profile(_Strict):
    """One mapping profile."""

    id: str
    target: Target
    name: _Name
    about: str = ""
    encodings: tuple[str, ...] = ("utf-8", "gb18030")
    dates: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    """Texts that mean "no value"."""
    ignored: tuple[str, ...] = ()
    """Headings that are left out on purpose; of any other that nothing reads the person is told."""
    keep_broken_characters: bool = False
    """Take texts in which the publisher himself has lost characters, instead of refusing them."""
    fields: dict[str, FieldRule]

    @property
    def label(self) -> Text:
        """The name of the profile."""
        return Text(self.name.zh, self.name.en)


def load_profile(path: Path) -> Profile:
    """Read a profile file; raises ProfileError that names file and key."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        profile = Profile.model_validate(content)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(path.name, "", _unreadable(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise ProfileError(
            path.name, ".".join(map(str, first["loc"])), Text(f"这里不对（{first['msg']}）", first["msg"])
        ) from error
    _check(profile, path.name)
    return profile


def find_profile(name: str, target: Target) -> Profile:
    """Return the profile with that id, of that family (`iowa` for `iowa-orders`), or in that file."""
    path = Path(name)
    if path.suffix == ".toml":
        profile = load_profile(path)
    else:
        shipped = _shipped()
        found = shipped.get(name) or shipped.get(f"{name}-{target}")
        if found is None:
            raise ProfileError(name, "", _no_such(profiles_for(target)))
        profile = found
    if profile.target is not target:
        raise ProfileError(name, "target", _other_target(profile, target))
    return profile


_TARGET_NAMES = {
    Target.CUSTOMERS: Text("客户", "customers"),
    Target.PRODUCTS: Text("品规", "products"),
    Target.ORDERS: Text("订单", "orders"),
    Target.ALLOCATIONS: Text("可订量", "allocations"),
    Target.TASKS: Text("任务", "tasks"),
    Target.TARGETS: Text("指标目标", "targets"),
}


def _no_such(fitting: Iterable[Profile]) -> Text:
    names = ", ".join(profile.id for profile in fitting)
    return Text(f"没有这个映射方案；现有：{names}", f"no such profile; there are: {names}")


def _other_target(profile: Profile, target: Target) -> Text:
    is_for, wanted = _TARGET_NAMES[profile.target], _TARGET_NAMES[target]
    return Text(f"是{is_for.zh}的方案，不能用于{wanted.zh}", f"reads {is_for.en}, not {wanted.en}")


def _unreadable(error: Exception) -> Text:
    if isinstance(error, FileNotFoundError):
        return Text("没有这个文件", "there is no such file")
    return Text(f"读不了（{error}）", f"cannot be read ({error})")


def profiles_for(target: Target) -> tuple[Profile, ...]:
    """Return the profiles that ship for one kind of file, by id."""
    return tuple(profile for _, profile in sorted(_shipped().items()) if profile.target is target)


@cache
def _shipped() -> Mapping[str, Profile]:
    files = (path for folder in _FOLDERS for path in sorted(resources.path(folder).glob("*.toml")))
    loaded = (load_profile(path) for path in files)
    return {profile.id: profile for profile in loaded}


def _check(profile: Profile, file: str) -> None:
    specs = fields_of(profile.target)
    _check_forms(profile, file)
    for name, rule in profile.fields.items():
        if name not in specs:
            raise ProfileError(file, f"fields.{name}", Text("没有这个字段", f"{profile.target} have no such field"))
        _check_rule(file, f"fields.{name}", specs[name], rule)
        if name in _KEYS and (not rule.column or rule.join is not None):
            raise ProfileError(file, f"fields.{name}", Text("编号只能来自一列", "a key is read from one column"))
    for name, spec in specs.items():
        if spec.required and name not in profile.fields:
            raise ProfileError(file, f"fields.{name}", Text("缺少这个字段", "this field is needed"))


def _check_forms(profile: Profile, file: str) -> None:
    for name in profile.encodings:
        try:
            codecs.lookup(name)
        except LookupError:
            raise ProfileError(
                file, "encodings", Text(f"没有 {name!r} 这种编码", f"unknown encoding {name!r}")
            ) from None
    for form in profile.dates:
        if form != EXCEL_SERIAL and not all(part in form for part in ("%Y", "%m", "%d")):
            words = Text(
                f"{form!r} 要含 %Y、%m、%d，或写 {EXCEL_SERIAL!r}",
                f"{form!r} needs %Y, %m and %d, or is {EXCEL_SERIAL!r}",
            )
            raise ProfileError(file, "dates", words)


def _check_rule(file: str, key: str, spec: FieldSpec, rule: FieldRule) -> None:
    sources = [bool(rule.column), rule.constant is not None, rule.bands is not None]
    if sum(sources) != 1:
        raise ProfileError(
            file, key, Text("column、constant、bands 三者只能有一个", "give exactly one of column, constant and bands")
        )
    if rule.unit is not None and spec.kind is not FieldKind.MONEY:
        raise ProfileError(file, f"{key}.unit", Text("只有金额才有单位", "only an amount of money has a unit"))
    counted = spec.kind in {FieldKind.COUNT, FieldKind.MONEY}
    if (rule.scale != 1 or rule.times_column) and not counted:
        raise ProfileError(
            file, f"{key}.scale", Text("只有数量和金额能做乘法", "only counts and money can be multiplied")
        )
    if rule.bands is not None:
        _check_bands(file, f"{key}.bands", rule.bands)


def _check_bands(file: str, key: str, bands: Bands) -> None:
    if len(bands.classes) != len(bands.cuts) + 1:
        raise ProfileError(
            file, f"{key}.classes", Text("类别要比分界多一个", "there must be one class more than there are cuts")
        )
    if list(bands.cuts) != sorted(set(bands.cuts), reverse=True):
        raise ProfileError(
            file, f"{key}.cuts", Text("分界要从高到低", "the cuts must fall from the highest to the lowest")
        )
