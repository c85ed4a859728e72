"""What `make evaluate` counts as an error, and what it does not."""

import pytest

from tests.benchmarks.evaluation.scores import find, order_of_places, score

LINES = ("Ủy ban nhân dân xã Suối Mây", "Căn cứ Luật Hộ tịch số sáu mươi", "Nguyễn Thị Mỹ Lệ ký thay Chủ tịch")


def test_a_perfect_reading_has_no_error() -> None:
    perfect = score(LINES, LINES, complete=True)
    assert (perfect.cer, perfect.cer_letters, perfect.cer_text, perfect.words, perfect.order) == (0, 0, 0, 1, 1)


def test_a_lost_tone_is_an_error_of_marks_alone() -> None:
    found = score(LINES, (LINES[0].replace("Suối", "Suôi"), *LINES[1:]), complete=True)
    assert found.cer == pytest.approx(1 / sum(map(len, LINES)))
    assert found.cer_letters == 0


def test_lines_in_another_order_are_found_but_not_in_order() -> None:
    found = score(LINES, LINES[::-1], complete=True)
    assert found.cer == 0
    assert found.order == 0
    assert found.cer_text is not None
    assert found.cer_text > 0.5


def test_what_else_stands_on_the_page_is_no_error_of_a_truth_that_is_not_complete() -> None:
    found = score(LINES[:1], (*LINES, "12345"), complete=False)
    assert found.cer == 0
    assert found.cer_text is None


def test_an_empty_result_is_all_wrong() -> None:
    found = score(LINES, (), complete=True)
    assert found.cer == found.cer_text == 1
    assert found.words == 0


@pytest.mark.parametrize(("line", "text", "distance"), [("abc", "xxabcxx", 0), ("abc", "xxacxx", 1), ("abc", "", 3)])
def test_a_line_is_found_where_it_is_nearest(line: str, text: str, distance: int) -> None:
    assert find(line, text)[0] == distance


ROWS = ((0.1, 0.1, 0.9, 0.12), (0.1, 0.2, 0.9, 0.22), (0.1, 0.3, 0.9, 0.32))


def at(row: int, x: float) -> tuple[float, float, float, float]:
    return (x, 0.1 * (row + 1), x + 0.05, 0.1 * (row + 1) + 0.02)


def test_lines_that_repeat_each_other_are_told_apart_by_their_places() -> None:
    read = [at(row, x) for row in (0, 1, 2) for x in (0.2, 0.4, 0.6)]
    assert order_of_places(ROWS, read) == 1
    assert order_of_places(ROWS, read[3:] + read[:3]) == 0.5


def test_rows_read_across_two_columns_are_not_in_order() -> None:
    columns = tuple((x, row[1], x + 0.4, row[3]) for x in (0.1, 0.5) for row in ROWS)
    down = [at(row, x) for x in (0.2, 0.6) for row in (0, 1, 2)]
    across = [at(row, x) for row in (0, 1, 2) for x in (0.2, 0.6)]
    assert order_of_places(columns, down) == 1
    assert order_of_places(columns, across) == 0
