"""Reusable widgets that know no topic."""
