"""The page `docs/kpis.md`: every figure with its definition in both languages, made from the playbook's formulas."""

from collections.abc import Iterable

from app.domain.kpi.registry import KPIS
from app.domain.playbook import Formula, Formulas
from app.domain.text import Language, Text

_HEAD = (
    "# Figures\n\n"
    "Made from `resources/playbooks/formulas.yaml` by `python -m tools.write_kpi_page`; a test holds it against them. "
    "Where a figure is shown, its number and its definition are one hover, click or Enter away.\n\n"
    "Quantities are whole 条 (bottles where a store counts in them), money is whole minor units. Shares are kept as "
    "plain fractions and written as per cent with one decimal. A zero denominator and an unknown input give no value "
    "(—), never 0 % and never 100 %. Sources: *seed* – what the company gave; *public* – a standard or publication of "
    "the trade; *proposed* – ours, a default that a company may change.\n"
)
_SHARED = "\n## Names with several meanings\n\nThe trade calls several figures by one name; the number tells which.\n"
_COLUMNS = "| id | 名称 / name | 公式 / formula | 单位 / unit | source | 无值 / no value |\n|---|---|---|---|---|---|"


def kpi_page(formulas: Formulas) -> str:
    """Return the whole page as Markdown."""
    trade = [one for one in formulas.all if one.id in KPIS]
    own = [one for one in formulas.all if one.id not in KPIS]
    parts = [
        _HEAD,
        "## Figures of the trade (F)\n",
        _table(trade),
        _SHARED,
        "\n".join(_shared_names(trade)),
        "\n## Figures of the diagnosis (P)\n",
        _table(own),
    ]
    return "\n".join(parts) + "\n"


def _table(formulas: Iterable[Formula]) -> str:
    return "\n".join([_COLUMNS, *map(_row, formulas)])


def _row(formula: Formula) -> str:
    source = ", ".join(formula.source)
    cells = (formula.id, _both(formula.name), _both(formula.text), _unit(formula), source, _both(formula.no_value))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _unit(formula: Formula) -> str:
    chinese, english = (formula.unit.of(language) for language in (Language.ZH, Language.EN))
    return chinese if chinese == english else f"{chinese} / {english}"


def _both(text: Text) -> str:
    return f"{text.of(Language.ZH)}<br>{text.of(Language.EN)}"


def _shared_names(formulas: Iterable[Formula]) -> Iterable[str]:
    meant: dict[Text, list[Formula]] = {}
    for formula in formulas:
        if formula.called is not None:
            meant.setdefault(formula.called, []).append(formula)
    for name, ones in meant.items():
        told = "; ".join(f"{one.id} {one.name.of(Language.ZH)} ({one.name.of(Language.EN)})" for one in ones)
        yield f"* **{name.of(Language.ZH)}** ({name.of(Language.EN)}): {told}"
