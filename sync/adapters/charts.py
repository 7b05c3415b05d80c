"""Draws the small curve of a marker: its geometry, then the SVG, then a PNG for mail."""

from dataclasses import dataclass

import resvg_py
from jinja2 import Template

from sync.domain.briefing.values import Curve

WIDTH, HEIGHT = 160, 60
MARGIN = 6
SHARPNESS = 2
MOST_DOTS = 16

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plot:
    """A curve in pixels: its frame, its line and its dots."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    path: str
    dots: tuple[Spot, ...]
    first: Spot
    last: Spot


def plot_curve(curve: Curve) -> Plot:
    """Places `curve` on its whole scale, nothing at the bottom, and by date from left to right."""
    begin = curve.points[0][0]
    whole = (curve.points[-1][0] - begin).total_seconds() or 1.0
    across, up = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    spots = tuple(
        (
            round(MARGIN + across * (at - begin).total_seconds() / whole, 1),
            round(HEIGHT - MARGIN - up * _share(value, curve.scale), 1),
        )
        for at, value in curve.points
    )
    return Plot(
        *(WIDTH, HEIGHT, MARGIN, WIDTH - MARGIN, MARGIN, HEIGHT - MARGIN),
        path=" ".join(f"{x},{y}" for x, y in spots),
        dots=spots[1:-1] if len(spots) <= MOST_DOTS else (),
        first=spots[0],
        last=spots[-1],
    )


def draw_svg(template: Template, curve: Curve) -> str:
    """The curve as SVG, without any text, so that no font is needed."""
    return template.render(plot=plot_curve(curve))


def draw_png(template: Template, curve: Curve) -> bytes:
    """The curve as a transparent PNG, twice as sharp as its 160 × 60 pixels on the page."""
    return resvg_py.svg_to_bytes(svg_string=draw_svg(template, curve), zoom=SHARPNESS, skip_system_fonts=True)


def _share(value: float, scale: float) -> float:
    return min(1.0, max(0.0, value / scale)) if scale > 0 else 0.0
