"""The files with the translations that Qt loads; built anew where they are older than their source."""

from pathlib import Path

from app.runtime import resources

TS = "translations/app_zh_CN.ts"
ZH_QM = "translations/app_zh_CN.qm"
EN_QM = "translations/app_en.qm"


def ensure_qm() -> Path:
    """Build the .qm files if one is missing or older than the .ts; return the Chinese one."""
    source = resources.path(TS)
    if source.exists() and any(_is_old(resources.path(name), source) for name in (ZH_QM, EN_QM)):
        from app.ui.look.build_translations import build_qm  # noqa: PLC0415 - an installation has them built

        build_qm()
    return resources.path(ZH_QM)


def _is_old(built: Path, source: Path) -> bool:
    return not built.exists() or built.stat().st_mtime < source.stat().st_mtime
