"""A person of the office without a browser: signs in, asks for pages, sends forms as the pages would."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.headoffice.console.story import PASSWORD, Story
from tests.headoffice.http.served import Served

CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


@dataclass
class Told:
    """A console that is served, and the keys of what happened there."""

    served: Served
    story: Story
    opened: list[httpx2.Client] = field(default_factory=list[httpx2.Client])

    def client(self) -> httpx2.Client:
        self.opened.append(httpx2.Client(base_url=self.served.url, timeout=30))
        return self.opened[-1]

    def close(self) -> None:
        for client in self.opened:
            client.close()

    def clerk(self, role: str) -> "Clerk":
        clerk = Clerk(self.client())
        assert clerk.sign_in(role).status_code == 303
        return clerk


@dataclass
class Clerk:
    """One person and the cookies of their browser."""

    http: httpx2.Client

    def sign_in(self, name: str, password: str = PASSWORD) -> httpx2.Response:
        page = self.http.get("/console/login").text
        return self.http.post("/console/login", data={"name": name, "password": password, "csrf": csrf_in(page)})

    def get(self, path: str, **more: Any) -> httpx2.Response:
        return self.http.get(path, **more)

    def post(self, path: str, fields: Mapping[str, str] | None = None) -> httpx2.Response:
        csrf = csrf_in(self.get("/console/").text)
        return self.http.post(path, data={"csrf": csrf, **(fields or {})})


def csrf_in(page: str) -> str:
    found = CSRF.search(page)
    assert found is not None, page[:400]
    return found[1]
