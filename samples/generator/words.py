"""Dates as Vietnamese papers write them."""

from dataclasses import dataclass

_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MONTHS = (
    "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Date:
    day: int
    month: int
    year: int

    @property
    def iso(self) -> str:
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    @property
    def slashed(self) -> str:
        return f"{self.day:02}/{self.month:02}/{self.year}"

    @property
    def long(self) -> str:
        """Days below 10 and months 1 and 2 take a leading zero (Decree 30/2020, App. I)."""
        month = f"{self.month:02}" if self.month < 3 else str(self.month)
        return f"ngày {self.day:02} tháng {month} năm {self.year}"

    @property
    def words(self) -> str:
        return f"Ngày {spell(self.day)} tháng {_MONTHS[self.month - 1]} năm {spell(self.year)}"


def spell(number: int) -> str:
    """Number from 1 to 9999 in words, in the northern way of counting."""
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    parts = [f"{_UNITS[thousands]} nghìn"] if thousands else []
    if hundreds or thousands:
        parts.append(f"{_UNITS[hundreds]} trăm")
    if rest:
        parts.append(_spell_below_100(rest, follows=bool(parts)))
    return " ".join(parts)


def _spell_below_100(number: int, *, follows: bool) -> str:
    tens, units = divmod(number, 10)
    if tens == 0:
        return f"linh {_UNITS[units]}" if follows else _UNITS[units]
    ten = "mười" if tens == 1 else f"{_UNITS[tens]} mươi"
    if units == 0:
        return ten
    unit = _UNITS[units]
    if units == 5:
        unit = "lăm"
    elif units == 1 and tens > 1:
        unit = "mốt"
    return f"{ten} {unit}"
