"""The words of a proposed change: how far it is, what it changes, who decided it and why."""

from datetime import datetime

from PySide6.QtCore import QObject

from app.domain.masking import is_private, mask_field
from app.domain.playbook import Playbook
from app.domain.proposals import ProposalState
from app.services.archive_values import Value
from app.services.customer_profile import ArchiveValue
from app.services.proposals import Proposal
from app.ui.look.formats import format_iso, format_time
from app.ui.look.translations import current_language
from app.ui.pages.customers.archive_lines import value_words
from app.ui.widgets.tones import Tone


class ProposalWords(QObject):
    """Puts proposals into the language shown; private values stay hidden until asked for."""

    def __init__(self, playbook: Playbook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playbook = playbook

    @property
    def queued(self) -> tuple[str, Tone]:
        """What stands beside a change that head office has not got."""
        return self.tr("waits to be sent"), Tone.GREY

    def chip(self, one: Proposal) -> tuple[str, Tone]:
        """Return how far a proposal is."""
        match one.state:
            case ProposalState.QUEUED:
                return self.queued
            case ProposalState.AT_OFFICE:
                return self.tr("head office decides"), Tone.BLUE
            case ProposalState.ACCEPTED:
                return self.tr("accepted by head office"), Tone.GREEN
            case ProposalState.DECLINED:
                return self.tr("declined"), Tone.AMBER
            case ProposalState.WITHDRAWN:
                return self.tr("withdrawn"), Tone.GREY

    def field(self, one: Proposal) -> str:
        """Return the name of the field."""
        return one.field.label.of(current_language())

    def change(self, one: Proposal, revealed: frozenset[str] = frozenset()) -> str:
        """Return old and new: 食杂店 → 便利店; the new value alone where the old one is not known."""
        new = self._value(one, one.new, revealed)
        if one.id is None and one.state is ProposalState.AT_OFFICE:
            return new
        return f"{self._value(one, one.old, revealed)} → {new}"

    def beside(self, one: Proposal, revealed: frozenset[str]) -> str:
        """Return what stands beside the field: what is proposed, or what came of it."""
        new = self._value(one, one.new, revealed)
        match one.state:
            case ProposalState.QUEUED:
                return self.tr("before: %1").replace("%1", self._value(one, one.old, revealed))
            case ProposalState.AT_OFFICE:
                return self.tr("proposed: %1").replace("%1", new)
            case ProposalState.ACCEPTED:
                return self._who(one)
            case ProposalState.DECLINED | ProposalState.WITHDRAWN:
                proposed = self.tr("proposed: %1").replace("%1", new)
                return self.tr(" · ").join(part for part in (proposed, one.note, self._who(one)) if part)

    def course(self, one: Proposal) -> str:
        """Return when it was proposed, and who decided it when."""
        proposed = self.tr("proposed %1").replace("%1", self._moment(one.proposed_at))
        decided = "" if one.state.is_open else self._who(one)
        return self.tr(" · ").join(part for part in (proposed, decided) if part)

    def _who(self, one: Proposal) -> str:
        if one.decided_at is None:
            return ""
        who = self.tr("you") if one.state is ProposalState.WITHDRAWN else one.decided_by
        return f"{who} {self._moment(one.decided_at)}".strip()

    def _moment(self, at: datetime) -> str:
        return f"{format_iso(at.date())} {format_time(at)}"

    def _value(self, one: Proposal, value: Value, revealed: frozenset[str]) -> str:
        words = value_words(ArchiveValue(one.field, value), self._playbook.enumerations, current_language())
        is_hidden = value is not None and is_private(one.field) and one.field.key not in revealed
        return mask_field(one.field, words) if is_hidden else words
