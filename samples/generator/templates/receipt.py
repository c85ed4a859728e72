"""A shop's receipt: a paper that is none of the known types."""

from samples.generator.fonts import Style
from samples.generator.paper import Paper, Rule
from samples.generator.sheet import Sheet

_COLUMNS = (30.0, 42.0, 108.0, 126.0, 156.0, 188.0)


def compose_receipt(shop: str, address: str, goods: tuple[tuple[str, int, int], ...]) -> Paper:
    """``goods``: name, quantity and price of one in đồng."""
    sheet = Sheet(left=30.0, right=188.0, top=30.0)
    sheet.text(30.0, shop, size=16, style=Style.BOLD)
    sheet.y += 7.0
    sheet.text(30.0, address, size=12)
    sheet.y += 18.0
    sheet.stack(109.0, ("PHIẾU BÁN LẺ",), size=20, style=Style.BOLD, pitch=14.0)
    top = sheet.y - 6.0
    rows = [("STT", "Tên hàng", "SL", "Đơn giá", "Thành tiền")]
    total = 0
    for number, (name, quantity, price) in enumerate(goods, start=1):
        total += quantity * price
        rows.append((str(number), name, str(quantity), _dong(price), _dong(quantity * price)))
    for number, row in enumerate(rows):
        style = Style.BOLD if number == 0 else Style.REGULAR
        sheet.rule(_COLUMNS[0], _COLUMNS[-1], dy=-6.0)
        for left, right, cell in zip(_COLUMNS, _COLUMNS[1:], row, strict=False):
            numeric = number > 0 and left > _COLUMNS[2]
            sheet.text(
                right - 2.0 if numeric else left + 2.0,
                cell,
                size=12.5,
                style=style,
                align="right" if numeric else "left",
            )
        sheet.y += 9.0
    sheet.rule(_COLUMNS[0], _COLUMNS[-1], dy=-6.0)
    for x in _COLUMNS:
        sheet.add(Rule(x, top, x, sheet.y - 6.0))
    sheet.y += 4.0
    sheet.text(188.0, f"Tổng cộng: {_dong(total)} đồng", size=14, style=Style.BOLD, align="right")
    sheet.y += 16.0
    sheet.text(30.0, "Hàng mua rồi được đổi trong ba ngày. Xin cảm ơn quý khách!", size=12, style=Style.ITALIC)
    return Paper((sheet.finish(),), "unknown")


def _dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
