"""Reads resources/playbooks into domain objects; refuses a bad file with its name and line."""

from app.playbooks.errors import PlaybookError as PlaybookError
from app.playbooks.errors import PlaybookProblem as PlaybookProblem
from app.playbooks.loader import check_playbook as check_playbook
from app.playbooks.loader import load_playbook as load_playbook
