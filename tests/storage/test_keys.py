"""Keys carry ids, and what a station may call a scan is checked before anything is done with it."""

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from digitize.errors import InvalidKeyError
from digitize.identity import document_id, is_document_id
from storage import keys

ID = document_id(unit="H99.01", dossier="D1", component="TP01", sha256="0" * 64)
codes = st.text("AHDab019_-", min_size=1, max_size=64).filter(lambda code: code[0].isalnum())
filenames = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"]), min_size=1, max_size=60).filter(
    lambda name: not set(name) & set("/\\") and name.strip() not in {"", ".", ".."} and len(name.encode()) <= 255
)
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
maybe_code = st.none() | codes


def test_keys_of_a_document_lie_in_its_folder() -> None:
    folder = f"{ID[:2]}/{ID}/"
    assert keys.archive_prefix(ID) == folder
    assert keys.original_key(ID, "pdf") == folder + "original.pdf"
    assert keys.signed_key(ID) == folder + "signed.pdf"
    assert keys.record_key(ID) == folder + "record.json"
    assert keys.record_signature_key(ID) == folder + "record.json.p7s"
    assert keys.page_key(ID, 1, "jpg") == f"{ID}/pages/0001.jpg"
    assert keys.page_key(ID, 9_999, "json") == f"{ID}/pages/9999.json"
    assert keys.status_key("H99.01", ID) == f"H99.01/_status/{ID}.json"
    assert keys.is_status_key(keys.status_key("H99.01", ID))
    assert not keys.is_status_key("H99.01/D1/TP01/_status")


@pytest.mark.parametrize(
    "wrong", ["", "x", ID.upper(), ID + "0", ID[:-1], "../" + ID[3:], "i" + ID[1:], ID[:-1] + "\n"]
)
def test_no_key_is_made_of_what_is_no_id(wrong: str) -> None:
    for make in (keys.archive_prefix, keys.signed_key, keys.record_key, keys.record_signature_key, keys.pages_prefix):
        with pytest.raises(ValueError, match="document id"):
            make(wrong)
    with pytest.raises(ValueError, match="document id"):
        keys.status_key("H99.01", wrong)


@pytest.mark.parametrize("extension", ["", "PDF", "p/f", "..", "toolong", "pdf\n"])
def test_an_extension_is_checked(extension: str) -> None:
    with pytest.raises(ValueError, match="extension"):
        keys.original_key(ID, extension)


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_a_page_number_is_checked(number: int) -> None:
    with pytest.raises(ValueError, match="page numbers"):
        keys.page_key(ID, number, "jpg")


def test_the_parts_of_an_inbox_key_are_found() -> None:
    found = keys.parse_inbox_key("H99.01/H99.01-260912-0001/TP01/Giấy khai sinh (bản 2).pdf")
    assert (found.unit, found.dossier, found.component) == ("H99.01", "H99.01-260912-0001", "TP01")
    assert (found.filename, found.role) == ("Giấy khai sinh (bản 2).pdf", "component")


@pytest.mark.parametrize(
    ("component", "role"),
    [("KQ1", "result"), ("KQ12", "result"), ("KQ", "component"), ("TP01", "component"), ("KQ1a", "component")],
)
def test_a_component_code_tells_the_role(component: str, role: str) -> None:
    assert keys.parse_inbox_key(f"H99.01/D1/{component}/a.pdf").role == role


@pytest.mark.parametrize(
    "key",
    [
        "", "/", "a.pdf", "H99.01/a.pdf", "H99.01/D1/a.pdf", "H99.01/D1/TP01/x/a.pdf", "/H99.01/D1/TP01/a.pdf",
        "H99.01/D1/TP01/", "H99.01//TP01/a.pdf", "H99.01/D1/TP01/a.pdf/", "H99.01/_status/x/a.pdf",
        "../D1/TP01/a.pdf", "H99.01/../TP01/a.pdf", "H99.01/D1/TP01/..", "H99.01/D1/TP01/.", "H99.01/D1/TP01/ .. ",
        "./D1/TP01/a.pdf", "H99..01/D1/TP01/a.pdf", "H99.01/D1/TP01/..\\a.pdf", "H99 01/D1/TP01/a.pdf",
        "H99.*/D1/TP01/a.pdf", "H99.01/D1/TP01/a\n.pdf", "H99.01/D1/TP01/a\0.pdf", "H99.01/D1/TP01/a\x7f.pdf",
        "H99.01/D1/TP01/a\u202efdp.exe", "H99.01/D1/TP01/a\u2028.pdf", "H99.01/D1/TP01/\ud800.pdf",
        "H99.01\n/D1/TP01/a.pdf", "Ｈ99.01/D1/TP01/a.pdf", "Đ/D1/TP01/a.pdf", "-H/D1/TP01/a.pdf",
        "H" * 65 + "/D1/TP01/a.pdf", "H99.01/D1/TP01/" + "a" * 256, "H99.01/D1/TP01/" + "ấ" * 86,
    ],
)  # fmt: skip
def test_a_key_of_another_shape_is_refused(key: str) -> None:
    with pytest.raises(InvalidKeyError):
        keys.parse_inbox_key(key)


@given(codes, codes, codes, filenames)
@example("H99.01", "D1", "KQ1", "e\u0301.pdf")
def test_a_well_formed_key_is_read_back(unit: str, dossier: str, component: str, filename: str) -> None:
    key = keys.inbox_key(unit=unit, dossier=dossier, component=component, filename=filename)
    found = keys.parse_inbox_key(key)
    assert (found.key, found.unit, found.dossier, found.component) == (key, unit, dossier, component)
    assert found.filename == unicodedata.normalize("NFC", filename)


@given(st.text(max_size=80) | st.lists(st.text(max_size=12), min_size=4, max_size=4).map("/".join))
def test_any_text_is_read_or_refused(untrusted_key: str) -> None:
    try:
        found = keys.parse_inbox_key(untrusted_key)
    except InvalidKeyError:
        return
    assert found.key == untrusted_key
    assert untrusted_key.split("/")[:3] == [found.unit, found.dossier, found.component]
    assert all(code.isascii() and code[0].isalnum() for code in (found.unit, found.dossier, found.component))
    assert not {".", ".."} & set(untrusted_key.split("/"))
    assert untrusted_key.isprintable() or all(unicodedata.category(c) not in {"Cc", "Cs"} for c in untrusted_key)
    assert not keys.is_status_key(untrusted_key)


@given(maybe_code, maybe_code, maybe_code, hashes)
def test_the_same_drop_has_the_same_id(
    unit: str | None, dossier: str | None, component: str | None, sha256: str
) -> None:
    one = document_id(unit=unit, dossier=dossier, component=component, sha256=sha256)
    assert one == document_id(unit=unit, dossier=dossier, component=component, sha256=sha256)
    assert is_document_id(one)
    assert keys.archive_prefix(one).startswith(one[:2])


@given(st.tuples(codes, codes, codes, hashes), st.tuples(codes, codes, codes, hashes))
@example(("ab", "c", "d", "0" * 64), ("a", "bc", "d", "0" * 64))
@example(("a", "bc", "d", "0" * 64), ("a", "b", "cd", "0" * 64))
def test_other_drops_have_other_ids(one: tuple[str, str, str, str], other: tuple[str, str, str, str]) -> None:
    assume(one != other)
    ids = [document_id(unit=d[0], dossier=d[1], component=d[2], sha256=d[3]) for d in (one, other)]
    assert ids[0] != ids[1]
