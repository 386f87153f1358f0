"""A native scatter chart: series with lines, markers and named points, and the data sheet behind them.

python-pptx gives a scatter chart neither names of points nor a readable sheet, so the chart's XML is written here in
the order of its schema (ISO/IEC 29500-1, dml-chart.xsd). Everything drawn is in the sheet that PowerPoint opens
under "Edit data": first a table for people, then what each series draws, worked out from that table.

Ranges are lines with gaps, not error bars: LibreOffice forgets the lengths of error bars on a slide.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from atlas.draw.drawingml import (
    INK,
    LANGUAGE,
    LONGEST_ALT,
    LONGEST_NAME,
    NAMESPACES,
    Stage,
    clean,
    emu,
    line,
    parsed,
    short,
    solid,
)
from atlas.draw.marks import Box
from atlas.draw.markup import escape
from atlas.draw.palette import MUTED, RULE
from atlas.fixed_time import EPOCH

CHART_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SHEET = "Data"
X_AXIS, Y_AXIS = 111111, 222222
TEXT = 10.5
LONGEST_CELL = 250


@dataclass(frozen=True)
class Worked:
    """A cell that the sheet works out from others, with its value."""

    formula: str
    value: float


@dataclass
class Sheet:
    """Columns of numbers and words, each under its heading; row 1 is the heading, the first value stands in row 2."""

    heads: list[str] = field(default_factory=list)
    columns: list[list[float | str | None | Worked]] = field(default_factory=list)

    def add(self, head: str, cells: Iterable[float | str | None | Worked]) -> int:
        """Adds a column; returns its number."""
        self.heads.append(clean(head, LONGEST_CELL))
        self.columns.append([float(cell) if isinstance(cell, float) else cell for cell in cells])
        return len(self.heads) - 1

    @staticmethod
    def letter(column: int) -> str:
        high, low = divmod(column, 26)
        return (chr(64 + high) if high else "") + chr(65 + low)

    def value(self, column: int, row: int) -> float | str | None:
        """What a cell shows; rows count from 0."""
        cell = self.columns[column][row]
        return cell.value if isinstance(cell, Worked) else cell

    def same(self, column: int, row: int, more: float = 0) -> Worked:
        """A cell that shows the number of another, moved by `more`."""
        number = self.value(column, row)
        if number is None or isinstance(number, str):
            raise TypeError(f"no number in column {column}, row {row}")
        return Worked(f"={self.letter(column)}{row + 2}" + (f"{more:+g}" if more else ""), number + more)

    def numbers(self, column: int) -> str:
        """A reference to a column, with the numbers in it."""
        letter, cells = self.letter(column), [self.value(column, row) for row in range(len(self.columns[column]))]
        points = "".join(
            f'<c:pt idx="{at}"><c:v>{cell!r}</c:v></c:pt>' for at, cell in enumerate(cells) if cell is not None
        )
        return (
            f"<c:numRef><c:f>{SHEET}!${letter}$2:${letter}${len(cells) + 1}</c:f><c:numCache>"
            "<c:formatCode>General</c:formatCode>"
            f'<c:ptCount val="{len(cells)}"/>{points}</c:numCache></c:numRef>'
        )

    def head(self, column: int) -> str:
        return (
            f'<c:strRef><c:f>{SHEET}!${self.letter(column)}$1</c:f><c:strCache><c:ptCount val="1"/>'
            f'<c:pt idx="0"><c:v>{escape(self.heads[column])}</c:v></c:pt></c:strCache></c:strRef>'
        )

    def workbook(self) -> bytes:
        """As XLSX. Words are written as words, whatever they begin with."""
        import xlsxwriter

        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"created": datetime(*EPOCH)})
        sheet, bold = book.add_worksheet(SHEET), book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for at, (head, cells) in enumerate(zip(self.heads, self.columns)):
            sheet.write_string(0, at, head, bold)
            sheet.set_column(at, at, 28 if any(isinstance(cell, str) for cell in cells) else 14)
            for row, cell in enumerate(cells, start=1):
                if isinstance(cell, Worked):
                    sheet.write_formula(row, at, cell.formula, None, cell.value)
                elif isinstance(cell, str):
                    sheet.write_string(row, at, clean(cell, LONGEST_CELL))
                elif cell is not None:
                    sheet.write_number(row, at, cell)
        sheet.freeze_panes(1, 1)
        book.close()
        return buffer.getvalue()


@dataclass(frozen=True)
class Series:
    """One series: two columns of a sheet of one length. A row without a y is a gap in the line.

    Attributes:
        x, y: numbers of columns; the heading of `x` names the series.
        marker: symbol of the schema (`circle`, `diamond`, `dash` ...); empty for none.
        size: of the marker in points, 2 to 72.
        fill, edge: XML of the marker.
        path: XML of the line through the points; empty for none.
        labels: text beside points, by row; `side` is `l`, `r`, `t`, `b` or `ctr`, and `sides` says where a
            point differs.
        text, ink, bold: size, colour and weight of the labels.
    """

    x: int
    y: int
    marker: str = ""
    size: int = 7
    fill: str = ""
    edge: str = ""
    path: str = ""
    labels: dict[int, str] = field(default_factory=dict)
    side: str = "r"
    text: float = TEXT
    ink: str = INK
    bold: bool = False
    sides: dict[int, str] = field(default_factory=dict)

    def xml(self, order: int, sheet: Sheet) -> str:
        marker = (
            f'<c:marker><c:symbol val="{self.marker}"/><c:size val="{self.size}"/><c:spPr>{self.fill}{self.edge}'
            "</c:spPr></c:marker>"
            if self.marker
            else '<c:marker><c:symbol val="none"/></c:marker>'
        )
        path = self.path or "<a:ln><a:noFill/></a:ln>"
        return (
            f'<c:ser><c:idx val="{order}"/><c:order val="{order}"/><c:tx>{sheet.head(self.x)}</c:tx><c:spPr>{path}'
            f"</c:spPr>{marker}"
            f"{self._labels()}<c:xVal>{sheet.numbers(self.x)}</c:xVal>"
            f'<c:yVal>{sheet.numbers(self.y)}</c:yVal><c:smooth val="0"/></c:ser>'
        )

    def _labels(self) -> str:
        if not self.labels:
            return ""
        each = "".join(
            f'<c:dLbl><c:idx val="{at}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr>'
            f"{self._face('defRPr')}</a:pPr>"
            f"<a:r>{self._face('rPr')}<a:t>{escape(label)}</a:t></a:r></a:p></c:rich></c:tx>"
            f'<c:dLblPos val="{self.sides.get(at, self.side)}"/>{_shows(1)}</c:dLbl>'
            for at, label in sorted(self.labels.items())
        )
        return f"<c:dLbls>{each}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_shows(0)}</c:dLbls>"

    def _face(self, tag: str) -> str:
        return (
            f'<a:{tag} lang="{LANGUAGE}" sz="{round(self.text * 100)}" b="{int(self.bold)}">{solid(self.ink)}</a:{tag}>'
        )


def _shows(value: int) -> str:
    """What a label shows; its own text stands in for the value."""
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


@dataclass(frozen=True)
class Axis:
    """One axis: its ends, its step, its title, whether it is drawn at all, and whether it runs from the top down."""

    low: float
    high: float
    step: float = 1
    title: str = ""
    shown: bool = True
    grid: bool = False
    down: bool = False


def scatter(
    stage: Stage, name: str, alt: str, box: Box, plot: Box, sheet: Sheet, series: list[Series], x: Axis, y: Axis
) -> None:
    """Sets a chart on a slide.

    Args:
        stage: the slide.
        name, alt: name in the selection pane, text alternative.
        box: where the chart stands; `plot` where its axes do, both in points on the slide.
        sheet, series: what is drawn; series without points are left out.
        x, y: the axes.
    """
    from pptx.opc.constants import CONTENT_TYPE as CT
    from pptx.opc.constants import RELATIONSHIP_TYPE as RT
    from pptx.parts.chart import ChartPart

    package = stage.slide.part.package
    part = ChartPart.load(
        package.next_partname(ChartPart.partname_template),
        CT.DML_CHART,
        package,
        _xml(box, plot, sheet, series, x, y).encode(),
    )
    part.chart_workbook.update_from_xlsx_blob(sheet.workbook())
    relation = stage.slide.part.relate_to(part, RT.CHART)
    stage.slide.shapes._spTree.append(
        parsed(
            "<p:graphicFrame><p:nvGraphicFramePr>"
            f'<p:cNvPr id="{stage.identity()}" name="{short(name, LONGEST_NAME)}" descr="{short(alt, LONGEST_ALT)}"/>'
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f'<p:xfrm><a:off x="{emu(box.x)}" y="{emu(box.y)}"/><a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/>'
            "</p:xfrm>"
            f'<a:graphic><a:graphicData uri="{CHART_NAMESPACE}">'
            f'<c:chart xmlns:c="{CHART_NAMESPACE}" r:id="{relation}"/></a:graphicData></a:graphic></p:graphicFrame>'
        )
    )


def _xml(box: Box, plot: Box, sheet: Sheet, series: list[Series], x: Axis, y: Axis) -> str:
    drawn = [one for one in series if sheet.columns[one.x]]
    share = (
        (plot.x - box.x) / box.width,
        (plot.y - box.y) / box.height,
        plot.width / box.width,
        plot.height / box.height,
    )
    where = "".join(f'<c:{tag} val="{value:.5f}"/>' for tag, value in zip(("x", "y", "w", "h"), share))
    layout = (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{where}</c:manualLayout></c:layout>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{CHART_NAMESPACE}" {NAMESPACES}>'
        f'<c:date1904 val="0"/><c:lang val="{LANGUAGE}"/><c:roundedCorners val="0"/><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea>{layout}'
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        f"{''.join(one.xml(at, sheet) for at, one in enumerate(drawn))}"
        f'<c:axId val="{X_AXIS}"/><c:axId val="{Y_AXIS}"/></c:scatterChart>'
        f"{_axis(x, X_AXIS, Y_AXIS, 't' if y.down else 'b')}{_axis(y, Y_AXIS, X_AXIS, 'l')}"
        '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea><c:plotVisOnly val="1"/>'
        '<c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr lang="{LANGUAGE}" sz="{round(TEXT * 100)}"/></a:pPr><a:endParaRPr lang="{LANGUAGE}"/></a:p>'
        "</c:txPr>"
        "</c:chartSpace>"
    )


def _axis(axis: Axis, identity: int, other: int, side: str) -> str:
    grid = f"<c:majorGridlines><c:spPr>{line(RULE.light, 0.75)}</c:spPr></c:majorGridlines>" if axis.grid else ""
    face = f'lang="{LANGUAGE}" sz="{round(TEXT * 100)}" b="0"'
    title = (
        (
            f"<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr {face}>{solid(MUTED.light)}"
            f"</a:defRPr></a:pPr><a:r><a:rPr {face}>{solid(MUTED.light)}</a:rPr>"
            f'<a:t>{escape(axis.title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        )
        if axis.title
        else ""
    )
    return (
        f'<c:valAx><c:axId val="{identity}"/><c:scaling><c:orientation val="{"maxMin" if axis.down else "minMax"}"/>'
        f'<c:max val="{axis.high!r}"/><c:min val="{axis.low!r}"/></c:scaling>'
        f'<c:delete val="{int(not axis.shown)}"/><c:axPos val="{side}"/>{grid}{title}'
        '<c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr>{line(RULE.light, 0.75)}</c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr {face}>"
        f'{solid(MUTED.light)}</a:defRPr></a:pPr><a:endParaRPr lang="{LANGUAGE}"/></a:p></c:txPr>'
        f'<c:crossAx val="{other}"/><c:crosses val="min"/><c:crossBetween val="midCat"/>'
        f'<c:majorUnit val="{axis.step!r}"/></c:valAx>'
    )
