"""`digitize retry`: quarantined documents go back to where they can be resumed, once their cause is mended."""

from datetime import UTC, datetime

from digitize.door_errors import RetryRefusedError
from digitize.errors import NotFoundError
from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.terminal import err, out, problem_text
from service.language import say
from storage.open_catalogue import OpenCatalogue

_ACTOR = "cli"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MANY = 1_000_000


def retry(document_ids: list[str], code: str | None) -> ExitCode:
    """Those named, each refusal told; or all that are quarantined for this error."""
    catalogue = open_started_catalogue()
    if code is not None:
        return _end(_resume_stopped(catalogue, code), ExitCode.OK)
    worst, done = ExitCode.OK, 0
    for document_id in dict.fromkeys(document_ids):
        try:
            catalogue.resume(document_id, _ACTOR)
            done += 1
        except (NotFoundError, RetryRefusedError) as error:
            err.print(problem_text(error.problem(), document_id), soft_wrap=True)
            worst = max(worst, ExitCode(error.exit_code))
    return _end(done, worst)


def _resume_stopped(catalogue: OpenCatalogue, code: str) -> int:
    """An error also stands at those that wait for their next attempt, or were rejected: they are left alone."""
    done = 0
    for document_id in catalogue.changed(_EPOCH, _MANY, error_code=code):
        try:
            catalogue.resume(document_id, _ACTOR)
            done += 1
        except RetryRefusedError:
            continue
    return done


def _end(done: int, worst: ExitCode) -> ExitCode:
    if done:
        said = say(vi=f"Cho xử lý lại {done} tài liệu.", en=f"Documents taken up again: {done}.")
    else:
        said = say(vi="Không có tài liệu nào được xử lý lại.", en="No document was taken up again.")
    out.print(said, highlight=False)
    return worst if done or worst else ExitCode.NOT_FOUND
