"""`/health`: what is served, and whether the data on disk are worse than what is served."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from atlas.tables.store import get_store

SHOWN_FAULTS = 20


def health(request: Request) -> Response:
    """200 while data are served, 503 without any; `status` is `ok`, `serving_last_good` or `no_data`."""
    state = get_store().state
    status = "no_data" if state.atlas is None else "serving_last_good" if state.faults else "ok"
    body = {
        "status": status,
        "data_version": state.atlas.package.version if state.atlas else None,
        "evidence_to": state.atlas.package.evidence_to if state.atlas else None,
        "digest": state.atlas.digest if state.atlas else None,
        "faults": [str(fault) for fault in state.faults[:SHOWN_FAULTS]],
        "fault_count": len(state.faults),
    }
    return JSONResponse(body, status_code=200 if state.atlas else 503, headers={"Cache-Control": "no-store"})
