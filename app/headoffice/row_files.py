"""Reads the company's lists (CSV, also gzipped, or XLSX) by a mapping profile into rows of our own field names."""

import csv
import gzip
import io
import tomllib
from collections.abc import Generator, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, load_workbook

from app.runtime import resources

_FOLDERS = ("profiles", "office_profiles")
_EXCEL_ZERO = date(1899, 12, 30)
_EXCEL_SERIAL = "excel-serial"
_DATE_ENDS = ("_date", "_on", "_from", "_to", "_until", "_day")
_MINOR_UNITS = {"yuan": 100, "dollar": 100, "fen": 1, "cent": 1}
_WIDTH = {ord("　"): " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}


class FileProblemError(Exception):
    """The file or the profile cannot be read; nothing was changed."""


def find_profile(name: str, target: str) -> dict[str, Any]:
    """Return the profile of that id, of that family (`iowa` for `iowa-orders`), or in that TOML file."""
    shipped = {path.stem: path for folder in _FOLDERS for path in resources.path(folder).glob("*.toml")}
    path = Path(name) if name.endswith(".toml") else shipped.get(name) or shipped.get(f"{name}-{target}")
    if path is None:
        raise FileProblemError(f"no profile {name}; there are: {', '.join(sorted(shipped))}")
    try:
        profile = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise FileProblemError(f"{path}: {error}") from error
    if profile.get("target") != target or not isinstance(profile.get("fields"), dict):
        raise FileProblemError(f"{path}: reads {profile.get('target')}, not {target}")
    return profile


def read_rows(file: Path, profile: Mapping[str, Any]) -> Generator[dict[str, str]]:
    """Yield each row by our field names: money in minor units, dates as 2022-04-29, empty values left out."""
    table = iter(_table(file, profile.get("encodings", ("utf-8", "gb18030"))))
    try:
        heading = next(table, [])
        columns = {_plain(name): place for place, name in enumerate(heading) if name.strip()}
        reader = _Reader(columns, profile)
        reader.check_headings(file.name)
        for cells in table:
            if any(cell.strip() for cell in cells):
                yield reader.row(cells)
    except (csv.Error, CalamineError, UnicodeDecodeError, EOFError, OSError) as error:
        raise FileProblemError(f"{file}: {error}") from error


class _Reader:
    """Turns the cells of one row into fields."""

    def __init__(self, columns: Mapping[str, int], profile: Mapping[str, Any]) -> None:
        self._columns = columns
        self._fields: Mapping[str, Mapping[str, Any]] = profile["fields"]
        self._dates: list[str] = list(profile.get("dates", ("%Y-%m-%d",)))
        self._empty = {"", *profile.get("empty", ())}

    def check_headings(self, file: str) -> None:
        """Raise FileProblemError where not one column of the profile stands in the heading."""
        wanted = [name for rule in self._fields.values() for name in _names(rule)]
        if not any(_plain(name) in self._columns for name in wanted):
            raise FileProblemError(f"{file}: none of the headings {', '.join(wanted[:6])} …")

    def row(self, cells: list[str]) -> dict[str, str]:
        """Return the fields of a row that have a value."""
        values = {field: self._value(field, rule, cells) for field, rule in self._fields.items()}
        return {field: value for field, value in values.items() if value is not None}

    def _value(self, field: str, rule: Mapping[str, Any], cells: list[str]) -> str | None:
        if "constant" in rule:
            return str(rule["constant"])
        if "bands" in rule:
            return self._band(rule["bands"], cells)
        text = self._text(rule, cells)
        if text is None:
            return None
        text = rule.get("values", {}).get(text, text)
        if "unit" in rule or "scale" in rule or "times_column" in rule:
            return self._amount(rule, text, cells)
        return self._day(text) if field.endswith(_DATE_ENDS) else text

    def _text(self, rule: Mapping[str, Any], cells: list[str]) -> str | None:
        found = [value for name in _names(rule) if (value := self._cell(name, cells)) is not None]
        if not found:
            return None
        return rule["join"].join(found) if "join" in rule else found[0]

    def _cell(self, name: str, cells: list[str]) -> str | None:
        place = self._columns.get(_plain(name))
        text = cells[place].strip() if place is not None and place < len(cells) else ""
        return None if text in self._empty else text

    def _amount(self, rule: Mapping[str, Any], text: str, cells: list[str]) -> str:
        number = _number(text)
        times = _number(self._cell(rule["times_column"], cells) or "") if "times_column" in rule else Decimal(1)
        if number is None or times is None:
            return text  # the import says of this row that it is no number
        return str(round(number * times * Decimal(str(rule.get("scale", 1))) * _MINOR_UNITS[rule.get("unit", "fen")]))

    def _band(self, bands: Mapping[str, Any], cells: list[str]) -> str | None:
        number = _number(self._cell(bands["value"], cells) or "")
        per = _number(self._cell(bands["per"], cells) or "") if bands.get("per") else Decimal(1)
        if number is None or not per:
            return None
        number = number / per * Decimal(str(bands.get("per_amount", 1)))
        cuts = zip(bands["cuts"], bands["classes"], strict=False)
        return next((name for cut, name in cuts if number >= Decimal(str(cut))), bands["classes"][-1])

    def _day(self, text: str) -> str:
        for form in self._dates:
            try:
                if form == _EXCEL_SERIAL:
                    return (_EXCEL_ZERO + timedelta(days=int(text))).isoformat()
                return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007  a day has no zone
            except (ValueError, OverflowError):
                continue
        return text


def _names(rule: Mapping[str, Any]) -> list[str]:
    column = rule.get("column", [])
    return [column] if isinstance(column, str) else list(column)


def _plain(heading: str) -> str:
    return "".join(heading.lstrip("\ufeff").translate(_WIDTH).split()).lower()


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "").lstrip("$¥￥"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _table(file: Path, encodings: Iterable[str]) -> Iterable[list[str]]:
    try:
        raw = file.read_bytes()
        if raw.startswith(b"\x1f\x8b"):
            raw = gzip.decompress(raw)
    except (OSError, EOFError) as error:
        raise FileProblemError(f"{file}: {error}") from error
    if raw.startswith((b"PK", b"\xd0\xcf")):
        sheet = load_workbook(io.BytesIO(raw)).get_sheet_by_index(0)
        return ([_cell_text(cell) for cell in cells] for cells in sheet.iter_rows())
    text = _decoded(file, raw, encodings)
    head = text[:4096]
    delimiter = max(",;\t", key=head.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _decoded(file: Path, raw: bytes, encodings: Iterable[str]) -> str:
    for encoding in encodings:
        try:
            return raw.decode("utf-8-sig" if encoding == "utf-8" else encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise FileProblemError(f"{file}: not in {', '.join(encodings)}")


def _cell_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return f"{Decimal(f'{cell:.15g}'):f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
