"""The look: contrast, tokens, fonts, icons, run-time switches, formats, words of problems."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QFontMetricsF, QImage, QRawFont
from PySide6.QtWidgets import QApplication, QLabel

from app.domain.problems import Problem, Refusal, TroubleError
from app.domain.text import Language
from app.runtime import resources
from app.ui.look import formats, tokens
from app.ui.look.build_translations import missing, uncollected
from app.ui.look.fonts import FAMILY
from app.ui.look.icons import icon_files, make_icon
from app.ui.look.messages import Messages
from app.ui.look.theme import Scheme, Theme
from app.ui.look.translations import Translations, current_language
from app.ui.widgets.tones import Tone

RARE = "镕堃喆𬭎㙍¥走访条−—→✕"[:-1]

READABLE = [
    *[("text", ground) for ground in ("background", "surface", "surface_alt", "surface_hover", "primary_soft")],
    *[("muted", ground) for ground in ("background", "surface", "surface_alt", "surface_hover", "primary_soft")],
    *[(f"{tone.value}_text", f"{tone.value}_soft") for tone in Tone],
    *[(f"{tone.value}_text", "surface") for tone in Tone],
    ("on_primary", "primary"),
    ("on_primary", "primary_hover"),
    ("on_primary", "primary_pressed"),
    ("primary_text", "surface"),
    ("rail_text", "rail"),
    ("rail_active_text", "rail_active"),
    ("muted", "map_ground"),
]
VISIBLE = [
    *[(tone.value, "surface") for tone in Tone],
    ("faint", "surface"),
    ("focus", "surface"),
    ("focus", "background"),
    ("on_primary", "green"),
]


def luminance(color: QColor) -> float:
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]  # type: ignore[index]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_words_and_ground_has_contrast(scheme: str) -> None:
    colors = tokens.load_colors(scheme)
    poor = {(ink, ground): round(contrast(colors[ink], colors[ground]), 2) for ink, ground in READABLE}
    assert {pair: value for pair, value in poor.items() if value < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_shape_can_be_seen_on_its_ground(scheme: str) -> None:
    colors = tokens.load_colors(scheme)
    poor = {(ink, ground): round(contrast(colors[ink], colors[ground]), 2) for ink, ground in VISIBLE}
    assert {pair: value for pair, value in poor.items() if value < 3.0} == {}


def test_both_schemes_have_the_same_colours() -> None:
    assert tokens.load_colors("light").keys() == tokens.load_colors("dark").keys()


def test_no_python_of_the_look_and_widgets_names_a_colour() -> None:
    found = [
        path.name
        for folder in ("look", "widgets", "pages", "shell")
        for path in (Path(formats.__file__).parents[1] / folder).rglob("*.py")
        if re.search(r'["\']#[0-9A-Fa-f]{6}["\']', path.read_text(encoding="utf-8"))
        and path.name != "icons.py"  # the ink of the files, replaced by a token
    ]
    assert found == []


def test_the_bundled_font_writes_rare_characters_in_both_weights(theme: Theme) -> None:
    for is_bold in (False, True):
        font = theme.font("body", bold=is_bold)
        assert QFontInfo(font).family() == FAMILY
        raw = QRawFont.fromFont(font, QFontDatabase.WritingSystem.SimplifiedChinese)
        assert [char for char in RARE if not raw.supportsCharacter(ord(char))] == []


def test_digits_have_equal_widths(theme: Theme) -> None:
    metrics = QFontMetricsF(theme.font("figure", bold=True))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_a_switch_of_scheme_changes_colours_and_tells(theme: Theme) -> None:
    light = theme.color("background")
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(theme.is_dark))
    theme.set_scheme(Scheme.DARK)
    assert theme.color("background") != light
    assert QApplication.palette().window().color() == theme.color("background")
    assert told == [True]


def test_a_colour_that_is_changed_by_its_user_stays_in_the_theme_as_it_was(theme: Theme) -> None:
    theme.color("primary").setAlphaF(0.1)
    assert theme.color("primary").alphaF() == 1.0


def test_bigger_text_makes_everything_bigger(theme: Theme) -> None:
    gap, height = theme.size("gap"), QFontMetricsF(theme.font()).height()
    theme.set_text_scale(1.4)
    assert theme.size("gap") > gap
    assert QFontMetricsF(theme.font()).height() > height
    assert QApplication.font().pixelSize() == theme.font().pixelSize()


def test_every_icon_meaning_has_a_file_and_every_file_a_meaning() -> None:
    drawn = {path.stem for path in resources.path("icons").glob("*.svg")}
    assert drawn == set(icon_files().values())


@pytest.mark.parametrize("meaning", sorted(icon_files()))
def test_an_icon_is_drawn_in_the_colour_asked_for(meaning: str, theme: Theme) -> None:
    image = make_icon(meaning, "red", 48).pixmap(48, 48).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    solid = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255]
    assert solid
    wanted = theme.color("red")
    # Two strokes that cross are blended, which may round a channel by one.
    assert all(
        abs(c.red() - wanted.red()) <= 1 and abs(c.green() - wanted.green()) <= 1 and abs(c.blue() - wanted.blue()) <= 1
        for c in solid
    )


def test_every_icon_named_in_the_program_exists() -> None:
    app = Path(formats.__file__).parents[2]
    pattern = re.compile(r'(?:\bicon=|IconButton\(|make_icon\(|set_icon_name\(|EmptyState\()\s*"([a-z.]+)"')
    named = {name for path in app.rglob("*.py") for name in pattern.findall(path.read_text(encoding="utf-8"))}
    assert named
    assert named <= set(icon_files())


def test_every_problem_has_words_in_both_languages(translations: Translations) -> None:
    messages = Messages()
    english = {problem: messages.of(problem).whole for problem in Problem}
    translations.set_language(Language.ZH)
    chinese = {problem: messages.of(problem).whole for problem in Problem}
    assert all(english.values())
    assert all(re.search(r"[\u4e00-\u9fff]", words) for words in chinese.values())
    assert len(set(english.values())) == len(Problem)


def test_trouble_says_its_detail_and_a_refusal_its_field() -> None:
    messages = Messages()
    assert "orders.csv" in messages.of_trouble(TroubleError(Problem.FILE_NOT_READABLE, "orders.csv")).whole
    assert messages.of_refusal(Refusal(Problem.ANSWER_MISSING, "s01"), "Display").startswith("Display: ")
    assert messages.of_error(KeyError("x")).advice


@pytest.mark.usefixtures("translations")
def test_what_is_counted_has_one_form_for_one_and_another_for_many() -> None:
    counted = re.compile(r'<message numerus="yes">\s*<source>([^<]+)</source>')
    sources = counted.findall(resources.read_text("translations/app_zh_CN.ts"))
    unvarying = {
        "Stock-out risk %n", "Slow %n", "Limited %n", "%n maybe out", "%n changed together", "%n open", "%n own",
        "Say why (%n)", "To add %n", "To drop %n", "Instead %n", "and %n more",
        "%n of them took it up in the last half year",
    }  # fmt: skip
    assert {source for source in sources if "%n" not in source or "(s)" not in source} <= unvarying
    context = re.compile(r"<name>(\w+)</name>(?:(?!</context>).)*?%n photo\(s\)<", re.DOTALL)
    name = context.search(resources.read_text("translations/app_zh_CN.ts"))
    assert name is not None
    assert [QApplication.translate(name[1], "%n photo(s)", "", n) for n in (1, 2)] == ["1 photo", "2 photos"]


def test_every_string_of_the_program_is_collected() -> None:
    assert uncollected() == ()


def test_no_string_of_the_program_is_without_translation() -> None:
    assert missing() == ()


def test_the_language_switches_while_the_program_runs(translations: Translations) -> None:
    label = QLabel()
    translations.set_language(Language.ZH)
    assert current_language() is Language.ZH
    assert Messages().of(Problem.ANSWER_MISSING).happened == "这里还没有填。"
    assert QApplication.translate("QPlatformTheme", "Cancel") == "取消"
    translations.set_language(Language.EN)
    assert Messages().of(Problem.ANSWER_MISSING).happened == "This still needs an answer."
    label.deleteLater()


def test_dates_and_numbers_are_written_as_people_write_them() -> None:
    day, zh, en = date(2026, 3, 5), Language.ZH, Language.EN
    assert formats.format_date(day, zh) == "2026-03-05 周四"
    assert formats.format_date(day, en) == "2026-03-05 Thu"
    assert formats.format_day_title(day, zh) == "3 月 5 日 周四"
    assert formats.format_day_title(day, en) == "Thu, Mar 5"
    assert formats.format_clock(datetime(2026, 3, 5, 10, 42, 5)) == "10:42:05"  # noqa: DTZ001
    assert formats.format_minutes(380, zh) == "6 小时 20 分"
    assert formats.format_minutes(0, en) == "0 min"
    assert formats.format_count(-1234) == "−1,234"
    assert formats.format_change(-0.12) == "−12%"
    assert formats.format_change(0.04) == "+4%"
    assert formats.format_change(0.001) == "0%"
    assert formats.format_signed(-9, 1) == "−9.0"
    assert formats.format_amount(123450) == "¥1,234.50"
    assert formats.format_amount_round(-438649) == "−¥4,386"
    assert formats.format_size(175 * 1024) == "175 KB"


def test_no_value_is_a_dash_and_never_zero() -> None:
    dash = formats.NO_VALUE
    assert formats.format_count(None) == dash
    assert formats.format_percent(None) == dash
    assert formats.format_amount(None) == dash
    assert formats.format_date(None, Language.ZH) == dash
    assert formats.format_count(0) == "0"
