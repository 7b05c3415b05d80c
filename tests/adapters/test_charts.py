"""The small curve of a marker."""

import struct
from datetime import timedelta

from jinja2 import Template

from sync.adapters.charts import draw_png, draw_svg, plot_curve
from sync.adapters.templates import EMAIL_TEMPLATES
from sync.domain.briefing.values import Curve
from tests.domain.briefing.builders import utc

template = Template((EMAIL_TEMPLATES / "_base" / "_sparkline.svg").read_text(), autoescape=True)

BEGIN = utc("2026-01-06")


def curve(*values: float, scale: float = 10.0) -> Curve:
    """One rating a week."""
    return Curve(tuple((BEGIN + timedelta(weeks=week), value) for week, value in enumerate(values)), scale)


def test_nothing_lies_at_the_bottom_and_the_whole_scale_on_top() -> None:
    plot = plot_curve(curve(0, 5, 10))

    assert (plot.bottom, plot.top) == (plot.first[1], plot.last[1])
    assert (plot.bottom + plot.top) / 2 == plot.dots[0][1]


def test_ratings_lie_where_their_dates_are() -> None:
    points = ((BEGIN, 1.0), (BEGIN + timedelta(days=1), 2.0), (BEGIN + timedelta(days=4), 3.0))

    plot = plot_curve(Curve(points, 10.0))

    assert plot.left + (plot.right - plot.left) / 4 == plot.dots[0][0]


def test_a_rating_beyond_its_scale_stays_in_the_picture() -> None:
    plot = plot_curve(curve(-3, 14))

    assert (plot.bottom, plot.top) == (plot.first[1], plot.last[1])


def test_many_ratings_are_a_line_without_dots() -> None:
    assert () == plot_curve(curve(*[5.0] * 60)).dots


def test_ratings_of_one_moment_are_drawn_too() -> None:
    plot = plot_curve(Curve(((BEGIN, 3.0), (BEGIN, 4.0), (BEGIN, 5.0)), 10.0))

    assert plot.first[0] == plot.last[0]


def test_a_picture_is_twice_as_sharp_as_its_place_on_the_page() -> None:
    png = draw_png(template, curve(3, 4, 6, 5))

    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert (320, 120) == struct.unpack(">II", png[16:24])


def test_a_picture_needs_no_font() -> None:
    assert "<text" not in draw_svg(template, curve(3, 4, 6, 5))


def test_another_course_is_another_picture() -> None:
    assert draw_png(template, curve(3, 4, 6)) != draw_png(template, curve(6, 4, 3))
