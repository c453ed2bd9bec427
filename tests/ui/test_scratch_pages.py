"""Scratch."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from app.domain.text import Language
from app.domain.visit import STEPS
from tests.real_program import *
from tests.journeys.visit_hands import *
from tests.ui import page_checks as c


def scenes(p):
    customer, visit = main_visit(p.desk.application)
    p.sessions_on_gui_thread.clear()
    yield "today", lambda: p.go("today")
    yield "customers", lambda: p.go("customers")

    def step(s):
        def f():
            if visit_page(p).model.visit_id != visit:
                p.workspace.open_visit(visit)
                p.rest()
            p.workspace.go("visit")
            visit_page(p).model.go(s)
            p.rest()

        return f

    for s in STEPS:
        yield f"{s.number}-{s.value}", step(s)

    def cust():
        p.workspace.open_customer(customer)
        p.rest()

    yield "customer", cust
    for k in ("data_in", "settings", "status"):
        yield k, (lambda k=k: p.go(k))


ALLOW = {"PDF", "SKU", "Ctrl"}


def test_x(practice_store, tmp_path, _dressed):
    import time

    with running(copy_store(practice_store, tmp_path / "s")) as p:
        p.open()
        for name, show in scenes(p):
            t = time.perf_counter()
            show()
            for lang in Language:
                p.desk.translations.set_language(lang)
                for size in ((1366, 768), (910, 512)):
                    p.window.resize(*size)
                    p.lay_out()
                    if p.window.width() != size[0] or p.window.height() != size[1]:
                        print("SIZE", name, lang, size, p.window.size())
                    p.window.grab().save(f"/tmp/shots/{name}-{lang.value}-{size[0]}.png")
                    with c.shortened_words() as short:
                        p.window.grab()
                    for l in c.cut_words(p.window):
                        print("CUT", name, lang.value, size[0], l)
                    for k, v in short.items():
                        print("SHORT", name, lang.value, size[0], k, sorted(v)[:4])
                    for l in c.sideways(p.window):
                        print("SIDE", name, lang.value, size[0], l)
                if lang is Language.ZH:
                    for l in c.foreign_words(p.window, lambda w: w in ALLOW):
                        print("FOREIGN", name, l[:150])
                    for l in c.nameless(p.window):
                        print("NAMELESS", name, l)
            print("TIME", name, time.perf_counter() - t)
        p.close()
    assert 0
