"""The recognize stage: every page of a document, side by side, one page's files on disk at a time."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.config import Limits, Recognition
from digitize.ingestion.page_images import make_page_image, render_page
from digitize.ingestion.preview import PREVIEW_DPI, make_preview
from digitize.inspection.api import Inspected, PagePlan
from digitize.inspection.quality import judge
from digitize.inspection.text_layer import read_text_layer
from digitize.recognition.api import Recognized, Recognizer
from digitize.recognition.codes import read_codes
from digitize.recognition.coloured_print import read_coloured
from digitize.recognition.cut_edges import is_cut_off
from digitize.recognition.placing import blank_page, place
from digitize.recognition.preparation import prepare
from digitize.recognition.secrecy import refuse_secret_stamps, refuse_secret_words


def recognize_document(
    inspected: Inspected,
    recognizer: Recognizer,
    recognition: Recognition,
    limits: Limits,
    folder: Path,
    *,
    previews: bool = False,
) -> Iterator[Recognized]:
    """Yield the pages in order. At most ``pages_in_parallel`` are under way and as many wait to be taken,
    so that 500 pages cost no more memory than a few.

    Raises DamagedInputError, DocumentTimeoutError, RecognizerError, and SecretPaperError at the first page found to
    bear a secrecy mark.
    """
    width = max(1, recognition.pages_in_parallel)
    with ThreadPoolExecutor(width, thread_name_prefix="page") as pool:
        waiting: list[Future[Recognized]] = []
        plans = iter(inspected.pages)
        try:
            for plan in plans:
                waiting.append(
                    pool.submit(_recognize_page, inspected, plan, recognizer, limits, folder, previews=previews)
                )
                if len(waiting) >= 2 * width:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()


def _recognize_page(
    inspected: Inspected,
    plan: PagePlan,
    recognizer: Recognizer,
    limits: Limits,
    folder: Path,
    *,
    previews: bool,
) -> Recognized:
    with TemporaryDirectory(dir=folder) as name:
        page_folder = Path(name)
        if plan.source == "text":
            page = read_text_layer(inspected.path, plan, limits)
            refuse_secret_words(page)
            if not previews:
                return Recognized(page)
            drawn = render_page(inspected.path, plan.number, PREVIEW_DPI, page_folder, limits)
            return Recognized(page, make_preview(drawn))
        image = make_page_image(inspected, plan, page_folder, limits)
        prepared = prepare(image, recognizer, page_folder)
        refuse_secret_stamps(prepared, recognizer, page_folder)
        if prepared.blank:
            page = blank_page(prepared)
        else:
            page = prepared.reading or recognizer.recognize(prepared.image)
            page = place(read_coloured(page, prepared, recognizer, page_folder), prepared)
            refuse_secret_words(page)
            problems = judge(prepared.measures, page.mean_confidence)
            codes = read_codes(prepared.grey, prepared.image.dpi, prepared.mapping)
            page = replace(page, problems=problems, codes=codes, cut_off=is_cut_off(page))
        return Recognized(page, make_preview(image.path, prepared.turn) if previews else None)
