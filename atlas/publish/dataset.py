"""The data as a schema.org `Dataset`, so that catalogues and search engines can find and cite them.

Properties as https://schema.org/Dataset has them, and those that Google's dataset search asks for.
"""

import json
from functools import lru_cache

from atlas.publish.citation import HOLDER, plain
from atlas.response.durations import case_start
from atlas.tables.atlas import Atlas

CONTEXT = "https://schema.org"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SCRIPT_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def dataset(atlas: Atlas, base: str) -> dict:
    """The data package as a `Dataset`.

    Args:
        base: address of the site, without a slash at its end.
    """
    package = atlas.package
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": f"{base}/api/v1#dataset",
        "name": package.descriptor["title"],
        "description": package.descriptor["description"],
        "url": f"{base}/evidence",
        "license": package.descriptor["licenses"][0]["path"],
        "version": package.version,
        "dateModified": package.released,
        "keywords": package.descriptor["keywords"],
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "creator": {"@type": "Organization", "name": HOLDER},
        "citation": plain(package, link=f"{base}/evidence"),
        "temporalCoverage": f"{case_start(atlas)[0]}/{package.evidence_to}",
        "measurementTechnique": f"{base}/method",
        "variableMeasured": _variables(atlas),
        "distribution": _distribution(atlas, base),
    }


def _variables(atlas: Atlas) -> list[dict]:
    """The two scales, and every power, in the words of the vocabulary."""
    rungs = [atlas.label("rung", str(rung)) for rung in range(7)]
    powers = atlas.package.tables["powers"].vocabulary("power")
    return [
        {
            "@type": "PropertyValue",
            "name": "Enforcement strength",
            "description": "Compulsory powers in law on a day.",
            "minValue": 0,
            "maxValue": 100,
        },
        {
            "@type": "PropertyValue",
            "name": "Response reached",
            "description": "; ".join(rungs),
            "minValue": 0,
            "maxValue": 6,
        },
        *(
            {
                "@type": "PropertyValue",
                "name": atlas.label("power", power),
                "description": atlas.definition("power", power),
                "minValue": 0,
                "maxValue": 2,
            }
            for power in powers
        ),
    ]


def _distribution(atlas: Atlas, base: str) -> list[dict]:
    def download(name: str, form: str, path: str) -> dict:
        return {"@type": "DataDownload", "name": name, "encodingFormat": form, "contentUrl": f"{base}/{path}"}

    return [
        download("Data package", "application/zip", "data/regime-atlas.zip"),
        download("Workbook", XLSX, "data/regime-atlas.xlsx"),
        *(download(table.title, "text/csv", f"data/{name}.csv") for name, table in atlas.package.tables.items()),
    ]


def as_script(content: dict) -> str:
    """JSON that may stand inside a `script` element: nothing in it can end the element or begin markup."""
    return json.dumps(content).translate(SCRIPT_ESCAPES)


@lru_cache(maxsize=16)
def json_ld(atlas: Atlas, base: str) -> str:
    """The `Dataset` as the content of `<script type="application/ld+json">`."""
    return as_script(dataset(atlas, base))


def page_json_ld(atlas: Atlas, base: str, path: str, name: str, description: str) -> str:
    """A page about one record, as part of the data set."""
    package = atlas.package
    return as_script(
        {
            "@context": CONTEXT,
            "@type": "WebPage",
            "@id": f"{base}/{path}",
            "url": f"{base}/{path}",
            "name": name,
            "description": description,
            "inLanguage": "en",
            "dateModified": package.released,
            "license": package.descriptor["licenses"][0]["path"],
            "isPartOf": {
                "@type": "Dataset",
                "@id": f"{base}/api/v1#dataset",
                "name": package.descriptor["title"],
                "description": package.descriptor["description"],
                "url": f"{base}/evidence",
                "license": package.descriptor["licenses"][0]["path"],
                "version": package.version,
                "creator": {"@type": "Organization", "name": HOLDER},
            },
        }
    )
