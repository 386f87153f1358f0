"""The interface's own page for readers: endpoints with examples, how to read the answers, what refusals mean."""

from atlas.publish.citation import plain
from atlas.tables.atlas import Atlas
from atlas.tables.dates import in_words
from atlas.web.api.endpoints import ENDPOINTS, Endpoint
from atlas.web.api.parameters import Parameter
from atlas.web.pages import frame
from atlas.web.public_address import Site
from atlas.words import texts


def about(atlas: Atlas, where: Site) -> dict:
    """Values of api.html."""
    prose = texts()["api"]
    return frame(atlas, where, prose["title"], prose["deck"], "api/v1") | {
        "prose": prose,
        "endpoints": [_shown(atlas, endpoint) for endpoint in ENDPOINTS.values()],
        "citation": plain(atlas.package, prose["title"], f"{where.base}/api/v1"),
    }


def _shown(atlas: Atlas, endpoint: Endpoint) -> dict:
    return {
        "name": endpoint.name,
        "title": endpoint.title,
        "about": endpoint.about,
        "caveat": endpoint.caveat,
        "example": endpoint.example,
        "parameters": [
            {
                "name": one.name,
                "about": one.described_in_words(),
                "takes": one.expected(atlas),
                "default": _default(atlas, one),
            }
            for one in endpoint.takes
        ],
        "fields": [(field.name, field.schema["description"]) for field in endpoint.fields(atlas.package)],
    }


def _default(atlas: Atlas, parameter: Parameter) -> str:
    text = parameter.default(atlas)
    return in_words(text) if text and parameter.schema(atlas).get("format") == "date" else text
