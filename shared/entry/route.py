"""What a handler declares by its signature: parameters of path and query, the body, the answer."""

import inspect
import io
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model
from pydantic_core import ErrorDetails, from_json

from shared.core.errors import Invalid, NotFound, Unsupported
from shared.core.files import File, Form, Upload

Errors = list[dict[str, str]]

MOST_NAMED = 250  # errors of a request: with thousands an answer could not be sent


@dataclass(frozen=True, slots=True)
class Body:
    name: str
    kind: type[BaseModel] | type[File] | type[Form]
    optional: bool  # the handler has a default for it

    @property
    def media_type(self) -> str:
        if issubclass(self.kind, File):
            return self.kind.media_type
        return "multipart/form-data" if issubclass(self.kind, Form) else "application/json"


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    status: int
    summary: str
    description: str
    function: Callable[..., Any]
    parameters: type[BaseModel]  # of the path and the query
    body: Body | None
    answer: Any
    file: type[File] | None  # which it may be instead: a handler of `Page[Use] | Csv` answers either
    render: Callable[[Any], bytes]

    @property
    def operation(self) -> str:
        return f"{self.method} {self.path}"


def declare(method: str, path: str, status: int, function: Callable[..., Any]) -> Route:
    """The route of a handler function; its module's docstring is the summary and description."""
    signature = inspect.signature(function, eval_str=True)
    body: Body | None = None
    fields: dict[str, Any] = {}
    for name, parameter in signature.parameters.items():
        kind = parameter.annotation
        if isinstance(kind, type) and issubclass(kind, (BaseModel, File)):
            body = Body(name, kind, parameter.default is not parameter.empty)
        else:
            default = ... if parameter.default is parameter.empty else parameter.default
            fields[name] = (kind, Field(default, alias=name.removesuffix("_")))  # `from_` takes ?from=
    kept = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    parameters: type[BaseModel] = create_model(function.__name__, __config__=kept, **fields)
    answer, file = _with_file(signature.return_annotation)
    summary, _, description = (sys.modules[function.__module__].__doc__ or "").partition("\n")
    return Route(
        method, path, status, summary, description.strip(), function, parameters, body, answer, file, _renderer(answer)
    )


def arguments(
    route: Route, path: Mapping[str, str], query: Mapping[str, str], sent: str, body: bytes
) -> dict[str, Any]:
    """The handler's arguments. 404 for an identifier that cannot exist, 422 with a pointer for each wrong input.

    `sent` is the media type the caller declared, empty if none.
    """
    errors: Errors = [{"pointer": f"#/query/{name}", "detail": "the path says this"} for name in query if name in path]
    found: dict[str, Any] = {}
    try:
        found = dict(route.parameters.model_validate({**query, **path}))
    except ValidationError as error:
        if any(f"{{{wrong['loc'][0]}}}" in route.path for wrong in error.errors()):
            raise NotFound from None
        errors += _pointers("#/query", error)
    if route.body and (body.strip() or not route.body.optional):
        try:
            found[route.body.name] = _body(route.body, sent, body)
        except ValidationError as error:
            errors += _pointers("#", error)
    elif not route.body and body.strip() not in (b"", b"{}"):
        errors.append({"pointer": "#", "detail": "this operation takes no body"})
    if errors:
        named = "see errors" if len(errors) <= MOST_NAMED else f"errors has the first {MOST_NAMED}"
        raise Invalid(f"{len(errors)} input(s) to correct: {named}", errors=errors[:MOST_NAMED])
    return found


def _body(wanted: Body, sent: str, body: bytes) -> object:
    media_type = sent.partition(";")[0].strip().lower()
    if wanted.media_type not in (media_type, "*/*") and (media_type or issubclass(wanted.kind, Form)):
        raise Unsupported(f"send the body as {wanted.media_type}, with that Content-Type")
    if issubclass(wanted.kind, File):
        return wanted.kind(body)
    if issubclass(wanted.kind, Form):
        return wanted.kind.model_validate(_form(wanted.kind, sent, body))
    try:
        value = from_json(body, allow_inf_nan=False)  # model_validate_json would take NaN, which is no JSON
    except ValueError as error:
        raise Invalid.at("#", f"Invalid JSON: {error}") from None
    return wanted.kind.model_validate(value)


def _form(kind: type[Form], sent: str, body: bytes) -> dict[str, object]:
    from multipart import MultipartError, MultipartParser, parse_options_header

    boundary = parse_options_header(sent)[1].get("boundary", "")
    found: dict[str, object] = {}
    try:
        for part in MultipartParser(io.BytesIO(body), boundary, spool_limit=8 * 2**20):
            field = kind.model_fields.get(part.name)
            if field is not None and field.annotation is Upload:
                found[part.name] = Upload(filename=part.filename or "", content=part.raw)
            elif part.value:
                found[part.name] = part.value
    except (MultipartError, UnicodeDecodeError, LookupError) as error:
        raise Invalid.at("#", f"this is not a multipart form: {error}") from None
    return found


def _with_file(answer: Any) -> tuple[Any, type[File] | None]:
    parts = get_args(answer) if isinstance(answer, UnionType) else ()
    if len(parts) == 2 and isinstance(parts[1], type) and issubclass(parts[1], File):
        return parts
    return answer, None


def _renderer(answer: object) -> Callable[[Any], bytes]:
    if answer is None:
        return lambda _: b""
    if isinstance(answer, type) and issubclass(answer, File):
        return lambda file: bytes(file)
    adapter: TypeAdapter[Any] = TypeAdapter(answer)

    def render(value: Any) -> bytes:
        if isinstance(value, File):
            return bytes(value)
        return adapter.dump_json(value, warnings="error")  # an answer of another shape is our fault: 500

    return render


def _pointers(root: str, error: ValidationError) -> Errors:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return [{"pointer": _pointer(root, wrong), "detail": wrong["msg"]} for wrong in found]


def _pointer(root: str, wrong: ErrorDetails) -> str:
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in wrong["loc"] if step != "[key]")
    return "/".join([root, *steps])
