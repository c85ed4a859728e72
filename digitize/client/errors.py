"""What a caller of the portal API has to reckon with: one exception, told apart by ``code``."""

from collections.abc import Sequence
from typing import Self

from digitize.client.models import InvalidPart, ProblemDetails


class ApiError(Exception):
    """A call that came to nothing.

    ``code`` is stable: the service's own (docs/errors.md), or one of ``unreachable``, ``answer_unreadable`` and
    ``checksum_mismatch`` where no service said it.
    """

    def __init__(
        self,
        *,
        code: str,
        title: str,
        vi: str,
        en: str,
        status: int | None = None,
        trace_id: str | None = None,
        invalid: Sequence[InvalidPart] = (),
    ) -> None:
        """``status``: of HTTP, None where there was no answer. ``invalid``: parts of the request that were wrong."""
        super().__init__(f"{code}: {en}")
        self.code, self.title, self.vi, self.en = code, title, vi, en
        self.status, self.trace_id, self.invalid = status, trace_id, tuple(invalid)

    @classmethod
    def of(cls, problem: ProblemDetails, trace_id: str | None) -> Self:
        return cls(
            code=problem.code,
            title=problem.title,
            vi=problem.detail_vi,
            en=problem.detail_en,
            status=problem.status,
            trace_id=trace_id,
            invalid=problem.errors or (),
        )

    @classmethod
    def unreachable(cls) -> Self:
        return cls(
            code="unreachable",
            title="No answer",
            vi="Máy chủ không trả lời; hãy kiểm tra đường mạng và địa chỉ rồi thử lại.",
            en="The server does not answer; check the line and the address, then try again.",
        )

    @classmethod
    def unreadable(cls, status: int) -> Self:
        return cls(
            code="answer_unreadable",
            title="Answer not understood",
            vi="Câu trả lời không đúng mô tả của API; hãy kiểm tra địa chỉ và các máy chủ trung gian.",
            en="The answer is not one that the API describes; check the address and the proxies on the way.",
            status=status,
        )

    @classmethod
    def mismatch(cls) -> Self:
        return cls(
            code="checksum_mismatch",
            title="Another file",
            vi="Nội dung tệp không khớp với điều đã ghi về tệp đó; hãy lấy lại đúng tệp.",
            en="The file is not the one that was recorded; get the right one again.",
        )


class NoticeRefusedError(Exception):
    """A POST to a webhook that must not be believed: ``reason`` says why.

    ``seen_before`` is no attack as a rule: the service sends again what was not answered in time. Answer it with 2xx.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
