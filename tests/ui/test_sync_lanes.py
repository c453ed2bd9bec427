"""The lanes of a round, the status element and the sentences beside them while a round goes on, and after it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.bootstrap.sync_desk import SyncDesk
from app.domain.sync_pause import PauseFor
from app.models.visit import Visit
from app.runtime.cancel import CancelToken
from app.services.sync_facts import Ended, Lane, RoundEnd, RoundStep
from app.ui.look.sentences import joined
from app.ui.pages.sync.round_words import RoundWords
from app.ui.widgets.key_figure import KeyFigure
from tests.headoffice.http.served import Served
from tests.ui.sync_person import Person
from tests.ui.test_sync_truth import bar, member, show
from tests.ui.virtual_office import LONG_MS, START, Laptop, MakeLaptop, VirtualOffice

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

__all__ = ["member"]


def reached(make_laptop: MakeLaptop, office: VirtualOffice) -> Laptop:
    laptop = make_laptop(office)
    laptop.open()
    laptop.sync.look()
    laptop.qtbot.waitUntil(lambda: laptop.sync.standing is not None, timeout=LONG_MS)
    return laptop


def pill(laptop: Laptop) -> str:
    return laptop.window.words_of("statusPill")


def test_a_round_of_one_call_tells_each_lane_its_own_figures(person: Person, served: Served) -> None:
    person.open()
    person.enrol(served)
    visit = UUID(person.note_visit(served))
    person.sync_now()
    with person.database.write(actor="M1", source="visit") as session:
        session.get_one(Visit, visit).need_note = "再来一条"
    served.world.put("customer", served.world.customers["C11"], {"opening_hours": "9-19"})
    steps: list[RoundStep] = []
    desk = SyncDesk(person.application, use_keyring=False)
    end = desk.round(CancelToken(), lambda _done, _total: None, steps.append)
    assert end.ended is Ended.DONE
    assert steps[0].up.is_under_way, "head office is reached as soon as it has answered"
    assert steps[-1].up.total == 1
    assert steps[-1].down.total == end.received > 0
    assert any(step.down.is_under_way for step in steps)


def test_a_lane_without_updates_does_not_speak_of_what_waits_to_go_up(member: Person) -> None:
    member.sync.is_running = True
    show(member, RoundEnd(Ended.DONE), photos=4, step=RoundStep(photos=Lane(1, 4, 300, 1000, is_under_way=True)))
    assert bar(member, "laneDown") == (1000, "no updates")
    assert bar(member, "laneUp") == (1000, "nothing waits")
    member.sync.is_running = False


def test_visits_under_way_stand_below_the_figure_and_do_not_crowd_the_next(member: Person, served: Served) -> None:
    visit = UUID(member.note_visit(served))
    with member.database.write(actor="M1", source="visit") as session:
        one = session.get_one(Visit, visit)
        one.day, one.status = member.application.clock.today(), "in_progress"
    member.page.shown()
    figure = next(one for one in member.page.findChildren(KeyFigure) if one.accessibleName().startswith("Visits"))
    member.wait(lambda: figure.accessibleDescription() == "1 in progress")
    assert figure.accessibleName() == "Visits 0"


def test_where_something_needs_a_look_the_status_still_counts_what_waits(make_laptop: MakeLaptop) -> None:
    laptop = reached(make_laptop, VirtualOffice(reached=True, waiting=1))
    assert laptop.sync.standing is not None
    laptop.sync.standing = replace(laptop.sync.standing, refused=1)
    laptop.sync.changed.emit()
    assert pill(laptop) == "Needs you · 1 record · 2 photos waiting"


def test_the_status_follows_what_is_written_within_a_second(make_laptop: MakeLaptop) -> None:
    laptop = reached(make_laptop, VirtualOffice(reached=True, waiting=1))
    laptop.office.waiting = 5
    laptop.sync._bus.written.emit()
    laptop.qtbot.waitUntil(lambda: pill(laptop).startswith("5 records"), timeout=1_000)


def test_the_page_says_how_the_round_asked_for_in_a_pause_ended(make_laptop: MakeLaptop) -> None:
    laptop = reached(make_laptop, VirtualOffice(reached=True))
    laptop.sync.pause(PauseFor.OPEN)
    assert RoundWords(laptop.sync).whole().startswith("Paused until you go on")
    with laptop.qtbot.waitSignal(laptop.sync.ended, timeout=LONG_MS):
        laptop.sync.start()
    said = RoundWords(laptop.sync).whole()
    assert said.startswith("Head office has confirmed what was sent.")
    assert "Paused until you go on" in said
    assert said.count("Still waiting") == 1
    laptop.sync.pause(PauseFor.HOUR)
    assert RoundWords(laptop.sync).whole().startswith("Paused until "), "a new pause has no result yet"


@pytest.mark.parametrize(("seconds", "words"), [(59, "Next try within a minute."), (60, "Next try at ")])
def test_a_try_that_is_about_to_begin_is_not_named_by_the_minute_it_is(
    make_laptop: MakeLaptop, seconds: int, words: str
) -> None:
    laptop = reached(make_laptop, VirtualOffice(now=START))
    assert laptop.sync.standing is not None
    laptop.sync.standing = replace(laptop.sync.standing, due=START + timedelta(seconds=seconds))
    laptop.sync.last = RoundEnd(Ended.OFFLINE)
    assert words in RoundWords(laptop.sync).whole()


def test_sentences_are_joined_as_their_script_wants_it() -> None:
    assert joined(["已同步。", "", "总部已确认。"]) == "已同步。总部已确认。"
    assert joined(["Synced.", "", "All confirmed."]) == "Synced. All confirmed."
    assert joined([]) == ""
