"""A measure as a report and as JSON Lines: the reference's figures, opened by other programs."""

from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import orjson
import pypdf
import pytest

from schemas.vocabulary import ChartForm, CountedBase, NumberSort
from server.domain.csv_files import ABOUT
from server.domain.measures import Point, days_of
from server.domain.run_charts import draw
from server.services.exports.measure_pdf import measure_pdf
from server.services.exports.measure_picture import noted_places, picture_of
from server.services.exports.measure_rows import measure_csv, measure_jsonl
from server.services.measures import Series
from tests.unit.test_exports import LINE

REFERENCE = (
    Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data"))
    / "runcharts"
    / "qicharts2_cases_dev.json"
)
MARKUP = '#panic("x") *not bold* $x^2$ @nobody <label> = Title'
CHANGED = [11, 14, 9, 12, 13, 10, 12, 15, 11, 10, 13, 12] + [19, 17, 21, 18, 22, 20] * 2


def days(count: int) -> list[str]:
    return [(date(2026, 1, 5) + timedelta(weeks=place)).isoformat() for place in range(count)]


def a_series(
    values: list[float],
    out_of: list[float] | None = None,
    *,
    form: str = "run",
    base: CountedBase | None = None,
    aim: float | None = None,
    notes: dict[int, str] | None = None,
    title: str = "An invented measure",
) -> Series:
    numbers = NumberSort.SHARE if out_of else NumberSort.VALUE
    sizes = out_of or [None] * len(values)
    found = days_of(
        numbers,
        base,
        [
            Point(on, value, size, (notes or {}).get(place, ""))
            for place, (on, value, size) in enumerate(
                zip(days(len(values)), values, sizes, strict=True)
            )
        ],
    )
    chart = draw(ChartForm(form), numbers, [day for day in found if not day.hidden])
    return Series("m", title, "Counted on Fridays.", "", numbers, aim, found, chart)


def report(series: Series, language: str = "en") -> pypdf.PdfReader:
    content = measure_pdf(series, language, "Sample Network", date(2026, 11, 22))
    return pypdf.PdfReader(io.BytesIO(content))


def said(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def percent(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0") + "%"


def test_a_report_shows_the_figures_of_the_reference_beside_its_chart():
    if not REFERENCE.exists():
        pytest.skip("skipped: no real data")
    cases = json.loads(REFERENCE.read_text())["cases"]
    case = next(each for each in cases if each["id"] == "montgomery_tbl_7.4_p")
    expected = case["expected"]
    series = a_series(case["y"], case["n"], form="control", base=CountedBase.SOMETHING_ELSE)

    words = said(report(series))

    assert f"Mean {percent(expected['centre'])}" in words
    for on, plotted, low, high in zip(
        days(25), case["plotted"], expected["lcl"], expected["ucl"], strict=True
    ):
        row = words[words.rindex(on) :].split()
        assert [percent(figure) for figure in (plotted, low, high)] == row[3:6]
    rows = words[words.index("All numbers") :]
    assert rows.count("beyond the limits") == len(expected["sigma_signal_points"])


def test_every_point_lies_where_its_number_is_and_every_limit_too():
    """Read back by the ticks, as a person with a ruler would."""
    series = a_series([12, 15, 9, 40, 11, 10, 14], form="plot_the_dots", aim=35)
    picture = picture_of(series, "en")
    (y_low, low), *_, (y_high, high) = [(y, float(words)) for y, words in picture["ticks"]]

    def read(y: float) -> float:
        return low + (y - y_low) / (y_high - y_low) * (high - low)

    chart = series.chart
    assert [read(at["y"]) for at in picture["points"]] == pytest.approx(chart.plotted, rel=1e-9)
    levels = {line["words"]: read(line["paths"][0][0][1]) for line in picture["lines"]}
    assert [*levels.values()] == pytest.approx(
        [chart.centre, chart.upper[0], chart.lower[0], 35], rel=1e-9
    )
    assert "Aim 35" in levels
    places = [at["x"] for at in picture["points"]]
    assert [b - a for a, b in zip(places, places[1:], strict=False)] == pytest.approx(
        [places[1] - places[0]] * 6
    )
    assert [at["marked"] for at in picture["points"]] == [
        place in chart.outside for place in range(7)
    ]


def test_a_report_says_in_words_what_its_chart_says_and_what_happened():
    words = said(report(a_series(CHANGED, aim=20, notes={12: "A shared hour began"})))

    assert "Something changed: 12 points in a row lie on one side of the middle line." in words
    assert "read by Anhøj’s rules" in words
    assert "Median 16 Aim 20" in words
    assert "What happened 1 2026-03-30 A shared hour began" in words


def test_a_report_says_beside_a_point_of_which_round_it_is():
    series = a_series(CHANGED, notes={12: "A shared hour began"})
    of_round = replace(
        series,
        days=tuple(
            replace(day, rounds=("2026-03-28",)) if place in (2, 12) else day
            for place, day in enumerate(series.days)
        ),
    )

    words = said(report(of_round))

    assert noted_places(of_round) == [2, 12]
    assert "1 2026-01-19 Round of 2026-03-28." in words
    assert "2 2026-03-30 Round of 2026-03-28. A shared hour began" in words


def test_the_picture_is_told_in_words_to_whoever_cannot_see_it():
    reader = report(a_series(CHANGED), "es")
    found = [each for each in map(heard, tagged(reader)) if each]

    assert reader.root_object["/Lang"] == "es"
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_data()
    (alternative,) = found
    assert "24 puntos" in alternative
    assert "Algo cambió" in alternative


def tagged(reader: pypdf.PdfReader) -> list[pypdf.generic.DictionaryObject]:
    objects = (reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1))
    return [each for each in objects if isinstance(each, pypdf.generic.DictionaryObject)]


def heard(element: pypdf.generic.DictionaryObject) -> str:
    return str(element.get("/Alt") or "")


def test_a_day_about_too_few_has_no_figure_and_no_place_in_the_report():
    few = a_series([8, 7, 3], [12, 11, 9], form="control", base=CountedBase.STUDENTS)
    without = a_series([8, 7], [12, 11], form="control", base=CountedBase.STUDENTS)

    rows = said(report(few)).split("All numbers")[1]

    assert rows[rows.index(days(3)[2]) :].startswith(
        f"{days(3)[2]} of fewer than 10 fewer than 10 of fewer than 10 About"
    )
    assert picture_of(few, "en") == picture_of(without, "en")


def test_what_a_person_wrote_is_never_read_as_markup():
    words = said(report(a_series([3, 4, 5], notes={1: MARKUP}, title=MARKUP)))

    assert words.count(MARKUP) == 3  # The title, the note below the chart, the day's row.


@pytest.mark.parametrize("values", [[], [3], [0, 0, 0], [-2.5, -2.5], [1e-9, 2e-9], [1e11, 1]])
def test_whatever_the_numbers_are_there_is_a_report(values):
    words = said(report(a_series(values, form="plot_the_dots")))

    assert ("There is too little to draw." in words) == (not values)
    assert LINE in words


def test_spanish_writes_numbers_as_spanish_does():
    words = said(report(a_series([1234567.5, 1234567.5], aim=0.5), "es"))

    assert "1.234.567,5" in words
    assert "Meta 0,5" in words


def test_json_lines_are_the_csvs_columns_with_types_and_say_what_is_held_back():
    series = a_series([8, 7, 3], [12, 11, 9], base=CountedBase.STUDENTS)

    lines = [orjson.loads(line) for line in measure_jsonl(series, "en").splitlines()]

    heading = measure_csv(series, "en", bom=False).decode().splitlines()[0].split(",")
    assert all([*line] == heading for line in lines)
    assert lines[0]["drawn"] == 8 / 12
    assert lines[0]["out_of"] == 12
    assert [line["held_back"] for line in lines] == [None, None, "of fewer than 10"]
    hidden = {name for name, cell in lines[2].items() if cell is not None}
    assert hidden == {"date", "held_back", "measure", "measure_day_id", ABOUT}
    assert {line[ABOUT] for line in lines} == {LINE}
