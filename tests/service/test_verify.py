"""Verification of PDFs from anywhere, which are hostile until shown otherwise."""

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from digitize.config import Config
from signing.signer import open_signer
from tests.service.conftest import Doors

PDF = {"Content-Type": "application/pdf"}


def paper() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


@pytest.fixture
def signed(config: Config, tmp_path: Path) -> bytes:
    """A paper sealed with the development CA that this system itself trusts."""
    source, target = tmp_path / "paper.pdf", tmp_path / "signed.pdf"
    source.write_bytes(paper())
    open_signer(config.signing, config.secrets_dir).sign_pdf(source, target, None)
    return target.read_bytes()


def test_signed_paper_passes_and_a_changed_one_fails(doors: Doors, signed: bytes) -> None:
    client, key = doors.client("verify")
    headers = {**PDF, "Authorization": f"Bearer {key}"}
    report = doors.http.post("/v1/verify", content=signed, headers=headers).json()
    assert report["verdict"] == "TOTAL-PASSED"
    assert [signature["intact"] for signature in report["signatures"]] == [True]
    assert report["vi"]
    assert report["en"]
    entry = doors.catalogue.events(limit=1)[0]
    assert (entry.actor, entry.kind) == (client.client_id, "access.verify")
    assert entry.data == {"verdict": "TOTAL-PASSED", "signatures": 1}

    changed = signed.replace(b"/MediaBox", b"/mediaBox", 1)
    assert changed != signed
    report = doors.http.post("/v1/verify", content=changed, headers=headers).json()
    assert report["verdict"] == "TOTAL-FAILED"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n\x00", paper()])
def test_what_bears_no_signature_fails(doors: Doors, content: bytes) -> None:
    report = doors.http.post("/v1/verify", content=content, headers=doors.bearer("verify")).json()
    assert (report["verdict"], report["signatures"]) == ("TOTAL-FAILED", [])


def test_empty_body_is_refused(doors: Doors) -> None:
    answer = doors.http.post("/v1/verify", content=b"", headers=doors.bearer("verify"))
    assert (answer.status_code, answer.json()["code"]) == (422, "input_empty")


class TestLimits:
    @pytest.fixture
    def config(self, config: Config) -> Config:
        return config.model_copy(update={"service": config.service.model_copy(update={"max_upload_mib": 1})})

    def test_too_large_a_body_is_refused_by_its_announced_length(self, doors: Doors) -> None:
        answer = doors.http.post("/v1/verify", content=b"x" * (1024 * 1024 + 1), headers=doors.bearer("verify"))
        assert (answer.status_code, answer.json()["code"]) == (413, "input_too_large")

    def test_too_large_a_body_of_unknown_length_is_refused_while_it_streams(self, doors: Doors) -> None:
        def chunks() -> Iterator[bytes]:
            for _ in range(17):
                yield b"x" * 65_536

        answer = doors.http.post("/v1/verify", content=chunks(), headers=doors.bearer("verify"))
        assert (answer.status_code, answer.json()["code"]) == (413, "input_too_large")

    def test_body_as_large_as_the_limit_is_read(self, doors: Doors) -> None:
        answer = doors.http.post("/v1/verify", content=b"x" * 1024 * 1024, headers=doors.bearer("verify"))
        assert (answer.status_code, answer.json()["verdict"]) == (200, "TOTAL-FAILED")

    def test_without_a_key_no_body_is_read(self, doors: Doors) -> None:
        assert doors.http.post("/v1/verify", content=b"x" * (1024 * 1024 + 1)).status_code == 401

    def test_json_bodies_have_a_smaller_limit(self, doors: Doors) -> None:
        body = {"owner_id": "1", "document_type": "x" * 70_000}
        answer = doors.http.post("/v1/lookup", json=body, headers=doors.bearer("lookup"))
        assert (answer.status_code, answer.json()["code"]) == (413, "invalid_request")


class TestTimeLimit:
    @pytest.fixture
    def config(self, config: Config) -> Config:
        return config.model_copy(update={"limits": config.limits.model_copy(update={"page_time_limit_s": 0})})

    def test_reading_that_takes_too_long_is_stopped(self, doors: Doors) -> None:
        answer = doors.http.post("/v1/verify", content=paper(), headers=doors.bearer("verify"))
        assert (answer.status_code, answer.json()["code"]) == (422, "document_timeout")


class TestMemoryLimit:
    @pytest.fixture
    def config(self, config: Config) -> Config:
        return config.model_copy(update={"limits": config.limits.model_copy(update={"subprocess_memory_mib": 32})})

    def test_reading_that_eats_memory_dies_alone(self, doors: Doors) -> None:
        answer = doors.http.post("/v1/verify", content=paper(), headers=doors.bearer("verify"))
        assert (answer.status_code, answer.json()["code"]) == (422, "input_damaged")
        assert doors.http.get("/health/live").status_code == 200
