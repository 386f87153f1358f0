"""What every slide has around its chart: finding, deck, dates, caveat, source, licence, and a page of notes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from atlas.charts.view import View
from atlas.draw import fonts
from atlas.draw.drawingml import INK, LANGUAGE, MUTE, Run, Stage, clean, emu, filled, paragraph
from atlas.draw.fit_text import cut, fitted, wrapped
from atlas.draw.marks import Box
from atlas.draw.slide_template import HEIGHT, MARGIN, TITLE_TOP, WIDTHS, blank
from atlas.publish import citation
from atlas.publish.caption import caption, notices
from atlas.tables.atlas import Atlas
from atlas.templating import safe_link
from atlas.words import texts

LEADING = 1.22
DECK, SMALL = 13.0, 10.0
TITLE_LINES, DECK_LINES, CAVEAT_LINES = 2, 3, 4
# Sizes of a title of one line, and of two.
SIZES = {1: (26.0, 25.0, 24.0), 2: (26.0, 24.0, 22.0, 20.0, 18.0)}
LONGEST_LINK = 560.0


@dataclass
class Deck:
    """A presentation being made of one view: `slide` adds slides, `width` is theirs in points."""

    atlas: Atlas
    view: View
    link: str
    size: str
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.presentation, self._layout = blank(self.size)
        self.width = WIDTHS[self.size]
        self.link = safe_link(self.link)
        self._describe()

    def _describe(self) -> None:
        core, package = self.presentation.core_properties, self.atlas.package
        core.title, core.author, core.last_modified_by = clean(self.view.title, 250), citation.HOLDER, citation.HOLDER
        core.subject, core.language, core.comments = (
            clean(self.view.deck, 250),
            LANGUAGE,
            clean(citation.plain(package, self.view.title, self.link), 250),
        )
        core.created = core.modified = datetime.fromisoformat(package.released)
        core.revision = 1

    def head(self) -> float:
        """Where the space below title and deck begins, the same on all slides of the deck."""
        size, lines = self._title(self.view.title)
        return TITLE_TOP + len(lines) * size * 1.2 + 6 + len(self._deck_lines()) * DECK * LEADING + 10

    def body(self) -> Box:
        """The room for the chart."""
        top = self.head()
        return Box(MARGIN, top, self.width - 2 * MARGIN, HEIGHT - self._foot_height() - 10 - top)

    def _title(self, text: str) -> tuple[float, list[str]]:
        """Size and lines: a little smaller where that saves a line, cut where two lines of the smallest are not
        enough.
        """
        wide = self.width - 2 * MARGIN
        size = next(
            (
                size
                for most in (1, TITLE_LINES)
                for size in SIZES[most]
                if len(wrapped(text, size, wide, most, fonts.STRONG)) <= most
            ),
            SIZES[TITLE_LINES][-1],
        )
        return size, fitted(text, size, wide, TITLE_LINES, fonts.STRONG)

    def _deck_lines(self) -> list[str]:
        return fitted(self.view.deck, DECK, self.width - 2 * MARGIN, DECK_LINES)

    def _foot(self) -> list[tuple[str, int, str]]:
        """Paragraphs of the footer: the text, how many lines it takes, and where a link on it goes."""
        wide = self.width - 2 * MARGIN
        said = (*notices(self.view), texts()["pictures"]["source"].format(citation=citation.short(self.atlas.package)))
        found = [
            (" ".join(lines), len(lines), "") for lines in (fitted(text, SMALL, wide, CAVEAT_LINES) for text in said)
        ]
        if self.link:
            found.append((cut(self.link.split("://", 1)[1], SMALL, min(wide, LONGEST_LINK)), 1, self.link))
        return found

    def _foot_height(self) -> float:
        return sum(lines for _, lines, _ in self._foot()) * SMALL * LEADING + 6 + 16

    def slide(self, number: int = 1, count: int = 1, more: tuple[str, ...] = ()) -> Stage:
        """Adds a slide with all but its chart.

        Args:
            number, count: which of how many slides of the view it is; several are numbered at their foot.
            more: further lines for the notes.
        """
        slide = self.presentation.slides.add_slide(self._layout)
        stage = Stage(slide)
        prose, wide = texts()["slides"], self.width - 2 * MARGIN
        size, lines = self._title(self.view.title)
        self._set_title(slide, " ".join(lines), size, len(lines))
        deck = self._deck_lines()
        top = self.head() - 10 - len(deck) * DECK * LEADING
        if deck:
            stage.text(
                prose["deck"],
                Box(MARGIN, top, wide, len(deck) * DECK * LEADING),
                [paragraph([Run(" ".join(deck), DECK, MUTE)])],
            )
        self._set_foot(stage, slide)
        if count > 1:
            said = prose["part"].format(number=number, count=count)
            room = fonts.width(said, SMALL) + 4
            stage.text(
                prose["part_name"],
                Box(self.width - MARGIN - room, HEIGHT - 15.0, room, SMALL * LEADING),
                [paragraph([Run(said, SMALL, MUTE)])],
            )
        self._set_notes(slide, more)
        return stage

    def _set_title(self, slide: Any, text: str, size: float, lines: int) -> None:
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = (
            emu(value) for value in (MARGIN, TITLE_TOP, self.width - 2 * MARGIN, lines * size * 1.2)
        )
        filled(shape.text_frame._txBody, [paragraph([Run(text, size, INK, bold=True)])])

    def _set_foot(self, stage: Stage, slide: Any) -> None:
        wide, height = self.width - 2 * MARGIN, self._foot_height()
        top = HEIGHT - height
        stage.rule("Rule", (MARGIN, top), (MARGIN + wide, top))
        paragraphs = [
            paragraph([Run(text, SMALL, MUTE, link=_related(slide, link) if link else "")])
            for text, _, link in self._foot()
        ]
        stage.text(texts()["slides"]["footer"]["name"], Box(MARGIN, top + 6, wide, height - 22), paragraphs)

    def _set_notes(self, slide: Any, more: tuple[str, ...]) -> None:
        """Alt text, caption, citation and link, ready to copy."""
        prose, words = texts()["slides"]["notes"], caption(self.atlas, self.view)
        cited = citation.plain(self.atlas.package, self.view.title, self.link)
        lines = [
            prose["alt"].format(text=words.alt),
            prose["caption"].format(text=words.caption),
            prose["cite"].format(text=cited),
            *more,
            prose["edit"],
        ]
        if self.notices:
            lines += [prose["notices"], *self.notices]
        paragraphs = [paragraph([Run(text, 12)], after=6) for text in lines]
        notes = slide.notes_slide
        if self.link:
            linked = Run(self.link, 12, link=_related(notes, self.link))
            paragraphs.insert(3, paragraph([Run(prose["link"], 12), linked], after=6))
        filled(notes.notes_text_frame._txBody, paragraphs)

    def chunk(self, rows: tuple, most: int) -> list[tuple]:
        """Rows cut into as few parts of at most `most` as it takes, all nearly equal in length."""
        parts = max(1, -(-len(rows) // max(most, 1)))
        least, over = divmod(len(rows), parts)
        cuts = [0]
        for number in range(parts):
            cuts.append(cuts[-1] + least + (number < over))
        return [rows[first:last] for first, last in zip(cuts, cuts[1:])]


def _related(part: Any, url: str) -> str:
    from pptx.opc.constants import RELATIONSHIP_TYPE as RT

    return part.part.relate_to(url, RT.HYPERLINK, is_external=True)
