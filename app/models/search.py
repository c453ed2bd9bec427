"""What the search index knows of a record beside its words: the number it goes by there, and how its name is spoken."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SearchKey(Base):
    """One customer or product in the search index; stays on this laptop and can be made anew at any time."""

    __tablename__ = "search_key"

    no: Mapped[int] = mapped_column(primary_key=True)
    """The row of `customer_search` or `product_search`, the two full-text tables beside this one."""
    row_id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str]
    spelling: Mapped[str] = mapped_column(index=True)
    """Syllables of the name, readings of a surname apart by a slash; lists sort by it."""
    second_spelling: Mapped[str | None]
    """The same of the other name (sign over the door, brand), where there is one."""
