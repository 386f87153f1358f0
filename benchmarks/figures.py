"""Numbers of a run: medians, 95th percentiles, how they are written."""

from dataclasses import dataclass, field


def quantile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.499999) - 1))]


def median(values: list[float]) -> float:
    """The middle value."""
    return quantile(values, 0.5)


def p95(values: list[float]) -> float:
    """The value that 95 % do not exceed."""
    return quantile(values, 0.95)


@dataclass(frozen=True)
class Target:
    """A promise and what was found: `met` is None where it could not be measured."""

    what: str
    wanted: str
    found: str
    met: bool | None


@dataclass
class Section:
    """One part of the report."""

    title: str
    note: str = ""
    columns: tuple[str, ...] = ()
    rows: list[tuple] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def kilobytes(count: float) -> str:
    return f"{count / 1000:.1f} kB"


def ratio(value: float, base: float) -> str:
    return f"{value / base:.2f}×"
