"""Binds a profile to the header of a file and turns its rows into field values, or into refused rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from app.domain.enumerations import Enumeration
from app.domain.units import half_width, parse_decimal
from app.lists.converting import Convert, Value, converter, tidy
from app.lists.csv_rows import BrokenLine, Row
from app.lists.reasons import Cause, ConversionError, FileRefusedError, Reason, RefusedRow, RowProblem
from app.lists.targets import FieldKind, FieldSpec, fields_of

if TYPE_CHECKING:
    from app.lists.profiles import Bands, FieldRule, Profile

Choices = Mapping[str, Enumeration]
"""The code list of each field that has one."""
Read = Callable[[Row], Value]
ReadCell = Callable[[str], Value]
Follow = Callable[[Value], Value]
_SEARCHED_ROWS = 10


def heading(text: str) -> str:
    """Return a heading as it is compared: half-width, without blanks, without upper case."""
    return "".join(half_width(text).replace("\ufeff", "").split()).casefold()


@dataclass(frozen=True, slots=True)
class Column:
    """How one field is read from a row; `places` are the cells it comes from."""

    spec: FieldSpec
    places: tuple[int, ...]
    heading: str
    read: Read
    read_cell: ReadCell | None = None
    """The same from the text of the cell alone, where that is enough."""

    def followed_by(self, follow: Follow) -> "Column":
        """Return the column with one more step, such as looking the code up; it may raise ConversionError."""
        read, read_cell = self.read, self.read_cell
        return replace(
            self,
            read=lambda row: follow(read(row)),
            read_cell=None if read_cell is None else lambda text: follow(read_cell(text)),
        )


@dataclass(frozen=True, slots=True)
class BoundProfile:
    """A profile bound to a header: the row after which the data begin, and a reader for each field."""

    profile: "Profile"
    header: tuple[str, ...]
    header_row: int
    columns: tuple[Column, ...]

    def followed_by(self, steps: Mapping[str, Follow]) -> "BoundProfile":
        """Return the same with a further step behind some fields."""
        columns = (c.followed_by(steps[c.spec.name]) if c.spec.name in steps else c for c in self.columns)
        return replace(self, columns=tuple(columns))

    def without(self, *fields: str) -> "BoundProfile":
        """Return the same without readers for these fields."""
        return replace(self, columns=tuple(column for column in self.columns if column.spec.name not in fields))

    def title_of(self, field: str) -> str:
        """Return the file's own heading of a field; the field's name where the file has none."""
        return next((column.heading for column in self.columns if column.spec.name == field), field)

    @property
    def unread(self) -> tuple[str, ...]:
        """The headings that the profile does not speak of; what stands under them is left out."""
        spoken_of = {heading(title) for rule in self.profile.fields.values() for title in rule.titles}
        spoken_of |= set(map(heading, self.profile.ignored))
        return tuple(title for title in map(tidy, self.header) if title and heading(title) not in spoken_of)

    def convert(self, row_number: int, row: Row) -> dict[str, Value] | RefusedRow:
        """Return the values by field, or the row refused with everything wrong with it."""
        if problem := width_problem(row, len(self.header)):
            return RefusedRow(row_number, (problem,), tuple(row))
        values: dict[str, Value] = {}
        problems: list[RowProblem] = []
        for column in self.columns:
            try:
                values[column.spec.name] = column.read(row)
            except ConversionError as error:
                value = row[column.places[0]] if column.places else ""
                problems.append(RowProblem(column.heading, value, error.cause))
        return RefusedRow(row_number, tuple(problems), tuple(row)) if problems else values


def is_blank(row: Row) -> bool:
    """Whether a row has nothing in it, as spreadsheets leave them behind."""
    return not any(map(tidy, row))


def width_problem(row: Row, width: int) -> RowProblem | None:
    """Return what is wrong with the number of cells; empty ones too many do no harm."""
    if isinstance(row, BrokenLine):
        return RowProblem("", row[0], Cause(Reason.ROW_QUOTES))
    if len(row) >= width and not any(map(tidy, row[width:])):
        return None
    filled = max((place for place, text in enumerate(row, 1) if tidy(text)), default=0)
    return RowProblem("", "", Cause(Reason.ROW_WIDTH, f"{max(filled, min(len(row), width))} ≠ {width}"))


def bind(profile: "Profile", first_rows: Sequence[Row], choices: Choices | None = None) -> BoundProfile:
    """Find the header among the first rows and bind the profile to it; raises FileRefusedError."""
    filled = [(number, row) for number, row in enumerate(first_rows[:_SEARCHED_ROWS], 1) if not is_blank(row)]
    if not filled:
        raise FileRefusedError(Reason.FILE_EMPTY)
    missing = {number: _missing(profile, row) for number, row in filled}
    header_row, header = min(filled, key=lambda found: len(missing[found[0]]))
    if missing[header_row]:
        raise FileRefusedError(Reason.HEADER_MISSING, "、".join(missing[header_row]))
    while header and not tidy(header[-1]):
        header = header[:-1]
    binder = _Binder(profile, header, choices or {})
    return BoundProfile(profile, tuple(header), header_row, binder.columns())


def _missing(profile: "Profile", header: Row) -> list[str]:
    """Return the headings of needed columns that the row does not have."""
    there = set(map(heading, header))
    missing: list[str] = []
    for name, spec in fields_of(profile.target).items():
        rule = profile.fields.get(name)
        if rule is None or not rule.column or not spec.required:
            continue
        found = [heading(title) in there for title in rule.column]
        if not (all(found) if rule.join is not None else any(found)):
            missing.append(rule.column[0])
    return missing


class _Binder:
    """Makes the readers of one file."""

    def __init__(self, profile: "Profile", header: Row, choices: Choices) -> None:
        self._profile = profile
        self._header = header
        self._choices = choices
        self._empty = {heading(text) for text in profile.empty}
        self._places: dict[str, list[int]] = {}
        for place, title in enumerate(header):
            self._places.setdefault(heading(title), []).append(place)

    def columns(self) -> tuple[Column, ...]:
        specs = fields_of(self._profile.target)
        found = (self._column(specs[name], rule) for name, rule in self._profile.fields.items())
        return tuple(column for column in found if column is not None)

    def _column(self, spec: FieldSpec, rule: "FieldRule") -> Column | None:
        if rule.bands is not None:
            return self._banded(spec, rule.bands)
        convert = converter(
            spec,
            dates=self._profile.dates,
            choices=self._choices.get(spec.name),
            scale=rule.factor(spec),
            keep_broken=self._profile.keep_broken_characters,
        )
        if rule.constant is not None:
            value = convert(rule.constant)
            return Column(spec, (), spec.name, lambda _row: value)
        places = [spot for title in rule.column if (spot := self._place(title)) is not None]
        if not places:
            return None
        if rule.join is not None:
            return Column(spec, tuple(places), self._title(places[0]), self._joined(places, rule.join, spec.required))
        if len(places) > 1:
            raise FileRefusedError(Reason.HEADER_TWICE, " = ".join(map(self._title, places)))
        place = places[0]
        text_of = self._text_reader(rule, spec)
        nothing: Value = "" if spec.required and spec.kind is FieldKind.TEXT else None

        def read_cell(cell: str) -> Value:
            text = text_of(cell)
            return convert(text) if text else nothing

        if rule.times_column:
            read = self._multiplied(place, text_of, convert, rule.times_column)
            return Column(spec, (place,), self._title(place), read)
        return Column(spec, (place,), self._title(place), lambda row: read_cell(row[place]), read_cell)

    def _text_reader(self, rule: "FieldRule", spec: FieldSpec) -> Callable[[str], str]:
        """Return what makes the text of a cell ready: tidy, translated, empty where the profile says so."""
        needed = spec.required if rule.required is None else rule.required
        stands_for = {heading(text): value for text, value in rule.values.items()}

        def text_of(cell: str) -> str:
            text = tidy(cell)
            if stands_for:
                text = stands_for.get(heading(text), text)
            if self._empty and heading(text) in self._empty:
                text = ""
            if needed and not text:
                raise ConversionError(Reason.EMPTY)
            return text

        return text_of

    def _joined(self, places: list[int], mark: str, needed: bool) -> Read:
        def read(row: Row) -> Value:
            text = mark.join(filter(None, (tidy(row[place]) for place in places)))
            if needed and not text:
                raise ConversionError(Reason.EMPTY)
            return text or None

        return read

    def _multiplied(self, place: int, text_of: Callable[[str], str], convert: Convert, title: str) -> Read:
        times_place = self._needed_place(title)

        def multiply(row: Row) -> Value:
            value, times = _number(text_of(row[place])), _number(row[times_place])
            if value is None:
                return None
            if times is None:
                raise ConversionError(Reason.EMPTY)
            return convert(f"{value * times:f}")

        return multiply

    def _banded(self, spec: FieldSpec, bands: "Bands") -> Column | None:
        place = self._place(bands.value)
        per = self._place(bands.per) if bands.per else None
        if place is None or (bands.per and per is None):
            return None

        def read(row: Row) -> Value:
            value = _number(row[place])
            divisor = bands.per_amount if per is None else _number(row[per])
            if value is None or not divisor:
                return None
            share = value * bands.per_amount / divisor
            return next(
                (name for cut, name in zip(bands.cuts, bands.classes, strict=False) if share >= cut), bands.classes[-1]
            )

        return Column(spec, (place,), self._title(place), read)

    def _title(self, place: int) -> str:
        return tidy(self._header[place])

    def _needed_place(self, title: str) -> int:
        place = self._place(title)
        if place is None:
            raise FileRefusedError(Reason.HEADER_MISSING, title)
        return place

    def _place(self, title: str) -> int | None:
        places = self._places.get(heading(title), [])
        if len(places) > 1:
            raise FileRefusedError(Reason.HEADER_TWICE, self._title(places[0]))
        return places[0] if places else None


def _number(text: str) -> Decimal | None:
    plain = tidy(text)
    if not plain:
        return None
    try:
        return parse_decimal(plain)
    except ValueError:
        raise ConversionError(Reason.NOT_A_NUMBER) from None
