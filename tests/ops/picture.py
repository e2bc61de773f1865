"""Draws a board from what Prometheus answered, on Grafana's grid, as SVG. Ours, since Grafana itself is no package."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from tests.ops.checks import Drawn

COLUMN, ROW, GAP = 50, 30, 6
COLOURS = ("#3274d9", "#e0752d", "#299c46", "#c4162a", "#8f3bb8", "#0a97a7", "#b7a011", "#7c7c7c")
LEGENDS = 6


def picture(title: str, panels: list[Drawn], start: float, end: float) -> str:
    """The whole board; what it shows ran from `start` to `end`, in seconds since the epoch."""
    height = 40 + ROW * max(d.panel["gridPos"]["y"] + d.panel["gridPos"]["h"] for d in panels)
    body = "".join(_panel(drawn, start, end) for drawn in panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {24 * COLUMN} {height}" '
        f'font-family="Inter, Helvetica, Arial, sans-serif" font-size="11" fill="#333">'
        f'<rect width="100%" height="100%" fill="#f4f5f5"/>'
        f'<text x="10" y="25" font-size="16" font-weight="600">{escape(title)}</text>{body}</svg>\n'
    )


def _panel(drawn: Drawn, start: float, end: float) -> str:
    at = drawn.panel["gridPos"]
    x, y = at["x"] * COLUMN + GAP / 2, 40 + at["y"] * ROW
    width, height = at["w"] * COLUMN - GAP, at["h"] * ROW - GAP
    inner = _tile(drawn, width, height) if drawn.panel["type"] == "stat" else _graph(drawn, width, height, start, end)
    return (
        f'<g transform="translate({x:g} {y})"><rect width="{width}" height="{height}" rx="2" fill="#fff" '
        f'stroke="#dcdee0"/><text x="8" y="17" font-weight="600">{escape(drawn.panel["title"])}</text>{inner}</g>'
    )


def _tile(drawn: Drawn, width: float, height: float) -> str:
    value = drawn.lines[0][1].points[-1][1] if drawn.lines else math.nan
    text = escape(told(value, _unit(drawn)))
    return (
        f'<text x="{width / 2:g}" y="{height / 2 + 18:g}" font-size="30" text-anchor="middle" '
        f'fill="{COLOURS[2]}">{text}</text>'
    )


def _graph(drawn: Drawn, width: float, height: float, start: float, end: float) -> str:
    left, top, right, bottom = 58, 30, 10, 44
    high = max((v for _, s in drawn.lines for _, v in s.points if math.isfinite(v)), default=0)
    high = 60 * _ceiling(high / 60) if _unit(drawn) == "s" and high > 60 else _ceiling(high)
    wide, tall = width - left - right, height - top - bottom
    parts = []
    for step in range(5):
        y = top + tall * (1 - step / 4)
        parts.append(f'<path d="M{left} {y:g}h{wide:g}" stroke="#eceef0"/>')
        label = escape(told(high * step / 4, _unit(drawn)))
        parts.append(f'<text x="{left - 5}" y="{y + 4:g}" text-anchor="end" fill="#777">{label}</text>')
    for step in range(5):
        x = left + wide * step / 4
        minute = f"{(end - start) * step / 4 / 60:.1f} min"
        parts.append(
            f'<text x="{x:g}" y="{top + tall + 15:g}" text-anchor="{"end" if step == 4 else "middle"}" '
            f'fill="#777">{minute}</text>'
        )
    for number, (_, series) in enumerate(drawn.lines):
        path = " ".join(
            f"{'L' if drawing else 'M'}{left + wide * (t - start) / (end - start):.1f} {top + tall * (1 - v / high):.1f}"
            for drawing, t, v in _strokes(series.points, (end - start) / 20)
        )
        colour = COLOURS[number % len(COLOURS)]
        parts.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.3"/>')
    return "".join(parts) + _legend([name for name, _ in drawn.lines], left, height - 9, wide)


def _strokes(points: list[tuple[float, float]], pause: float) -> Iterator[tuple[bool, float, float]]:
    """Whether the pen is down, and where: it is lifted over what has no value."""
    last = -math.inf
    for at, value in points:
        if math.isfinite(value):
            yield at - last < pause, at, max(value, 0)
            last = at


def _legend(names: list[str], left: float, y: float, width: float) -> str:
    shown = [name or "all" for name in names[:LEGENDS]]
    parts, x = [], left
    for number, name in enumerate(shown):
        if x + 12 + 6 * len(name) > left + width - 75:
            shown = shown[:number]
            break
        parts.append(f'<rect x="{x:g}" y="{y - 6:g}" width="9" height="3" fill="{COLOURS[number % len(COLOURS)]}"/>')
        parts.append(f'<text x="{x + 12:g}" y="{y:g}">{escape(name)}</text>')
        x += 24 + 6 * len(name)
    if len(names) > len(shown):
        parts.append(f'<text x="{x:g}" y="{y:g}" fill="#777">and {len(names) - len(shown)} more</text>')
    return "".join(parts)


def _ceiling(value: float) -> float:
    """A round number at or above the value."""
    if value <= 0:
        return 1
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= value * (1 - 1e-9))


def _unit(drawn: Drawn) -> str:
    return str(drawn.panel["fieldConfig"]["defaults"]["unit"])


def told(value: float, unit: str) -> str:
    """A number as Grafana would write it."""
    if math.isnan(value):
        return "–"
    if unit == "percentunit":
        return f"{value * 100:.3g} %"
    if unit == "s":
        return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s" if value < 90 else f"{value / 60:.3g} min"
    suffix = {"ops": "/s", "Bps": "B/s"}.get(unit, "")
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:.3g} {letter}{suffix}"
    return f"{value:.3g}{' ' + suffix if suffix else ''}"
