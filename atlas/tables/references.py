"""References between tables: the schema's foreign keys, compared once all rows have been read.

frictionless checks them too, but reads the table that is referred to again for each key: more than half of the time
of a check. Here the keys of each row are noted while frictionless reads it, as it understood them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from atlas.tables.fault import Fault
from atlas.tables.schema import Package

if TYPE_CHECKING:
    from frictionless import Package as Described
    from frictionless import Row


class Reference(NamedTuple):
    """One foreign key: what stands in `columns` of `table` must stand in `named_columns` of `named`."""

    table: str
    columns: tuple[str, ...]
    named: str
    named_columns: tuple[str, ...]


class References:
    """Notes the keys of all rows, then names the rows whose reference leads nowhere.

    Args:
        described: frictionless's package. The keys that are checked here are taken out of its schemas; one that names
            no table of the package stays, and is refused there.
    """

    def __init__(self, described: "Described"):
        tables = {resource.name: resource.schema for resource in described.resources}
        self._unread: set[str] = set()
        # What stands in the columns of a table that another names, and the lines that refer to it, by the same values.
        self._standing: dict[tuple[str, tuple], set[tuple]] = {}
        self._referring: dict[Reference, dict[tuple, list[tuple[int, str]]]] = {}
        for table, schema in tables.items():
            left = []
            for key in schema.foreign_keys:
                named = key["reference"]["resource"] or table
                one = Reference(table, tuple(key["fields"]), named, tuple(key["reference"]["fields"]))
                if named in tables:
                    self._standing[one.named, one.named_columns] = set()
                    self._referring[one] = defaultdict(list)
                else:
                    left.append(key)
            schema.foreign_keys = left
        self._position = {table: {name: at for at, name in enumerate(tables[table].field_names)} for table in tables}

    def note(self, table: str) -> Callable:
        """What frictionless is to call with each row of a table that it has read."""
        standing = [(columns, known) for (name, columns), known in self._standing.items() if name == table]
        referring = [
            (one.columns, [self._position[table][name] for name in one.columns], lines)
            for one, lines in self._referring.items()
            if one.table == table
        ]

        def note(row: "Row") -> None:
            for columns, known in standing:
                known.add(tuple([row.get(name) for name in columns]))
            for columns, positions, lines in referring:
                values = tuple([row.get(name) for name in columns])
                if values.count(None) < len(values):
                    written = [str(row.cells[at]) if at < len(row.cells) else "" for at in positions]
                    lines[values].append((row.row_number, ", ".join(written)))

        return note

    def could_not_read(self, table: str) -> None:
        """A table that could not be opened: that is its own fault, and says nothing of those that refer to it."""
        self._unread.add(table)

    def faults(self, package: Package) -> Iterator[tuple[str, Fault]]:
        """Table and fault for each row whose key does not stand in the table that it names."""
        for one, lines in self._referring.items():
            if one.named in self._unread:
                continue
            file, column = package.tables[one.table].file, ",".join(one.columns)
            expected = f"a value that stands in {one.named} ({', '.join(one.named_columns)})"
            for values in lines.keys() - self._standing[one.named, one.named_columns]:
                for line, value in lines[values]:
                    yield one.table, Fault(file, line, column, value, expected)
