"""`Atlas`: the tables of one release, read once and never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from atlas.tables.cases import Case, cases_of, tables_of_case
from atlas.tables.read import read_text, typed
from atlas.tables.schema import DESCRIPTOR, SAME_VOCABULARY, Package, read_package


@dataclass(frozen=True, eq=False)
class Atlas:
    """One release of the data. Compared by identity, so that functions of it can be cached.

    Attributes:
        package: the schema and the release's metadata.
        tables: typed frames by table name. Callers must not change them; what they derive, they copy.
        digest: SHA-256 over all files, the identity of the release for caches.
        case_id: the incident whose acts the tables hold, see `atlas.tables.cases`; empty for those of all.
    """

    package: Package
    tables: Mapping[str, pd.DataFrame]
    digest: str
    case_id: str = ""

    @cached_property
    def whole(self) -> "Atlas":
        """The tables with the rows of all cases: what is listed, looked up by its id, and saved."""
        return self

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """All cases, the one first that is shown where none is asked for."""
        return cases_of(self.tables)

    @cached_property
    def case(self) -> Case:
        """The case that is shown."""
        return next((case for case in self.cases if case.id == self.case_id), self.cases[0])

    @cached_property
    def _by_case(self) -> dict:
        """One atlas for each case that was asked for."""
        return {}

    def of_case(self, case_id: str) -> "Atlas":
        """The same release, showing one case; one object a case.

        Raises:
            KeyError: there is no such case.
        """
        whole = self.whole
        if case_id not in {case.id for case in whole.cases}:
            raise KeyError(case_id)
        if case_id not in whole._by_case:
            tables = tables_of_case(self.package, whole.tables, case_id)
            shown = Atlas(self.package, MappingProxyType(tables), self.digest, case_id)
            shown.__dict__["whole"] = whole
            # Two threads that make the same one must hand out one: functions of it are cached by identity.
            whole._by_case.setdefault(case_id, shown)
        return whole._by_case[case_id]

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    def position(self, table: str, key: tuple[str, ...]) -> int | None:
        """Where the row with a primary key stands in its table; None if there is none."""
        if table not in self._by_key:
            columns = [self[table][name].astype("string") for name in self.package.tables[table].key]
            found = self._by_key[table] = {}
            for at, one in enumerate(zip(*columns, strict=True)):
                found.setdefault(one, at)
        return self._by_key[table].get(key)

    @cached_property
    def _by_key(self) -> dict[str, dict[tuple[str, ...], int]]:
        """Positions of the rows by primary key, made when a table is first asked for."""
        return {}

    @cached_property
    def jurisdictions(self) -> pd.DataFrame:
        """Jurisdictions by id."""
        return self._by_id("jurisdictions")

    @cached_property
    def instruments(self) -> pd.DataFrame:
        """Instruments by id."""
        return self._by_id("instruments")

    @cached_property
    def responses(self) -> pd.DataFrame:
        """Acts by id."""
        return self._by_id("responses")

    @cached_property
    def authorities(self) -> pd.DataFrame:
        """Authorities by id."""
        return self._by_id("authorities")

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Sources by id."""
        return self._by_id("sources")

    def _by_id(self, table: str) -> pd.DataFrame:
        """A table by its key, for looking up rows and cells: as plain objects, since a cell of an Arrow column costs
        ten times as much.
        """
        (key,) = self.package.tables[table].key
        return self[table].astype(object).set_index(key, drop=False)

    @cached_property
    def _lists(self) -> dict[str, dict[str, list]]:
        """Columns of the tables as lists, made when a table is first asked for."""
        return {}

    @cached_property
    def _positions(self) -> dict[tuple[str, str], dict[object, list[int]]]:
        """Positions of the rows with each value of a column, made when a column is first asked for."""
        return {}

    def rows_of(self, table: str, column: str, value: object) -> list[dict]:
        """The rows of a table with a value in a column, in the order of the file, without a walk over the table."""
        if (table, column) not in self._positions:
            positions: dict[object, list[int]] = {}
            for position, found in enumerate(self.columns(table)[column]):
                positions.setdefault(found, []).append(position)
            self._positions[table, column] = positions
        return self.rows_at(table, self._positions[table, column].get(value, ()))

    def rows_at(self, table: str, positions: Iterable[int]) -> list[dict]:
        """Rows of a table by their positions, each as a dict."""
        columns = self.columns(table)
        return [{name: values[position] for name, values in columns.items()} for position in positions]

    def columns(self, table: str) -> dict[str, list]:
        """The columns of a table as lists of plain values; not to be changed."""
        if table not in self._lists:
            self._lists[table] = {name: self[table][name].tolist() for name in self[table].columns}
        return self._lists[table]

    def name(self, jurisdiction_id: str, in_sentence: bool = False) -> str:
        return self._names[jurisdiction_id][in_sentence]

    @cached_property
    def _names(self) -> dict[str, tuple[str, str]]:
        frame = self["jurisdictions"]
        return dict(zip(frame["jurisdiction_id"], zip(frame["name"], frame["name_in_sentence"])))

    @cached_property
    def _labels(self) -> dict[tuple[str, str], tuple[str, str]]:
        frame = self["vocabulary"]
        return {
            (vocabulary, term): (label, definition)
            for vocabulary, term, label, definition in zip(
                frame["vocabulary"], frame["term"], frame["label"], frame["definition"]
            )
        }

    def label(self, vocabulary: str, term: str) -> str:
        """The short label of a term."""
        return self._labels[SAME_VOCABULARY.get(vocabulary, vocabulary), term][0]

    def definition(self, vocabulary: str, term: str) -> str:
        """What a term means, in plain words."""
        return self._labels[SAME_VOCABULARY.get(vocabulary, vocabulary), term][1]

    @cached_property
    def _source_ids(self) -> dict[str, dict[tuple[str, ...], list[str]]]:
        links: dict[str, dict[tuple[str, ...], list[str]]] = {}
        for name in self.tables:
            if name.endswith("_sources"):
                columns, found = self.columns(name), links.setdefault(name, {})
                keys = zip(*(values for column, values in columns.items() if column != "source_id"))
                for key, source in zip(keys, columns["source_id"]):
                    found.setdefault(key, []).append(source)
        return links

    def sources_of(self, links: str, *key: str) -> list[str]:
        """Source ids behind a row: `sources_of("power_sources", instrument_id, power)`."""
        return self._source_ids[links].get(key, [])


def digest(folder: Path) -> str:
    """SHA-256 over the descriptor and every CSV, names included."""
    total = sha256()
    for path in sorted([folder / DESCRIPTOR, *folder.glob("*.csv")]):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def load(folder: Path) -> Atlas:
    """Reads a folder that `check` has passed; its first case is shown.

    Raises:
        OSError, ValueError: the folder does not hold its schema after all.
    """
    package = read_package(folder)
    tables = {name: typed(read_text(folder, table), table) for name, table in package.tables.items()}
    whole = Atlas(package, MappingProxyType(tables), digest(folder))
    return whole.of_case(whole.cases[0].id)
