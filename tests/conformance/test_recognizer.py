"""What every recognizer keeps to; those that are not installed are skipped."""

import fcntl
import os
import subprocess
import sys
import termios
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from digitize.config import Limits, Recognition
from digitize.confinement import confine_commands
from digitize.errors import DocumentTimeoutError, RecognizerError
from digitize.recognition.api import PageImage, RecognizedPage, Recognizer, Word
from digitize.recognition.choice import RECOGNIZERS
from digitize.recognition.tesseract import TesseractRecognizer
from tests.digitize.recognition.papers import DPI, LINES, draw_print
from tests.sessions import in_session, until

BOX_TOLERANCE = 0.004
"""Of the page's sides: a third of a line's height."""
CONFIDENCE_TOLERANCE = 0.1


@pytest.fixture(autouse=True)
def caps(monkeypatch: pytest.MonkeyPatch) -> Callable[[Limits], None]:
    for name in ("CONFINED_TIME_LIMIT_S", "CONFINED_MEMORY_MIB"):
        monkeypatch.setenv(name, "")  # restored afterwards
    confine_commands(Limits())
    return confine_commands


@pytest.fixture(params=RECOGNIZERS)
def open_it(request: pytest.FixtureRequest, caps: Callable[[Limits], None]) -> Callable[[Limits], Recognizer]:
    pytest.importorskip(request.param)

    def open_with(limits: Limits) -> Recognizer:
        caps(limits)
        return RECOGNIZERS[request.param](Recognition(), limits)

    return open_with


@pytest.fixture
def recognizer(open_it: Callable[[Limits], Recognizer]) -> Recognizer:
    return open_it(Limits())


@pytest.fixture(scope="module")
def read_once(print_page: PageImage) -> Callable[[Recognizer], RecognizedPage]:
    """The page of print as each kind of recognizer reads it."""
    known: dict[type, RecognizedPage] = {}

    def read(recognizer: Recognizer) -> RecognizedPage:
        if type(recognizer) not in known:
            known[type(recognizer)] = recognizer.recognize(print_page)
        return known[type(recognizer)]

    return read


@pytest.fixture
def recognized(recognizer: Recognizer, read_once: Callable[[Recognizer], RecognizedPage]) -> RecognizedPage:
    return read_once(recognizer)


@pytest.fixture(scope="module")
def print_page(tmp_path_factory: pytest.TempPathFactory) -> PageImage:
    return write(tmp_path_factory.mktemp("page") / "print.bmp", 1)


def write(path: Path, times: int, number: int = 1) -> PageImage:
    """``times`` the lines of print, on a sheet as high as they need."""
    page = draw_print(times)
    page = page.crop((0, 0, page.width, 200 + 50 * times * len(LINES)))
    page.save(path)
    return PageImage(number, path, page.width, page.height, DPI)


class HangingPage:
    """An image of which only the head is ever delivered: C code that opens it waits, as on a page without end."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.image = PageImage(1, path, 100, 100, 300)
        self._pipe = os.open(path, os.O_RDWR)  # neither waits for the other side
        os.write(self._pipe, b"P5 100 100 255\n")

    def is_being_read(self) -> bool:
        left = fcntl.ioctl(self._pipe, termios.FIONREAD, bytes(4))
        return not int.from_bytes(left, sys.byteorder)

    def close(self) -> None:
        """The reader comes to the end, and finds nothing where it opens the file once more."""
        if self._pipe >= 0:
            self.image.path.unlink()
            os.close(self._pipe)
        self._pipe = -1


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[HangingPage]:
    page = HangingPage(tmp_path / "pipe.pgm")
    yield page
    page.close()


def words(recognized: RecognizedPage) -> list[Word]:
    return [word for line in recognized.lines for word in line.words]


def test_lines_are_read_in_order(recognized: RecognizedPage, print_page: PageImage) -> None:
    page = recognized
    assert tuple(line.text for line in page.lines) == LINES
    assert (page.number, page.width_px, page.height_px, page.dpi) == (1, print_page.width_px, print_page.height_px, DPI)


def test_text_is_composed_and_confidences_and_boxes_are_fractions(recognized: RecognizedPage) -> None:
    for word in words(recognized):
        assert unicodedata.is_normalized("NFC", word.text)
        assert not any(letter.isspace() for letter in word.text)
        assert 0.5 < word.confidence <= 1
        assert 0 <= word.box[0] < word.box[2] <= 1
        assert 0 <= word.box[1] < word.box[3] <= 1


def test_all_agree_with_the_portable_one(
    recognized: RecognizedPage, read_once: Callable[[Recognizer], RecognizedPage]
) -> None:
    portable = TesseractRecognizer(Recognition(), Limits())
    found, expected = words(recognized), words(read_once(portable))
    assert [word.text for word in found] == [word.text for word in expected]
    for one, other in zip(found, expected, strict=True):
        assert one.box == pytest.approx(other.box, abs=BOX_TOLERANCE)
        assert one.confidence == pytest.approx(other.confidence, abs=CONFIDENCE_TOLERANCE)


def test_a_page_reads_the_same_whatever_was_read_before(
    recognizer: Recognizer, recognized: RecognizedPage, print_page: PageImage, tmp_path: Path
) -> None:
    recognizer.recognize(write(tmp_path / "another.bmp", 2))
    assert recognizer.recognize(print_page) == recognized


def test_threads_do_not_mix_pages_up(recognizer: Recognizer, tmp_path: Path) -> None:
    pages = [write(tmp_path / f"{times}.bmp", times, number=times) for times in (0, 1, 2)]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(recognizer.recognize, pages))
    assert [len(each.lines) for each in found] == [0, len(LINES), 2 * len(LINES)]
    assert [each.number for each in found] == [0, 1, 2]


def test_what_is_no_image_is_an_error_and_the_next_page_is_read(
    recognizer: Recognizer, print_page: PageImage, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    with pytest.raises(RecognizerError) as caught:
        recognizer.recognize(PageImage(7, broken, 100, 100, 300))
    assert caught.value.values == {"page": 7}
    assert recognizer.recognize(print_page).lines


def test_a_page_over_the_time_limit_is_ended(
    open_it: Callable[[Limits], Recognizer], hanging: HangingPage, print_page: PageImage
) -> None:
    with pytest.raises(DocumentTimeoutError):
        open_it(Limits(page_time_limit_s=1)).recognize(hanging.image)
    recognizer = open_it(Limits())
    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(recognizer.recognize, hanging.image)
        assert recognizer.recognize(print_page).lines
        assert not endless.done()
        hanging.close()
        with pytest.raises(RecognizerError):
            endless.result()


def test_a_page_that_wants_too_much_memory_fails_alone(open_it: Callable[[Limits], Recognizer], tmp_path: Path) -> None:
    recognizer = open_it(Limits(subprocess_memory_mib=200))
    greedy = tmp_path / "greedy.pgm"
    with greedy.open("wb") as file:
        file.write(b"P5 20000 20000 255\n")
        file.truncate(20_000 * 20_000 + 30)  # 400 MB, sparse
    with ThreadPoolExecutor(2) as pool:
        fine = pool.submit(recognizer.recognize, write(tmp_path / "short.bmp", 1))
        with pytest.raises(RecognizerError):
            recognizer.recognize(PageImage(1, greedy, 20_000, 20_000, 300))
        assert len(fine.result().lines) == len(LINES)


def test_diagnostics_name_a_version_and_the_languages(recognizer: Recognizer) -> None:
    facts = recognizer.diagnostics()
    assert int(facts["version"].split(".")[0]) >= 5
    assert "vie" in facts["languages"].split(",")


def test_nothing_outlives_a_caller_that_is_killed(
    open_it: Callable[[Limits], Recognizer], request: pytest.FixtureRequest, hanging: HangingPage
) -> None:
    """Given a page that hangs, when its caller is killed, then whatever the caller started is gone soon."""
    caller = subprocess.Popen(
        [sys.executable, "-c", CALLER, request.node.callspec.params["open_it"], hanging.image.path],
        start_new_session=True,
    )
    until(hanging.is_being_read)
    assert len(in_session(caller.pid)) > 1
    caller.kill()
    caller.wait()
    until(lambda: not in_session(caller.pid))


CALLER = """
import sys
from pathlib import Path
from digitize.config import Limits, Recognition
from digitize.recognition.api import PageImage
from digitize.recognition.choice import RECOGNIZERS
RECOGNIZERS[sys.argv[1]](Recognition(), Limits()).recognize(PageImage(1, Path(sys.argv[2]), 100, 100, 300))
"""
