"""The end of the customer's sheet: licence reminder, sign lines, the four contacts and how the figures are counted."""

from app.domain.customer_summary import Contact, CustomerSummary
from app.reports import words
from app.reports.blocks import Block, LineMark, Placed, space, stacked, text
from app.reports.formats import Formats
from app.reports.paper import paper

LICENCE_NOTICE_DAYS = 90
_SIGN_WIDTH = 148.0
_SIGN_GAP = 20.0
_SIGN_HEIGHT = 44.0


def reminders(summary: CustomerSummary) -> tuple[str, ...]:
    """Return the reminders for this shop, first that of a licence that ends soon."""
    if summary.licence_expiry is None:
        return summary.reminders
    days = (summary.licence_expiry - summary.visit_date).days
    if days > LICENCE_NOTICE_DAYS:
        return summary.reminders
    date = Formats.of(summary).day(summary.licence_expiry)
    notice = words.LICENCE_OVER if days < 0 else words.LICENCE_SOON
    return (notice.of(summary.language).format(date=date, days=days), *summary.reminders)


def closing(summary: CustomerSummary) -> Block:
    """Return the sign lines with the contacts beside them, and the small print."""
    look = paper()
    language = summary.language
    parts = [
        Placed(0.0, 0.0, _sign_line(words.SIGNED_BY_SHOP.of(language))),
        Placed(_SIGN_WIDTH + _SIGN_GAP, 0.0, _sign_line(words.SIGNED_BY_MANAGER.of(language))),
    ]
    start = 2 * (_SIGN_WIDTH + _SIGN_GAP)
    contacts = stacked([text(line, look.note, look.width - start) for line in _contacts(summary)])
    parts.append(Placed(start, 0.0, contacts))
    signs = Block(max(_SIGN_HEIGHT, contacts.height), parts=tuple(parts))
    counted = text(_how_counted(summary), look.tiny, look.width)
    return stacked((space(look.gap), signs, space(look.gap * 0.7), counted))


def _sign_line(label: str) -> Block:
    look = paper()
    line = LineMark(0.0, _SIGN_HEIGHT, _SIGN_WIDTH, _SIGN_HEIGHT, 0.8, look.ink)
    return Block(_SIGN_HEIGHT, (line,), (Placed(0.0, 0.0, text(label, look.note, _SIGN_WIDTH)),))


def _contacts(summary: CustomerSummary) -> list[str]:
    known = {contact.role: contact for contact in summary.contacts}
    reached = {role: _reached(contact) for role, contact in known.items()}
    return [
        f"{title.of(summary.language)}  {reached[role]}" for role, title in words.ROLES.items() if reached.get(role)
    ]


def _reached(contact: Contact) -> str:
    return " ".join(part for part in (contact.name, contact.phone) if part)


def _how_counted(summary: CustomerSummary) -> str:
    language = summary.language
    parts = [words.HOW_VALUE.of(language).format(unit=summary.unit.one)]
    if summary.suggestions:
        parts.append(words.HOW_SUGGESTED.of(language))
    return words.HOW_COUNTED.of(language) + words.LIST_COMMA.of(language).join(parts)
