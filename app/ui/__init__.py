"""The only room with Qt."""

from app.ui.overrides import guard_overrides

guard_overrides()
