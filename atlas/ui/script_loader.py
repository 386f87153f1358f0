"""Scripts of our own Streamlit components. Script, markup and styles are cacheable files, so that a run of the page
sends a few lines that load them, and data.
"""

from functools import cache
from hashlib import sha256

from atlas.web.files import ASSETS

LOADER = """
const address = new URL("assets/%s/%s.js?v=%s", document.baseURI).href;
export default async function (component) {
  return (await import(address)).default(component);
}
"""


@cache
def script_loader(folder: str, name: str) -> str:
    """The lines that load a component's script, at the address of what it, its markup, its styles and the scripts
    beside it hold.

    Args:
        folder: of the component, in `atlas/assets/`.
        name: of its files there, without their ends: `js`, `html`, `css`.

    Raises:
        OSError: one of the three files is missing.
    """
    files = [ASSETS / folder / f"{name}.{kind}" for kind in ("js", "html", "css")]
    others = sorted(path for path in (ASSETS / folder).glob("*.js") if path not in files)
    held = b"".join(path.read_bytes() for path in [*files, *others])
    return LOADER % (folder, name, sha256(held).hexdigest()[:12])
