"""Administrative documents of many kinds with chance content, in the two layouts of ``administrative``."""

from random import Random

from samples.generator.paper import Paper
from samples.generator.stock.people import draw_date
from samples.generator.templates.administrative import TIGHT, WIDE, Document, Layout, compose_document
from samples.generator.templates.blocks import Office, draw_committee, draw_department, wrap

KINDS = {
    "QUYẾT ĐỊNH": "QĐ", "THÔNG BÁO": "TB", "TỜ TRÌNH": "TTr", "BÁO CÁO": "BC", "KẾ HOẠCH": "KH", "GIẤY MỜI": "GM",
    "GIẤY PHÉP": "GP", "CHỈ THỊ": "CT", "BIÊN BẢN": "BB", "CÔNG ĐIỆN": "CĐ", "CHƯƠNG TRÌNH": "CTr", None: "",
}  # fmt: skip
_DEEDS = (
    "triển khai", "tổ chức", "kiểm tra", "kiện toàn", "phê duyệt", "rà soát", "tăng cường quản lý", "sơ kết", "bổ sung",
)  # fmt: skip
_MATTERS = (
    "công tác phòng, chống thiên tai", "hoạt động tiếp công dân", "việc số hóa kết quả giải quyết thủ tục hành chính",
    "kế hoạch sử dụng đất", "danh sách hộ nghèo, hộ cận nghèo", "chuyển đổi số trong trường học",
    "quỹ bảo trì đường bộ", "công tác tiêm phòng gia súc", "lễ hội xuống đồng", "đội dân phòng các thôn, bản",
    "chỉ tiêu cải cách hành chính", "dự án cấp nước sạch nông thôn",
)  # fmt: skip
_SENTENCES = (
    "Giao các phòng chuyên môn phối hợp với trưởng thôn, bản thực hiện đúng tiến độ và báo cáo kết quả trước ngày 25.",
    "Kinh phí thực hiện được bố trí từ nguồn ngân sách địa phương và các nguồn hợp pháp khác theo quy định.",
    "Đề nghị các cơ quan, đơn vị cử cán bộ tham gia đầy đủ, đúng thành phần và đúng thời gian.",
    "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị phản ánh kịp thời để được xem xét, giải quyết.",
    "Kết quả đạt 96,5% so với cùng kỳ năm trước; còn 14 trường hợp chưa hoàn thành do thời tiết không thuận lợi.",
    "Các nội dung khác không nêu tại văn bản này tiếp tục thực hiện theo quy định hiện hành của pháp luật.",
)


def draw_letter_a(rng: Random) -> Paper:
    """Committees of communes and districts, roomy layout."""
    year = rng.randint(2020, 2026)
    return compose_letter(rng, draw_committee(rng, year), year, WIDE)


def draw_letter_b(rng: Random) -> Paper:
    """Departments, with their parent above, tight layout."""
    year = rng.randint(2020, 2026)
    names = ("Sở Nội vụ", "Sở Xây dựng", "Sở Y tế", "Sở Tư pháp", "Sở Nông nghiệp và Môi trường", "Sở Công Thương")
    return compose_letter(rng, draw_department(rng, year, rng.choice(names)), year, TIGHT)


def compose_letter(rng: Random, office: Office, year: int, layout: Layout) -> Paper:
    kind, symbol = rng.choice(list(KINDS.items()))
    matter = f"{rng.choice(_DEEDS)} {rng.choice(_MATTERS)} năm {year}"
    agency = "UBND" if "NHÂN DÂN" in office.lines[0] else "".join(word[0] for word in office.lines[0].split())
    desk = rng.choice(("VP", "KT", "VHXH", "NC"))
    number = rng.randint(1, 2400)
    lines = wrap(f"V/v {matter}" if kind is None else f"Về việc {matter}", 34 if kind is None else 58)
    decides = kind == "QUYẾT ĐỊNH"
    body = tuple(rng.sample(_SENTENCES, rng.randint(3, 5)))
    if decides:
        body = tuple(f"**Điều {place}.** {text}" for place, text in enumerate(body, start=1))
    document = Document(
        agency=office.lines,
        number=f"{number:02}",
        symbol=f"{agency}-{desk}" if kind is None else f"{symbol}-{agency}",
        place=_seat(office),
        date=draw_date(rng, year, year),
        subject=lines,
        body=((*body[:-1], f"{body[-1].removesuffix('.')}./."),),
        position=office.position,
        signer=office.signer,
        recipients=("Như trên;", "Thường trực Đảng ủy;", f"Lưu: VT, {desk}."),
        seal_ring=office.ring,
        seal_core=office.core,
        kind=kind,
        parent=office.parent,
        authority=f"{office.position[-1]} {office.lines[0]}" if decides else None,
        grounds=("Căn cứ Luật Tổ chức chính quyền địa phương;",) if decides else (),
        verb="QUYẾT ĐỊNH:" if decides else None,
        addressees=("Các cơ quan, đơn vị có liên quan",) if kind is None else (),
        handwritten=rng.random() < 0.15,
        seed=rng.randrange(10**6),
    )
    return compose_document(document, layout)


def _seat(office: Office) -> str:
    if "NHÂN DÂN" in office.lines[0]:
        return office.place.name
    return office.place.levels[-1].split(" ", 1)[1].removeprefix("phố ")
