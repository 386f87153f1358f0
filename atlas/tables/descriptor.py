"""What this project asks of `data/datapackage.json` beyond the Data Package standard: the parts that its code reads.

The standard leaves most parts out or open; a descriptor that lacks one would be a fault in the midst of the work. The
shape is a JSON Schema (https://json-schema.org/draft/2020-12); what it cannot say (a pattern that can be compiled, a
key that leads to a table and a column that are there) follows it.
"""

import re
from typing import TYPE_CHECKING

from atlas.tables.fault import Fault

if TYPE_CHECKING:
    from jsonschema import ValidationError

TEXT = {"type": "string", "minLength": 1}
TEXTS = {"type": "array", "items": TEXT, "minItems": 1}
TYPES = ["string", "integer", "number", "boolean", "date"]
FIELD = {
    "type": "object",
    "required": ["name", "type"],
    "properties": {
        "name": TEXT,
        "type": {"enum": TYPES},
        "constraints": {"type": "object", "properties": {"enum": {"type": "array"}, "pattern": {"type": "string"}}},
    },
}
FOREIGN_KEY = {
    "type": "object",
    "required": ["fields", "reference"],
    "properties": {
        "fields": TEXTS,
        "reference": {
            "type": "object",
            "required": ["resource", "fields"],
            "properties": {"resource": {"type": "string"}, "fields": TEXTS},
        },
    },
}
RESOURCE = {
    "type": "object",
    "required": ["name", "path", "title", "description", "schema"],
    "properties": {
        "name": TEXT,
        "path": {"type": "string", "pattern": r"^[\w.-]+\.csv$"},
        "title": TEXT,
        "description": TEXT,
        "schema": {
            "type": "object",
            "required": ["fields"],
            "properties": {
                "fields": {"type": "array", "items": FIELD, "minItems": 1},
                "primaryKey": TEXTS,
                "foreignKeys": {"type": "array", "items": FOREIGN_KEY},
            },
        },
    },
}
SHAPE = {
    "type": "object",
    "required": ["name", "title", "version", "created", "evidence_to", "licenses", "resources"],
    "properties": {
        "version": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
        "created": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"},
        "evidence_to": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["name", "path"], "properties": {"name": TEXT, "path": TEXT}},
        },
        "resources": {"type": "array", "items": RESOURCE, "minItems": 1},
    },
}


def descriptor_faults(file: str, descriptor: object) -> list[Fault]:
    """What the descriptor lacks, each with the place in it where it should stand."""
    from jsonschema import Draft202012Validator

    errors = sorted(Draft202012Validator(SHAPE).iter_errors(descriptor), key=lambda error: str(list(error.path)))
    if errors:
        return [
            Fault(file, 0, "/".join(map(str, error.path)), str(error.instance), _expected(error.validator, error))
            for error in errors
        ]
    return _of_names(file, descriptor["resources"]) or _of_keys(file, descriptor["resources"])


def _expected(rule: str, error: "ValidationError") -> str:
    wanted = error.validator_value
    said = {"required": "a part with {}", "type": "a value of type {}", "enum": "one of {}", "pattern": "text like {}"}
    return (
        said[rule].format(", ".join(wanted) if isinstance(wanted, list) else wanted) if rule in said else error.message
    )


def _of_names(file: str, resources: list[dict]) -> list[Fault]:
    """Names given twice, patterns that are none, keys of columns that are not there."""
    names = [resource["name"] for resource in resources]
    faults = [Fault(file, 0, "resources", name, "a name given once") for name in names if names.count(name) > 1]
    for resource in resources:
        schema, table = resource["schema"], resource["name"]
        fields = [field["name"] for field in schema["fields"]]
        faults += [Fault(file, 0, table, name, "a column named once") for name in fields if fields.count(name) > 1]
        used = [
            *schema.get("primaryKey", ()),
            *(name for key in schema.get("foreignKeys", ()) for name in key["fields"]),
        ]
        faults += [Fault(file, 0, table, name, "a column of this table") for name in used if name not in fields]
        for field in schema["fields"]:
            pattern = field.get("constraints", {}).get("pattern", "")
            try:
                re.compile(pattern)
            except re.error as error:
                faults.append(Fault(file, 0, f"{table}/{field['name']}", pattern, f"a regular expression ({error})"))
    return faults


def _of_keys(file: str, resources: list[dict]) -> list[Fault]:
    """Keys that lead to no table or column."""
    columns = {one["name"]: {field["name"] for field in one["schema"]["fields"]} for one in resources}
    faults = []
    for resource in resources:
        for key in resource["schema"].get("foreignKeys", ()):
            # The standard's empty name is the table itself.
            to, fields = key["reference"]["resource"] or resource["name"], key["reference"]["fields"]
            if to not in columns:
                faults.append(Fault(file, 0, resource["name"], to, "a table of this package"))
            elif len(fields) != len(key["fields"]) or not set(fields) <= columns[to]:
                faults.append(Fault(file, 0, resource["name"], ", ".join(fields), f"as many columns of {to}"))
    return faults
