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
    """The lines that load a component's script, at the address of what it and its markup and styles hold.

    Args:
        folder: of the component, in `atlas/assets/`.
        name: of its files there, without their ends: `js`, `html`, `css`.

    Raises:
        OSError: one of the three files is missing.
    """
    held = b"".join((ASSETS / folder / f"{name}.{kind}").read_bytes() for kind in ("js", "html", "css"))
    return LOADER % (folder, name, sha256(held).hexdigest()[:12])
