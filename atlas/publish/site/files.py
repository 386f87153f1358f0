"""Files named by their content: the same bytes have the same name, and a name never has other bytes."""

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

HASH_LENGTH = 12
# Text that is worth sending compressed; PNG is compressed already.
PACKED, WORTH_PACKING = (".html", ".svg", ".csv", ".json", ".css", ".js"), 1024


@dataclass(frozen=True)
class Out:
    """Where a build writes, and whether text gets a compressed twin beside it."""

    folder: Path
    packed: bool = False

    def put(self, place: str, stem: str, kind: str, content: str | bytes) -> dict:
        """Writes a file under a name with the hash of its content.

        Args:
            place: folder within the site.
            stem: its name without hash and type.
            kind: type, as the end of the name.

        Returns:
            `path` from the site's root, `sha256` and `bytes`.
        """
        raw = content.encode("utf-8") if isinstance(content, str) else content
        digest = sha256(raw).hexdigest()
        path = f"{place}/{stem}.{digest[:HASH_LENGTH]}.{kind}"
        self.write(path, raw)
        return {"path": path, "sha256": digest, "bytes": len(raw)}

    def write(self, path: str, content: str | bytes) -> None:
        """Writes a file under the name given, with its compressed twin if there is to be one."""
        raw = content.encode("utf-8") if isinstance(content, str) else content
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)
        if self.packed and target.suffix in PACKED and len(raw) >= WORTH_PACKING:
            target.with_name(target.name + ".gz").write_bytes(gzip.compress(raw, compresslevel=9, mtime=0))
