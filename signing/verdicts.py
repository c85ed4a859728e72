"""From findings to a verdict (ETSI EN 319 102-1), and the sentence a clerk reads."""

from collections.abc import Sequence
from typing import Literal

from digitize.model import SignatureRecord
from signing.api import VerificationReport
from signing.keys.development_ca import SIGNING_NAME

Verdict = Literal["TOTAL-PASSED", "INDETERMINATE", "TOTAL-FAILED"]

PASSED: Verdict = "TOTAL-PASSED"
INDETERMINATE: Verdict = "INDETERMINATE"
FAILED: Verdict = "TOTAL-FAILED"
_RANK: dict[str, int] = {PASSED: 0, INDETERMINATE: 1, FAILED: 2}

NO_SIGNATURE_FOUND = "NO_SIGNATURE_FOUND"
FORMAT_FAILURE = "FORMAT_FAILURE"
HASH_FAILURE = "HASH_FAILURE"
SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
CHANGED_AFTER_SIGNING = "CHANGED_AFTER_SIGNING"
"""Ours: EN 319 102-1 knows no change by increment. The signed bytes are intact, what is shown is not them."""
CRYPTO_CONSTRAINTS_FAILURE = "CRYPTO_CONSTRAINTS_FAILURE"

_SENTENCES: dict[str, tuple[str, str]] = {
    NO_SIGNATURE_FOUND: (
        "Tệp không có chữ ký số nào nên không xác minh được; hãy yêu cầu bản có ký số.",
        "The file carries no digital signature, so nothing vouches for it; ask for a signed copy.",
    ),
    FORMAT_FAILURE: (
        "Không đọc được tệp hoặc chữ ký số trong tệp nên coi là không hợp lệ; hãy yêu cầu gửi lại bản gốc.",
        "The file or a signature in it cannot be read, so it counts as invalid; ask for the original again.",
    ),
    HASH_FAILURE: (
        "Nội dung đã bị thay đổi sau khi ký; không được sử dụng tệp này.",
        "The content was changed after it was signed; do not use this file.",
    ),
    SIG_CRYPTO_FAILURE: (
        "Chữ ký số bị sai hoặc giả mạo; không được sử dụng tệp này.",
        "The digital signature is wrong or forged; do not use this file.",
    ),
    CHANGED_AFTER_SIGNING: (
        "Có nội dung thêm vào sau khi ký mà chữ ký không cho phép; không được sử dụng tệp này.",
        "Something was added after signing that the signature does not allow; do not use this file.",
    ),
    "NO_CERTIFICATE_CHAIN_FOUND": (
        "Tài liệu còn nguyên vẹn từ khi ký, nhưng chưa biết nơi cấp chứng thư; hãy cài chứng thư gốc của nơi cấp.",
        "The document is intact since it was signed, but its issuer is not known here; install the issuer's root.",
    ),
    CRYPTO_CONSTRAINTS_FAILURE: (
        "Tài liệu còn nguyên vẹn nhưng được ký bằng thuật toán băm đã yếu; hãy đối chiếu với bản gốc.",
        "The document is intact but signed with a hash that is weak today; compare it with the original.",
    ),
    "OUT_OF_BOUNDS_NO_POE": (
        "Chứng thư đã hết hạn và không có dấu thời gian tin cậy chứng minh ký khi còn hạn; hãy hỏi cơ quan ký.",
        "The certificate has expired and no trusted timestamp shows it signed before; ask the signing agency.",
    ),
    "REVOKED_NO_POE": (
        "Chứng thư ký đã bị thu hồi; hãy hỏi cơ quan ký trước khi sử dụng.",
        "The signing certificate has been revoked; ask the signing agency before using the file.",
    ),
}
_PASSED_SENTENCE = (
    "{count} chữ ký số hợp lệ: tài liệu còn nguyên vẹn và biết rõ nơi cấp chứng thư (chưa tra cứu thu hồi qua mạng).",
    "{count} valid digital signature(s): document intact, issuer known (revocation not looked up online).",
)
_DEVELOPMENT_SENTENCE = (
    "Tài liệu còn nguyên vẹn nhưng được ký bằng chứng thư thử nghiệm, không có giá trị pháp lý.",
    "The document is intact but signed with a development certificate, which has no legal value.",
)
_OTHER_SENTENCE = (
    "Tài liệu còn nguyên vẹn nhưng chưa xác định được giá trị chữ ký ({sub_indication}); hãy hỏi người vận hành.",
    "The document is intact but the standing of its signature is open ({sub_indication}); ask the operator.",
)


def summarize(signatures: Sequence[SignatureRecord], *, unreadable: bool = False) -> VerificationReport:
    """One report over all signatures; the worst of them decides. That one is by the development CA is said.

    ``unreadable``: the file, or the list of its signatures, could not be read.
    """
    verdict: Verdict = FAILED
    sub_indication: str | None
    if unreadable:
        sub_indication = FORMAT_FAILURE
    elif not signatures:
        sub_indication = NO_SIGNATURE_FOUND
    else:
        worst = max(signatures, key=lambda signature: _RANK[signature.verdict])
        verdict, sub_indication = worst.verdict, worst.sub_indication
    if verdict == PASSED:
        is_development = any(signature.signer == SIGNING_NAME for signature in signatures)
        vi, en = _DEVELOPMENT_SENTENCE if is_development else _PASSED_SENTENCE
    else:
        other = _SENTENCES[FORMAT_FAILURE] if verdict == FAILED else _OTHER_SENTENCE
        vi, en = _SENTENCES.get(sub_indication or "", other)
    values = {"count": len(signatures), "sub_indication": sub_indication}
    return VerificationReport(
        verdict=verdict,
        signatures=tuple(signatures),
        vi=vi.format(**values),
        en=en.format(**values),
        sub_indication=sub_indication,
    )


def judge(
    *, intact: bool, valid: bool, forbidden_change: bool, trust_problem: str | None, weak_hash: bool
) -> tuple[Verdict, str | None]:
    """Verdict and sub-indication of one signature, gravest finding first.

    intact: the signed bytes hash as signed; valid: the signature over them verifies.
    """
    if not intact:
        return FAILED, HASH_FAILURE
    if not valid:
        return FAILED, SIG_CRYPTO_FAILURE
    if forbidden_change:
        return FAILED, CHANGED_AFTER_SIGNING
    if trust_problem in {"REVOKED", "FORMAT_FAILURE"}:
        return FAILED, trust_problem
    if trust_problem is not None:
        return INDETERMINATE, trust_problem
    if weak_hash:
        return INDETERMINATE, CRYPTO_CONSTRAINTS_FAILURE
    return PASSED, None
