"""From a reading, the checks and the second sources to one field of the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digitize.config import Extraction
from digitize.extraction.api import Clues
from digitize.extraction.checks.api import Candidate
from digitize.extraction.checks.registry import CHECKS
from digitize.extraction.confidence import Judgement, judge, judge_by_rule
from digitize.extraction.layout import enclose
from digitize.extraction.letters import squeeze
from digitize.extraction.paper import Paper, Reading
from digitize.extraction.printings import Vocabulary
from digitize.extraction.schema import FieldSpec
from digitize.extraction.sources.witnesses import Testimony
from digitize.model import Box, FieldRecord, Method
from digitize.recognition.api import RecognizedPage

AGREED_CONFIDENCE = 0.998
"""Of a value that the print and a second source give alike; judged: of 70 drawn for calibration none was wrong."""
UNPRINTED_CONFIDENCE = 0.996
"""Of a value of a second source that proved to be of this paper, where nothing is printed or read; judged too."""
SAYS_NONE = "says_none"
"""Held where the paper prints that it has no such value."""
LETTERS_IN_CODE_MIN = 8
"""Letters and digits a value needs for its standing inside a code to be no accident."""


@dataclass(frozen=True)
class Evidence:
    """All that is known of one paper when its fields are settled."""

    paper: Paper
    candidates: Mapping[str, Candidate]
    """Of every field the value to believe."""
    heard: Mapping[str, Testimony]
    words: Vocabulary
    codes: tuple[str, ...]
    """What the codes on the pages say, squeezed."""
    settings: Extraction

    def settle(self, field: FieldSpec, reading: Reading | None) -> "Settled | None":
        """None where the field is neither printed nor told by a second source."""
        testimony = self.heard.get(field.name)
        if testimony is not None and testimony.replaces:
            return self._testified(field, reading, testimony)
        return None if reading is None else self._read(field, reading, testimony)

    def _testified(self, field: FieldSpec, reading: Reading | None, testimony: Testimony) -> "Settled":
        witness = testimony.witness
        verdict = self._check(field, testimony)
        confidence = AGREED_CONFIDENCE if testimony.held else UNPRINTED_CONFIDENCE
        judgement = judge_by_rule(confidence, verdict.failed, testimony.doubts, self.settings)
        is_printed = reading is not None and reading.text is not None and bool(reading.tokens)
        place = self._place(reading) if reading and is_printed else (witness.page, witness.box)
        return self._settled(field, verdict, judgement, place, witness.method)

    def _read(self, field: FieldSpec, reading: Reading, testimony: Testimony | None) -> "Settled":
        sheet = None if reading.sheet is None else self.paper.sheet(reading.sheet)
        method: Method = "text_layer" if sheet is not None and sheet.text_layer else "ocr"
        place = self._place(reading)
        if self.candidates[field.name].value is None:
            if reading.text is not None and field.says_none(reading.text):
                # What is doubted for its length or shape is a value; these words are known, and begin at the label.
                judgement = judge_by_rule(AGREED_CONFIDENCE, (), (), self.settings)
                return self._settled(field, _Verdict((SAYS_NONE,), ()), judgement, place, method)
            unread = () if reading.text is None else (f"is_{field.normaliser}",)
            return self._settled(field, _Verdict((), unread), Judgement(0.0, (), accepted=False), place, method)
        verdict = self._check(field, testimony)
        checks = (verdict.held, verdict.failed)
        judgement = judge(field, reading, checks, self.words, sheet, self.paper, self.settings)
        return self._settled(field, verdict, judgement, place, method)

    def _place(self, reading: Reading) -> tuple[int | None, Box | None]:
        """Page and box."""
        page = None if reading.sheet is None else self.paper.sheet(reading.sheet).page
        return page, enclose(reading.tokens) if reading.tokens else None

    def _check(self, field: FieldSpec, testimony: Testimony | None) -> "_Verdict":
        candidate = self.candidates[field.name]
        held: list[str] = []
        failed: list[str] = []
        for check in field.checks:
            name, *others = check.split(":")
            verdict = CHECKS[name](candidate, self.candidates, others, self.paper.document_type)
            if verdict is not None:
                (held if verdict else failed).append(name)
        if testimony is not None:
            held += testimony.held
            failed += testimony.failed
        elif self._stands_in_code(candidate):
            held.append("matches_qr")
        return _Verdict(tuple(held), tuple(failed), () if testimony is None else testimony.witness.notes)

    def _stands_in_code(self, candidate: Candidate) -> bool:
        """Whether a code on the paper holds the value, as those of registrations, receipts and land certificates do."""
        letters = squeeze(candidate.value or "")
        long_enough = len(letters) >= LETTERS_IN_CODE_MIN and any(c.isdigit() for c in letters)
        return long_enough and any(letters in code for code in self.codes)

    def _settled(
        self,
        field: FieldSpec,
        verdict: "_Verdict",
        judgement: Judgement,
        place: tuple[int | None, Box | None],
        method: Method,
    ) -> "Settled":
        candidate = self.candidates[field.name]
        failed = (f"failed:{name}" for name in verdict.failed)
        record = FieldRecord(
            value=candidate.value,
            text=candidate.text,
            confidence=judgement.confidence,
            state="accepted" if judgement.accepted else "review",
            page=place[0],
            box=place[1],
            method=method,
            checks=(*verdict.held, *failed, *(f"doubt:{name}" for name in judgement.doubts), *verdict.notes),
        )
        return Settled(record, judgement.clues)


@dataclass(frozen=True, slots=True)
class Settled:
    record: FieldRecord
    clues: Clues | None


@dataclass(frozen=True, slots=True)
class _Verdict:
    held: tuple[str, ...]
    failed: tuple[str, ...]
    notes: tuple[str, ...] = ()


def codes_of(pages: Iterable[RecognizedPage]) -> tuple[str, ...]:
    return tuple(squeeze(code.text) for page in pages for code in page.codes)
