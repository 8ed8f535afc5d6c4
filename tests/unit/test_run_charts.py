"""Run charts and control charts against outside references, and the vectors of both languages."""

from __future__ import annotations

import csv
import json
import math
import os
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from schemas.vocabulary import ChartForm, CountedBase, NumberSort
from server.domain.chart_readings import readings_of
from server.domain.measures import Point, days_of
from server.domain.plot_the_dots import seven_in_a_row, seven_on_one_side, two_in_three
from server.domain.run_charts import Chart, crossings_min, draw, longest_run_max
from server.domain.sides import sides_of

REAL = Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data")) / "runcharts"
REFERENCE = REAL / "qicharts2_cases_dev.json"
VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "run_charts.json").read_text(encoding="utf-8")
)

CHARTS = {
    "run": (ChartForm.RUN, NumberSort.VALUE),
    "i": (ChartForm.CONTROL, NumberSort.VALUE),
    "mr": (ChartForm.MOVEMENT, NumberSort.VALUE),
    "c": (ChartForm.CONTROL, NumberSort.COUNT),
    "p": (ChartForm.CONTROL, NumberSort.SHARE),
    "u": (ChartForm.CONTROL, NumberSort.RATE),
}
"""The reference's word for a chart, and what it is here."""


def reference(path: Path) -> Any:
    if not path.exists():
        pytest.skip("skipped: no real data")
    return json.loads(path.read_text(encoding="utf-8"))


def close_to(expected: float) -> Any:
    """Equal to 1e-9, or to the ten digits that the reference gives."""
    return pytest.approx(expected, rel=1e-9, abs=1e-9)


def chart_of(case: dict[str, Any]) -> Chart:
    form, numbers = CHARTS[case["chart"]]
    if case["n"] and numbers == NumberSort.VALUE:
        numbers = NumberSort.RATE
    sizes = case["n"] or [None] * len(case["y"])
    points = [
        Point(f"{place:06}", value, size)
        for place, (value, size) in enumerate(zip(case["y"], sizes, strict=True))
    ]
    return draw(form, numbers, days_of(numbers, CountedBase.SOMETHING_ELSE, points))


def test_twelve_reference_charts_are_equal_signal_for_signal():
    cases = reference(REFERENCE)["cases"]

    assert len(cases) == 12
    for case in cases:
        chart, expected = chart_of(case), case["expected"]
        assert chart.runs is not None
        assert (
            chart.runs.useful,
            chart.runs.longest,
            chart.runs.longest_max,
            chart.runs.crossings,
            chart.runs.crossings_min,
            chart.changed,
            [place + 1 for place in chart.outside],
        ) == (
            expected["n_useful"],
            expected["longest_run"],
            expected["longest_run_max"],
            expected["n_crossings"],
            expected["n_crossings_min"],
            expected["runs_signal"],
            expected["sigma_signal_points"],
        ), case["id"]


def test_twelve_reference_charts_are_equal_in_every_figure():
    for case in reference(REFERENCE)["cases"]:
        chart, expected = chart_of(case), case["expected"]
        rows = zip(chart.plotted, chart.lower, chart.upper, strict=True)
        wanted = zip(case["plotted"], expected["lcl"], expected["ucl"], strict=True)
        assert chart.centre == close_to(expected["centre"]), case["id"]
        for row, cells in zip(rows, wanted, strict=True):
            for figure, cell in zip(row, cells, strict=True):
                assert figure is None if cell is None else figure == close_to(cell), case["id"]


def test_the_limits_of_runs_and_crossings_are_those_of_the_reference():
    path = REAL / "anhoej_limits_n2_200.csv"
    if not path.exists():
        pytest.skip("skipped: no real data")
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    rows = [[int(cell) for cell in row] for row in csv.reader(lines)]

    assert [row[0] for row in rows] == [*range(2, 201)]
    for useful, longest, crossings in rows:
        assert longest_run_max(useful) == longest
        assert crossings_min(useful) == crossings


def test_the_rules_of_making_data_count_flag_what_the_reference_flags():
    vectors = reference(REAL / "nhsr_plotthedots_rule_vectors.json")
    named = {
        "seven_point_one_side_mean": seven_on_one_side,
        "seven_point_trend": seven_in_a_row,
        "two_in_three": lambda given: two_in_three(*given),
    }

    count = 0
    for name, rule in named.items():
        for given, flags in vectors[name]["cases"]:
            assert rule(given) == flags, (name, given)
            count += 1
    assert count == 18


@pytest.mark.parametrize("vector", VECTORS["charts"], ids=lambda vector: vector["about"])
def test_both_languages_draw_the_same_chart(vector):
    numbers = NumberSort(vector["numbers"])
    base = CountedBase(vector["base"]) if vector["base"] else None
    days = days_of(numbers, base, [Point(*point) for point in vector["points"]])
    shown = [day for day in days if not day.hidden]
    chart = draw(ChartForm(vector["form"]), numbers, shown)

    said = [[reading.code, dict(reading.values)] for reading in readings_of(chart)]
    assert [day.on for day in days if day.hidden] == vector["hidden"]
    assert said == vector["says"]
    found, expected = json.loads(json.dumps(asdict(chart))), vector["chart"]
    for name in ("centre", "plotted", "lower", "upper"):
        assert same_figures(found.pop(name), expected[name]), name
    assert found.pop("form") == vector["form"]
    assert found == {name: expected[name] for name in ("outside", "runs", "dots")}


def test_points_on_the_median_neither_break_nor_extend_a_run():
    """Four above, one on the line, four above again: one run of eight."""
    numbers = NumberSort.VALUE
    values = [1, 1, 1, 1, 1, 1, 1, 1, 9, 9, 9, 9, 5, 9, 9, 9, 9]
    chart = draw(ChartForm.RUN, numbers, days_of(numbers, None, made_of(values)))

    assert chart.centre == 5
    assert chart.runs is not None
    assert (chart.runs.useful, chart.runs.longest, chart.runs.crossings) == (16, 8, 1)


@pytest.mark.parametrize("form", [*ChartForm])
def test_equal_decimals_give_no_useful_point_and_no_signal(form):
    """0.1 three times has a mean a hair above 0.1."""
    numbers = NumberSort.VALUE
    chart = draw(form, numbers, days_of(numbers, None, made_of([0.1] * 21)))

    assert sum([0.1] * 3) / 3 != 0.1
    assert sides_of([0.1] * 3, sum([0.1] * 3) / 3) == [0, 0, 0]
    assert (chart.runs, chart.outside, chart.changed) == (None, (), False)


@pytest.mark.parametrize("form", [*ChartForm])
@pytest.mark.parametrize("numbers", [*NumberSort])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_chart_of_hardly_any_days_is_drawn_without_a_signal(form, numbers, count):
    points = [Point(f"2026-01-0{day}", 3.0, 20.0) for day in range(1, count + 1)]
    chart = draw(form, numbers, days_of(numbers, CountedBase.STUDENTS, points))

    assert len(chart.plotted) == len(chart.lower) == len(chart.upper) == count
    assert not chart.changed
    assert chart.outside == ()


@pytest.mark.parametrize("base", [CountedBase.STUDENTS, CountedBase.CLASSROOMS, None])
def test_a_share_of_fewer_than_ten_is_hidden_unless_it_is_of_something_else(base):
    points = [Point("2026-01-01", 3, 9), Point("2026-01-02", 3, 10)]

    assert [day.hidden for day in days_of(NumberSort.SHARE, base, points)] == [True, False]
    something_else = days_of(NumberSort.SHARE, CountedBase.SOMETHING_ELSE, points)
    assert [day.hidden for day in something_else] == [False, False]


@pytest.mark.parametrize("base", [CountedBase.STUDENTS, CountedBase.CLASSROOMS, None])
def test_a_count_of_fewer_than_ten_people_is_hidden_unless_it_is_out_of_ten(base):
    points = [
        Point("2026-01-01", 3),
        Point("2026-01-02", 10),
        Point("2026-01-03", 3, 9),
        Point("2026-01-04", 3, 10),
        Point("2026-01-05", 0),
    ]

    found = days_of(NumberSort.COUNT, base, points)
    assert [day.hidden for day in found] == [True, False, True, False, True]
    something_else = days_of(NumberSort.COUNT, CountedBase.SOMETHING_ELSE, points)
    assert not any(day.hidden for day in something_else)


def test_the_factor_of_samples_is_the_textbooks():
    """A3 of Montgomery's appendix VI, which gives three decimals."""
    table = {2: 2.659, 3: 1.954, 4: 1.628, 5: 1.427, 10: 0.975, 25: 0.606}
    numbers = NumberSort.SAMPLES
    for size, a3 in table.items():
        values = [float(place) for place in range(size)]
        points = [Point(on, value) for on in ("2026-01-01", "2026-01-02") for value in values]
        chart = draw(ChartForm.CONTROL, numbers, days_of(numbers, None, points))
        mean = sum(values) / size
        spread = math.sqrt(sum((value - mean) ** 2 for value in values) / (size - 1))
        assert chart.centre is not None
        assert chart.upper[0] is not None
        assert (chart.upper[0] - chart.centre) / spread == pytest.approx(a3, abs=5e-4)


def same_figures(found: Any, expected: Any) -> bool:
    """Equal but for the last bits of a sum, and None only for None."""
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(same_figures, found, expected))
    if expected is None or found is None:
        return found is expected
    return math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-12)


def made_of(values: list[float]) -> list[Point]:
    return [Point(f"{place:06}", value) for place, value in enumerate(values)]


def test_charts_and_limits_are_drawn_for_measures_alone():
    """Never for patterns or cards: there words come first."""
    root = Path(__file__).parents[2]
    drawing = re.compile(r"(run_charts|control_limits|plot_the_dots|time-chart|run-charts)\b")
    asking = {
        path.relative_to(root).as_posix()
        for pattern in ("server/**/*.py", "pwa/src/screens/**/*.ts*")
        for path in root.glob(pattern)
        if any(drawing.search(line) for line in _imports(path))
    }

    assert asking
    assert {each for each in asking if "measure" not in each} == {
        "server/domain/chart_readings.py",
        "server/domain/control_limits.py",
        "server/domain/plot_the_dots.py",
        "server/domain/run_charts.py",
    } & asking


def _imports(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if re.match(r'(from|import)\b|\} from "', line)]
