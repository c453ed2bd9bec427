"""Sync between laptop and head office; `spec.md` says what both sides do. Qt and services stay out of this room."""
