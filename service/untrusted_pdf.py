"""The process that reads a hostile PDF: file on standard input, verification report (JSON) on standard output.

``python -m service.untrusted_pdf MEMORY_MIB CPU_S REPORT_BYTES SECRETS_DIR [TRUST_ROOTS_FILE]``
"""

import resource
import sys
from pathlib import Path

_MIB = 1024 * 1024
_OPEN_FILES_MAX = 64


def confine(memory_mib: int, cpu_s: int, file_bytes: int) -> None:
    """Caps of this process; set before the first byte of the file is read."""
    for limit, value in (
        (resource.RLIMIT_AS, memory_mib * _MIB),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_NOFILE, _OPEN_FILES_MAX),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def main(arguments: list[str]) -> None:
    memory_mib, cpu_s, report_bytes = (int(argument) for argument in arguments[:3])
    confine(memory_mib, cpu_s, report_bytes)
    # Imported under the caps, and only here: the web process must never load them.
    from digitize.config import Signing  # noqa: PLC0415
    from service.models import VerificationOut  # noqa: PLC0415
    from signing.trust import load_trust_roots  # noqa: PLC0415
    from signing.verification import verify_pdf  # noqa: PLC0415

    roots_file = Path(arguments[4]) if len(arguments) > 4 else None  # noqa: PLR2004 - see the usage above
    roots = load_trust_roots(Signing(trust_roots_file=roots_file), Path(arguments[3]))
    report = verify_pdf(Path("/dev/stdin"), roots)
    answer = VerificationOut.model_validate(
        {
            "verdict": report.verdict,
            "signatures": [signature.model_dump() for signature in report.signatures],
            "vi": report.vi,
            "en": report.en,
        }
    )
    sys.stdout.write(answer.model_dump_json())


if __name__ == "__main__":
    main(sys.argv[1:])
