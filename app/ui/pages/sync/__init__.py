"""Sync with head office: the round under way, what needs a person, enrolment."""
