"""The OpenAPI 3.1 description, made from the declarations that parse parameters and from the package's own schema."""

from atlas.tables.atlas import Atlas
from atlas.web.api.endpoints import ENDPOINTS, Endpoint
from atlas.web.api.parameters import Parameter
from atlas.web.public_address import Site
from atlas.words import texts

VERSION = "1.0.0"
LINK = {"type": "string", "format": "uri-reference"}
PROBLEM, REFUSED = (
    "application/problem+json",
    {"400": "parameters", "404": "not-found", "405": "method", "503": "no-data"},
)


def openapi(atlas: Atlas, where: Site) -> dict:
    """The whole description.

    Args:
        where: the site. Its whole address stands in the description, which is read far from where it was fetched.
    """
    package, prose = atlas.package, texts()["api"]
    licence = package.descriptor["licenses"][0]
    return {
        "openapi": "3.1.1",
        "info": {
            "title": prose["title"],
            "version": VERSION,
            "summary": prose["deck"],
            "description": "\n\n".join([prose["about"], *prose["notes"], prose["records"]]),
            "license": {"name": licence["title"], "identifier": licence["name"]},
            "x-data-version": package.version,
            "x-evidence-to": package.evidence_to,
        },
        "servers": [{"url": f"{where.base}/api/v1"}],
        "paths": {path: item for endpoint in ENDPOINTS.values() for path, item in _paths(endpoint).items()},
        "components": {
            "schemas": {
                "Meta": _meta(),
                "Problem": _problem(),
                **{endpoint.name: _row(atlas, endpoint) for endpoint in ENDPOINTS.values()},
            },
            "parameters": {
                _key(one): one.described(atlas)
                for endpoint in ENDPOINTS.values()
                for one in (*endpoint.takes, *endpoint.takes_as_csv)
            },
            "responses": {name: _refusal(name) for name in REFUSED.values()},
        },
        "externalDocs": {"description": "Codebook", "url": f"{where.base}/data/CODEBOOK.md"},
    }


def _key(parameter: Parameter) -> str:
    """A parameter's name among the components; endpoints that share one share it."""
    return parameter.about


def _paths(endpoint: Endpoint) -> dict:
    about = f"{endpoint.about}\n\n{endpoint.caveat}" if endpoint.caveat else endpoint.about
    paths = {}
    for suffix, kind in (("", "Json"), (".csv", "Csv")):
        name = "".join(part.capitalize() for part in endpoint.name.split("_"))
        paths[f"/{endpoint.name}{suffix}"] = {
            "get": {
                "operationId": f"get{name}{kind}",
                "summary": f"{endpoint.title}{' (CSV)' if suffix else ''}",
                "description": about,
                "parameters": [
                    {"$ref": f"#/components/parameters/{_key(parameter)}"}
                    for parameter in (endpoint.takes_as_csv if suffix else endpoint.takes)
                ],
                "responses": {"200": _answer(endpoint, suffix)}
                | {status: {"$ref": f"#/components/responses/{name}"} for status, name in REFUSED.items()},
            }
        }
    return paths


def _answer(endpoint: Endpoint, suffix: str) -> dict:
    headers = {
        "X-Total-Count": {"description": texts()["api"]["notes"][4], "schema": {"type": "integer", "minimum": 0}},
        "Link": {"description": "Next page, licence, this description (RFC 8288).", "schema": {"type": "string"}},
    }
    if suffix:
        return {
            "description": "One line a row.",
            "headers": headers,
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{endpoint.name}"}}
    meta = {"$ref": "#/components/schemas/Meta"}
    schema = {
        "type": "object",
        "required": ["meta", "data"],
        "additionalProperties": False,
        "properties": {"meta": meta, "data": rows},
    }
    return {"description": "One object a row.", "headers": headers, "content": {"application/json": {"schema": schema}}}


def _row(atlas: Atlas, endpoint: Endpoint) -> dict:
    fields = endpoint.fields(atlas.package)
    return {
        "type": "object",
        "title": endpoint.title,
        "description": endpoint.about,
        "required": [field.name for field in fields],
        "additionalProperties": False,
        "properties": {field.name: field.schema for field in fields},
    }


def _meta() -> dict:
    text, count, day = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "string", "format": "date"}
    known = {
        "endpoint": text,
        "title": text,
        "data_version": text,
        "released": day,
        "evidence_to": day,
        "as_of": day,
        "licence": {
            "type": "object",
            "required": ["name", "title", "url"],
            "properties": {"name": text, "title": text, "url": LINK},
        },
        "citation": text,
        "caveat": text,
        "filters": {"type": "object"},
        "total": count,
        "count": count,
        "links": {
            "type": "object",
            "properties": {"next": {"type": ["string", "null"]}},
            "additionalProperties": {"type": "string"},
        },
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name in known if name != "caveat"],
        "properties": known,
    }


def _problem() -> dict:
    text = {"type": "string"}
    one = {"parameter": text, "detail": text, "expected": text}
    return {
        "type": "object",
        "description": texts()["api"]["problem_note"],
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": LINK,
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "parameter": text,
            "expected": text,
            "errors": {"type": "array", "items": {"type": "object", "required": list(one), "properties": one}},
        },
    }


def _refusal(name: str) -> dict:
    return {
        "description": texts()["api"]["problems"][name]["title"],
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
