"""Errors of the machine itself, its disks and files; part of the tree in ``digitize/errors.py``.

ServiceError
├── MachineFullError           machine_full
├── FileAccessError            file_inaccessible
└── CatalogueDamagedError      catalogue_damaged
"""

import errno

from digitize.errors import DigitizeError, InternalError, ServiceError


class MachineFullError(ServiceError):
    code = "machine_full"
    vi = (
        "Máy hết chỗ trên đĩa, hết bộ nhớ hoặc hết tệp mở được ({reason}); hãy giải phóng thêm chỗ rồi làm lại; "
        "việc của hệ thống đang chạy thì hệ thống tự thử lại."
    )
    en = (
        "The machine is out of disk space, memory or open files ({reason}); make room and do it again; what the "
        "running stack does it retries by itself."
    )


class FileAccessError(ServiceError):
    code = "file_inaccessible"
    vi = (
        "Không đọc hoặc ghi được tệp ({reason}); hãy kiểm tra quyền truy cập, đĩa có bị gắn chỉ đọc hay bị lỗi không; "
        "`digitize doctor` cho biết thư mục dữ liệu có ghi được không."
    )
    en = (
        "A file cannot be read or written ({reason}); check permissions, and whether the disk is mounted read-only or "
        "faulty; `digitize doctor` says whether the data folder can be written."
    )


class CatalogueDamagedError(ServiceError):
    code = "catalogue_damaged"
    vi = (
        "Tệp cơ sở dữ liệu danh mục bị hỏng; hãy dừng hệ thống, chuyển các tệp catalogue.sqlite* trong data_dir đi nơi "
        "khác rồi chạy `digitize up`: danh mục được lập lại từ kho lưu trữ."
    )
    en = (
        "The file of the catalogue database is damaged; stop the stack, move the files catalogue.sqlite* away from "
        "data_dir and run `digitize up`: the catalogue comes back from the archive."
    )


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
_INACCESSIBLE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO})


def machine_error(error: BaseException, place: str = "") -> DigitizeError | None:
    """What an error of the operating system says of the machine, and nothing of the file at hand; else None.

    ``place``: the path where it happened, only for who may see it.
    """
    if not isinstance(error, OSError) or error.errno is None:
        return None
    reason = f"{errno.errorcode.get(error.errno, error.errno)} {place}".strip()
    if error.errno in _FULL:
        return MachineFullError(reason=reason)
    return FileAccessError(reason=reason) if error.errno in _INACCESSIBLE else None


def told(error: DigitizeError | OSError) -> DigitizeError:
    """The error itself, or what one of the operating system means to whoever reads of it."""
    if isinstance(error, DigitizeError):
        return error
    return machine_error(error) or InternalError(kind=type(error).__name__)
