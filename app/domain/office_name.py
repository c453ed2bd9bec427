"""What stands where head office wrote and no person of it was named: shown in the reader's language, not as a name."""

OFFICE_ZH, OFFICE_EN = "总部", "Head office"
OFFICE_NAMES = frozenset({"office", OFFICE_ZH, OFFICE_EN})
"""The last two are what the commands of head office sign with when no name is given."""
