"""Templates to HTML: everything escaped, every name that is missing an error."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from digitize.errors import QUALITY_PROBLEMS
from service.console import codes, event_details, formats, labels, texts
from service.negotiation import Language, preferred_language
from service.rates import LEVELS
from service.states import STATES

TEMPLATES_DIR = Path(__file__).parent.parent / "templates"
LANGUAGE_COOKIE = "digitize_language"
_YEAR_S = 365 * 86_400


class Pages:
    """Draws the console's pages in the language of the reader: ``?lang=``, else the cookie, else the browser's."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES_DIR),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            local_time=formats.local_time,
            masked=formats.masked,
            percent=formats.percent,
            short_id=formats.short_id,
            size=formats.size,
        )

    def draw(self, request: Request, template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
        language = reader_language(request)
        other: Language = "en" if language == "vi" else "vi"
        page = self._environment.get_template(template).render(
            **values,
            language=language,
            other_language=other,
            in_other_language=f"{request.url.path}?{request.url.include_query_params(lang=other).query}",
            t=partial(texts.phrase, language=language),
            state_name=partial(codes.named, STATES, language=language),
            field_state_name=partial(codes.named, codes.FIELD_STATES, language=language),
            sex_name=partial(codes.named, codes.SEXES, language=language),
            priority_name=partial(codes.named, codes.PRIORITIES, language=language),
            quality_name=partial(codes.named, codes.QUALITY, language=language),
            problem_name=partial(codes.named, QUALITY_PROBLEMS, language=language),
            method_name=partial(codes.named, codes.METHODS, language=language),
            stage_name=partial(codes.named, codes.STAGES, language=language),
            outcome_name=partial(codes.named, codes.OUTCOMES, language=language),
            event_details=partial(event_details.told, language=language),
            actor_name=partial(codes.actor_name, language=language),
            event_name=partial(codes.named, codes.EVENTS, language=language),
            check_text=partial(codes.check_text, language=language),
            field_label=partial(labels.field_label, language=language),
            type_label=partial(labels.type_label, language=language),
            age=partial(formats.age, language=language),
            rate=partial(formats.rate, language=language),
            level_name=partial(codes.named, LEVELS, language=language),
        )
        response = HTMLResponse(page, status_code=status, headers={"Content-Language": language})
        if request.query_params.get("lang") in ("vi", "en"):
            response.set_cookie(
                LANGUAGE_COOKIE, language, max_age=_YEAR_S, path="/console", httponly=True, samesite="strict"
            )
        return response


def reader_language(request: Request) -> Language:
    for asked in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if asked in ("vi", "en"):
            return "vi" if asked == "vi" else "en"
    return preferred_language(request.headers.get("accept-language"))
