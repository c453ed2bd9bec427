"""A person of the office before a real browser: what they click and type, and what the browser complains of."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Error, Page, Request, expect

from tests.headoffice.console.clerk import Told
from tests.headoffice.console.story import PASSWORD

_ANSWERED = "Failed to load resource: the server responded with a status of 4"
"""Chromium says this of each page that tells why something was not done."""


class Desk:
    """One person, one browser window."""

    def __init__(self, browser: Browser, told: Told) -> None:
        self.told = told
        self.complaints: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.page = self.window()

    def window(self, **options: Any) -> Page:
        """Open another window, which knows nobody yet."""
        context = self._browser.new_context(
            base_url=self.told.served.url, viewport={"width": 1366, "height": 768}, locale="zh-CN", **options
        )
        context.set_default_timeout(20_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._on_console)
        page.on("pageerror", self._on_error)
        page.on("dialog", self._on_dialog)
        page.on("request", self._on_request)
        return page

    def sign_in(self, role: str = "chief", page: Page | None = None) -> Page:
        """Sign in and wait for the first page."""
        page = page or self.page
        page.goto("/console/")
        page.fill("#name", role)
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_be_visible()
        return page

    def told_of(self, text: str) -> None:
        """Wait until the page says that something was done."""
        expect(self.page.locator(".told")).to_contain_text(text)

    def close(self) -> None:
        """Close the windows."""
        for context in self._contexts:
            context.close()

    def _on_error(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _on_dialog(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(_ANSWERED):
            self.complaints.append(message.text)

    def _on_request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.told.served.url).netloc:
            self.complaints.append(f"asked elsewhere: {request.url}")
