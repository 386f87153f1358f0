"""The data interface: read-only JSON and CSV under `/api/v1`, described by OpenAPI from the same declarations."""
