"""A panel and the PromQL it asks; every query carries the board's variables."""

from __future__ import annotations

from dataclasses import dataclass

RATE = "$__rate_interval"


@dataclass(frozen=True, slots=True)
class Panel:
    """One graph or tile: a title, what it tells, a unit of Grafana's, and (legend, query) pairs."""

    title: str
    tells: str
    unit: str
    queries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A board: tiles in a row above, graphs in two columns below."""

    uid: str
    title: str
    tells: str
    graphs: tuple[Panel, ...]
    tiles: tuple[Panel, ...] = ()


def of(metric: str, *matchers: str) -> str:
    """The metric of the chosen jobs and instances."""
    selector = ",".join(('job=~"$job"', 'instance=~"$instance"', *matchers))
    return f"{metric}{{{selector}}}"


def rate(by: str, metric: str, *matchers: str) -> str:
    """A counter's growth a second, summed up to those labels."""
    return f"sum by ({by}) (rate({of(metric, *matchers)}[{RATE}]))"


def growth(by: str, metric: str, window: str) -> str:
    """By how much a counter grew in a window, summed up to those labels."""
    return f"sum by ({by}) (increase({of(metric)}[{window}]))"


def quantiles(metric: str, by: str, *shares: int) -> tuple[tuple[str, str], ...]:
    """Percentiles of a histogram, one query each."""
    name, labels = (f" {{{{{by}}}}}", f"le, {by}") if by else ("", "le")
    return tuple(
        (f"p{share}{name}", f"histogram_quantile(0.{share:02d}, {rate(labels, metric + '_bucket')})")
        for share in shares or (50, 99)
    )


def share(by: str, metric: str, *matchers: str) -> str:
    """Which part of a counter's growth fits the matchers."""
    return f"{rate(by, metric, *matchers)} / ({rate(by, metric)} > 0)"
