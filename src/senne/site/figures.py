"""Figures of indicators in words: as they are written, what a state means and why, the rows of their table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from senne.core.periods import parse_period
from senne.core.templatetags.senne import number
from senne.core.text import Text, as_text
from senne.indicators.api import Indicator, Measurement, Standing, TargetPoint, queries, series, words

NO_BREAK = "\N{NO-BREAK SPACE}"
WHOLE = Decimal(100)
Correction = queries.Correction


def written(value: Decimal, decimals: int) -> str:
    """The figure with the reader's separators, rounded to so many decimals at most."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number(rounded or Decimal(0))


def with_unit(value: Decimal, indicator: Indicator) -> str:
    """'14 200 trees'."""
    return f"{written(value, indicator.decimals)}{NO_BREAK}{indicator.unit}"


def period(found: series.Point | Measurement | TargetPoint) -> str:
    """The period of a figure in words."""
    return words.period_words(found.period if isinstance(found, series.Point) else found.when)


def baseline_words(indicator: Indicator) -> str:
    """'9 000 trees (2018)'; '' where none is given."""
    if indicator.baseline_value is None:
        return ""
    return f"{with_unit(indicator.baseline_value, indicator)} ({words.period_words(parse_period(indicator.baseline_period))})"


def latest_words(standing: Standing) -> str:
    """'14 200 trees (2025)', or that there is none yet."""
    if standing.latest is None:
        return str(words.State.NO_FIGURE.label)
    return f"{with_unit(standing.latest.value, standing.indicator)} ({period(standing.latest)})"


def target_words(standing: Standing) -> str:
    """The next target, 'by 2030: 20 000 trees'; '' where there is none."""
    target = standing.assessment.target
    if target is None:
        return ""
    values = {"period": period(target), "value": with_unit(target.value, standing.indicator)}
    return _("by %(period)s: %(value)s") % values


# ---- What the state means -----------------------------------------------------------------------------------------


def explained(standing: Standing) -> list[str]:
    """Why the rule says what it says, in one to three sentences."""
    found, indicator = standing.assessment, standing.indicator
    lines = [_because(standing)]
    if found.from_first:
        first = standing.measurements[0]
        values = {"value": with_unit(first.value, indicator), "period": period(first)}
        lines.append(_("No baseline is given: the first figure, %(value)s in %(period)s, stands in for it.") % values)
    if standing.latest is not None and standing.latest.provisional:
        lines.append(_("The latest figure is provisional: it is still to be confirmed."))
    return lines


def _because(standing: Standing) -> str:
    found, indicator = standing.assessment, standing.indicator
    if found.latest is None:
        return _("No figure has been given yet.")
    if found.target is None:
        return _("No target is set: the figures are shown and not judged.")
    values = {"period": period(found.latest), "value": with_unit(found.latest.value, indicator)}
    if found.expected is None:
        return _("The figure of %(period)s is where the trajectory begins: nothing can be said of it yet.") % values
    if found.state == series.REACHED:
        last = standing.series.targets[-1]
        values |= {"target": with_unit(last.value, indicator), "by": period(last)}
        return _("With %(value)s in %(period)s the last target, %(target)s by %(by)s, is reached.") % values
    values["expected"] = with_unit(found.expected, indicator)
    if found.share is None:
        return _("The figure is to stay at %(expected)s; in %(period)s it was %(value)s.") % values
    if found.share < 0:
        text = _(
            "In %(period)s the trajectory asks for %(expected)s; %(value)s were measured: the figure went the other way."
        )
        return text % values
    values["share"] = share_words(found.share)
    return (
        _(
            "In %(period)s the trajectory asks for %(expected)s; %(value)s were measured: %(share)s of the change that it "
            "asks for by then."
        )
        % values
    )


def share_words(share: object) -> str:
    """A share of the change asked for, in whole per cent; downwards, so that 94.9 % is not called 95."""
    return f"{int(share * 100)}{NO_BREAK}%"  # type: ignore[operator]


# ---- The table ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A figure as a line of the table: all in words, but for the day on which it was given."""

    period: str
    value: str
    uncertainty: str
    provisional: bool
    expected: str
    target: str
    method: int
    note: Text
    on: date


def rows_of(standing: Standing) -> list[Row]:
    """The figures, the latest first, each with what the trajectory and the targets ask for at its period."""
    corners = standing.series.trajectory()
    targets = {point.period: point.value for point in standing.targets}
    return [_row(found, standing.indicator, corners, targets) for found in reversed(standing.measurements)]


def _row(
    found: Measurement,
    indicator: Indicator,
    corners: tuple[series.Point, ...],
    targets: Mapping[str, Decimal],
) -> Row:
    expected = series.expected_at(corners, found.when.last_day)
    target = targets.get(found.period)
    return Row(
        period(found),
        written(found.value, indicator.decimals),
        "" if found.uncertainty is None else written(found.uncertainty, indicator.decimals),
        found.provisional,
        "" if expected is None else written(expected, indicator.decimals),
        "" if target is None else written(target, indicator.decimals),
        found.method_version,
        found.note,
        found.reported_on,
    )


@dataclass(frozen=True)
class Corrected:
    """A published figure that was changed, in words."""

    period: str
    on: date
    before: str
    after: str
    why: str


def corrected(standing: Standing, found: Mapping[int, list[Correction]]) -> list[Corrected]:
    """What was corrected, the latest first."""
    indicator = standing.indicator
    lines = [
        Corrected(
            period(measurement),
            one.on,
            with_unit(Decimal(one.before), indicator),
            with_unit(Decimal(one.after), indicator),
            one.why or _("The figure before was provisional."),
        )
        for measurement in standing.measurements
        for one in found.get(measurement.pk, [])
    ]
    return sorted(lines, key=lambda line: line.on, reverse=True)


@dataclass(frozen=True)
class EarlierMethod:
    """A wording of the method that does not hold any more, and until when it did."""

    number: int
    text: Text
    until: date | None


def earlier_methods(indicator: Indicator) -> list[EarlierMethod]:
    """The earlier wordings, the latest first."""
    return [
        EarlierMethod(
            int(kept["number"]), as_text(kept["text"]), date.fromisoformat(kept["until"]) if kept["until"] else None
        )
        for kept in reversed(indicator.earlier_methods)
    ]
