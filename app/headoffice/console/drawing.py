"""Draws pages from templates: everything put in is escaped, the words come from `words.toml`."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import __version__
from app.domain.text import Language
from app.headoffice.console.telling import Teller
from app.headoffice.console.words import known, say

if TYPE_CHECKING:
    from app.headoffice.console.sessions import Person

T = TypeVar("T")
HERE = Path(__file__).parent
PAGE = 25
_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_NAV = (
    ("overview", "/console/", "look"),
    ("visits", "/console/visits", "look"),
    ("records", "/console/records", "look"),
    ("conflicts", "/console/conflicts", "values"),
    ("proposals", "/console/proposals", "values"),
    ("tasks", "/console/tasks", "look"),
    ("forecasts", "/console/forecasts", "look"),
    ("targets", "/console/targets", "look"),
    ("devices", "/console/devices", "devices"),
    ("audit", "/console/audit", "audit"),
)
"""The pages in the navigation, and the right that each asks for."""


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One page of a long list."""

    rows: Sequence[T]
    number: int
    total: int
    size: int = PAGE

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that the pages use; its name carries its hash, so that it may be kept for ever."""

    content: bytes
    kind: str
    mark: str


class Drawing:
    """The templates and assets of one worker."""

    def __init__(self) -> None:
        self._templates = _templates()
        self.assets = {path.name: _asset(path) for path in sorted((HERE / "static").iterdir())}

    def page(
        self, template: str, language: Language, path: str, query: Mapping[str, str], facts: Mapping[str, Any]
    ) -> HTMLResponse:
        """Return a page; `path` and `query` are those of the request."""
        person: Person | None = facts["person"]
        rights = person.rights if person is not None else frozenset[str]()
        done = query.get("done", "")
        html = self._templates.get_template(template).render(
            **facts,
            t=partial(say, language),
            tell=Teller(language),
            language=language.value,
            may=lambda right: right in rights,
            nav=[(name, address) for name, address, right in _NAV if right in rights],
            path=path,
            link=partial(_link, path, query),
            query=query,
            asset=self._address,
            done=f"done.{done}" if known(f"done.{done}") else "",
            version=__version__,
        )
        return HTMLResponse(html)

    def _address(self, name: str) -> str:
        return f"/console/static/{name}?v={self.assets[name].mark}"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(content, _KINDS.get(path.suffix, "application/octet-stream"), hashlib.sha256(content).hexdigest()[:12])


def _link(path: str, query: Mapping[str, str], **changes: Any) -> str:
    """Return the address of this page with other parameters; what was told once is not told again."""
    kept = {name: value for name, value in query.items() if name not in {"done", "lang"}}
    kept |= {name: str(value) for name, value in changes.items()}
    kept = {name: value for name, value in kept.items() if value != ""}
    return f"{path}?{urlencode(kept)}" if kept else path
