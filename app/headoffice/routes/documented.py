"""What OpenAPI says of calls that read their bodies themselves, because of the limits."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from app.sync.protocol import Trouble

_REFERENCE = "#/components/schemas/{model}"
_ERRORS = {
    401: "token", 403: "revoked", 404: "not_found", 409: "forked, gap or offset", 410: "epoch_changed",
    413: "too_large", 422: "malformed", 426: "upgrade_required", 429: "slow_down", 503: "busy",
}  # fmt: skip
ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": Trouble, "description": name} for status, name in _ERRORS.items()
}
_TAKEN: dict[str, type[BaseModel]] = {}


def takes(model: type[BaseModel]) -> dict[str, Any]:
    """Return the part of OpenAPI that names the message in the body."""
    _TAKEN[model.__name__] = model
    schema = {"$ref": _REFERENCE.format(model=model.__name__)}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def describe(app: FastAPI) -> dict[str, Any]:
    """Return OpenAPI of the application, the messages in bodies included."""
    if app.openapi_schema is None:
        whole = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        parts: dict[str, Any] = whole.setdefault("components", {}).setdefault("schemas", {})
        for name, model in _TAKEN.items():
            schema = model.model_json_schema(ref_template=_REFERENCE)
            parts.update(schema.pop("$defs", {}))
            parts[name] = schema
        parts_of_security = whole["components"].setdefault("securitySchemes", {})
        parts_of_security["access_token"] = {"type": "http", "scheme": "bearer"}
        app.openapi_schema = whole
    return app.openapi_schema
