"""The published contract: what ninja says of the operations, and what the edge adds to every one of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from pydantic import TypeAdapter

from tinhso.api.v1.edge import Kinds
from tinhso.api.v1.problems import MEDIA_TYPE, Problem

MOUNTED_AT = "/api/v1/"
UNSAFE = frozenset({"post", "put", "patch", "delete"})
NO_CONTENT = "204"

_BOTH = "Language of names and sentences: `vi` (default) or `en`."
_LANGUAGE = {
    "in": "header",
    "name": "Accept-Language",
    "required": False,
    "schema": {"type": "string", "enum": ["vi", "en"]},
    "description": _BOTH,
}
_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    "description": "Sent again with the same request, the first answer is repeated, with the header "
    "`Idempotency-Replayed: true`. With another request it is a conflict. Refusals are not kept.",
}
_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string", "maxLength": 200},
    "description": "The `ETag` held; answered 304 when nothing changed.",
}
_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": {"type": "string", "maxLength": 200, "pattern": '^(W/)?"[0-9]{1,9}(\\.[0-9a-f]*)?"$|^\\*$'},
    "description": "The `ETag` of the dossier or record last read; 412 when somebody changed it since.",
}
_MEANINGS = {
    "400": "The request cannot be read.",
    "401": "Nobody is signed in, or the token opens nothing.",
    "403": "Not allowed; the thing itself may be seen.",
    "404": "Absent, or not visible to who asks; the two are never told apart.",
    "406": "None of the served media types is wanted.",
    "409": "The state does not allow it, or the idempotency key was used for another request.",
    "412": "Somebody changed it since it was read.",
    "413": "The body is too large; it was not read.",
    "415": "The body is of another media type.",
    "422": "Understood, and cannot be done as it is; `errors` names the fields.",
    "429": "Too many tries from one address; wait as long as `Retry-After` says.",
}
_HEADERS = {str(said["name"]): said for said in (_LANGUAGE, _KEY, _NONE_MATCH, _MATCH)}
_OF_METHOD = {"get": ["If-None-Match"], "post": ["Idempotency-Key"]}
_REFUSALS = {
    code: {
        "description": meaning,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for code, meaning in _MEANINGS.items()
}


class Contract(NinjaAPI):
    """Operations are called by the name of their function; the contract knows the edge."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix or MOUNTED_AT, path_params=path_params)
        schema["components"]["schemas"] |= _problem_schemas()
        schema["components"]["responses"] = _REFUSALS
        schema["components"]["parameters"] = _HEADERS
        for _path, method, operation in operations(schema):
            _complete(method, operation)
        return schema


def operations(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and description of every operation."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def kinds_of(schema: Mapping[str, Any]) -> dict[str, dict[str, Kinds]]:
    """Return the media types by path, as in the contract, and method in capitals."""
    found: dict[str, dict[str, Kinds]] = {}
    for path, method, operation in operations(schema):
        accepted = tuple(operation.get("requestBody", {}).get("content", {}))
        good = next(answer for status, answer in operation["responses"].items() if str(status) < "300")
        served = tuple(good.get("content", {})) or ("application/json",)
        found.setdefault(path, {})[method.upper()] = Kinds(accepted, served)
    return found


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Add the headers and refusals of the edge."""
    responses = operation["responses"] = {str(code): said for code, said in operation["responses"].items()}
    moves = operation.pop("x-moves-dossier", False)
    is_limited = operation.pop("x-limited", False)
    headers = ["Accept-Language", *_OF_METHOD.get(method, ()), *(["If-Match"] if moves else [])]
    refs = [{"$ref": f"#/components/parameters/{name}"} for name in headers]
    operation["parameters"] = [*operation.get("parameters", []), *refs]
    if method == "get":
        responses["304"] = {"description": "What is held is still good."}
    for code in (*_codes(method, operation, moves=bool(moves)), *(["429"] if is_limited else [])):
        responses[code] = {"$ref": f"#/components/responses/{code}"}
    operation["responses"] = dict(sorted(responses.items()))


def _codes(method: str, operation: Mapping[str, Any], *, moves: bool) -> Iterator[str]:
    yield from ("400", "404", "406", "413", "422")
    if operation.get("security"):
        yield from ("401", "403")
    elif method in UNSAFE:
        yield "403"
    if method in UNSAFE:
        yield from ("409", "415")
    if moves:
        yield "412"


def _problem_schemas() -> dict[str, Any]:
    schema = TypeAdapter(Problem).json_schema(
        ref_template="#/components/schemas/{model}", mode="serialization"
    )
    definitions: dict[str, Any] = schema.pop("$defs")
    return definitions | {"Problem": schema}
