"""A visit that was entered later from paper is told as such on its page; one entered at the shop is not."""

from datetime import timedelta

from tests.headoffice.console.clerk import Told
from tests.headoffice.world import NOW, visit_values


def test_the_page_of_a_visit_tells_that_and_when_it_was_entered_from_paper(told: Told) -> None:
    chief, world = told.clerk("chief"), told.served.world
    laptop = world.laptop("M1")
    laptop.pull()
    assert "纸质补录" not in chief.get(f"/console/visits/{told.story.visit}").text
    entered = {"paper_entered_at": (NOW + timedelta(hours=9)).isoformat()}
    shop = world.customers["C11"]
    visit = laptop.insert("visit", visit_values(shop, serial=77, **entered))
    laptop.push()
    page = chief.get(f"/console/visits/{visit}").text
    assert '<span class="chip wait">纸质补录</span>' in page
    assert "补录时间" in page
