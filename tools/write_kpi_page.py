"""Writes `docs/kpis.md` anew from the playbook's formulas: `python -m tools.write_kpi_page`."""

from pathlib import Path

from app.domain.kpi.page import kpi_page
from app.playbooks.loader import load_playbook

PAGE = Path(__file__).resolve().parents[1] / "docs" / "kpis.md"

if __name__ == "__main__":
    PAGE.write_text(kpi_page(load_playbook().formulas), encoding="utf-8")
