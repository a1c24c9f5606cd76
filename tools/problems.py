"""Which problems an operation may answer, and what the page of each, `GET /problems/{name}`, is made from."""

from collections.abc import Iterable, Iterator

from shared.adapters.secrets import SecretsUnavailable
from shared.core.errors import Forbidden, Invalid, NotFound, Problem, TooLarge, Unauthenticated, Unsupported
from shared.core.files import File, Form
from shared.core.idempotency import IdempotencyKeyInUse, IdempotencyKeyReused
from shared.domains.admins.errors import AddressNotAllowed
from shared.entry.caller import ImpersonationReadOnly, ImpersonationRefused, SecondFactorMissing, WrongAudience
from shared.entry.http import Api, IdempotencyKeyRequired
from shared.entry.refusals import STANDINGS, DatabaseUnavailable, RateLimited, StepUpRequired
from tools.functions import Function

Page = dict[str, object]
Problems = set[type[Problem]]

MANY = 40  # operations on a page: more are no help
MEANINGS = {
    400: "The Idempotency-Key is missing or not of 1 to 255 characters",
    401: "Not signed in, or no longer; a call without any Authorization header gets the gateway's own short answer",
    403: "Without the permission",
    404: "There is no such thing, or it is another tenant's",
    409: "Contradicts what is there",
    410: "No longer there",
    413: "Larger than is taken here",
    415: "Of a media type that is not taken here",
    422: "Not valid: see errors",
    423: "Locked for a while",
    429: "Too many requests",
    500: "Our fault; it has been logged",
    503: "Something this needs does not answer; try again",
}


def refusals(api: Api) -> Problems:
    """What an operation may answer: what its decorator declares, and what the harness does around it."""
    return {*api.problems} | usual(api)


def usual(api: Api) -> Problems:
    """What the harness may answer in place of an operation."""
    found: Problems = {Invalid, SecretsUnavailable}
    if api.database:
        found |= {DatabaseUnavailable, RateLimited} if api.cost else {DatabaseUnavailable}
    if not api.public:
        found |= {Unauthenticated} | _of_callers(api)
    if api.takes_key:
        found |= {IdempotencyKeyRequired, IdempotencyKeyInUse, IdempotencyKeyReused}
    if "{" in api.route.path:
        found.add(NotFound)
    if api.route.body:
        found |= {Unsupported, TooLarge} if issubclass(api.route.body.kind, (File, Form)) else {Unsupported}
    return found


def _of_callers(api: Api) -> Problems:
    """Who may not, by his token and what the database knows of it."""
    found: Problems = {StepUpRequired} if api.step_up else set()
    if api.approved:
        found |= {problem for problem, _ in STANDINGS.values()}
    if api.audience != "both":
        found.add(WrongAudience)
    if api.audience != "user":
        found |= {AddressNotAllowed} if api.enrolling else {AddressNotAllowed, SecondFactorMissing}
    if api.audience != "admin":
        found |= {Forbidden, ImpersonationRefused if api.impersonation == "never" else AddressNotAllowed}
        if api.changes and api.impersonation == "allowed":
            found.add(ImpersonationReadOnly)
    return found | ({Forbidden} if api.permission else set())


def described(status: int, problems: Iterable[type[Problem]]) -> str:
    """What a refusal of a status means, with links to the pages of those of `problems` that have it."""
    links = sorted(f"[{found.slug}](/problems/{found.slug})" for found in problems if found.kind.value == status)
    return f"{MEANINGS[status]}: {', '.join(links)}" if links else MEANINGS[status]


def known(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    """Every problem of the product, as far as its modules are imported."""
    for found in kind.__subclasses__():
        if found.__module__.startswith(("shared.", "functions.")):
            yield found
        yield from known(found)


def pages(functions: list[Function]) -> dict[str, Page]:
    """What the page of each problem says, by slug; problems that share one must have one title."""
    apis = {found.name: found.spec for found in functions if isinstance(found.spec, Api)}
    by_slug: dict[str, list[type[Problem]]] = {}
    for problem in sorted(known(), key=lambda found: found.kind.value):
        by_slug.setdefault(problem.slug, []).append(problem)
    made: dict[str, Page] = {}
    for slug, problems in sorted(by_slug.items()):
        if len({problem.title for problem in problems}) > 1:
            raise SystemExit(f"/problems/{slug} has several titles: rename one of the classes")
        made[slug] = {
            "title": problems[0].title,
            "status": " or ".join(dict.fromkeys(str(problem.kind.value) for problem in problems)),
            "about": " ".join(dict.fromkeys(map(_about, problems))),
            "operations": _operations(slug, apis),
        }
    return made


def _operations(slug: str, apis: dict[str, Api]) -> dict[str, str]:
    """Who may answer it, by name; if those are too many, who declares it."""
    found = {name: api for name, api in apis.items() if any(problem.slug == slug for problem in refusals(api))}
    if len(found) > MANY:
        found = {name: api for name, api in found.items() if any(problem.slug == slug for problem in api.problems)}
    return {name: api.route.operation for name, api in found.items()}


def _about(problem: type[Problem]) -> str:
    own = vars(problem).get("__doc__") or f"{MEANINGS[problem.kind.value]}."
    return " ".join(own.split())
