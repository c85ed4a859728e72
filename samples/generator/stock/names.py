"""Names for fictional people: surnames and given names about as frequent as in the country, rare letters among them.

Given names: those of 207,000 people born from 1991 to 2002 in Đắk Lắk, in thousandths of a percent (hoten.org, sample
DKL01, the hundred most frequent of each sex that the page spells out). The rare ones, each as frequent as the last of
these, which is more than any of them is, bring tones and letters that readers mistake.
"""

from collections.abc import Mapping
from random import Random

_SURNAMES = {
    "Nguyễn": 300, "Trần": 110, "Lê": 90, "Phạm": 65, "Hoàng": 35, "Huỳnh": 30, "Phan": 40, "Vũ": 25, "Võ": 25,
    "Đặng": 25, "Bùi": 22, "Đỗ": 20, "Hồ": 16, "Ngô": 16, "Dương": 14, "Lý": 10, "Đinh": 12, "Trương": 14, "Đoàn": 10,
    "Lâm": 9, "Mai": 8, "Trịnh": 9, "Đào": 9, "Hà": 9, "Lương": 9, "Cao": 8, "Tạ": 6, "Châu": 5, "Quách": 4, "Thái": 5,
    "Tô": 5, "Vương": 5, "Phùng": 6, "Chu": 6, "Kiều": 4, "Lưu": 6, "Nông": 5, "Hứa": 3, "La": 3, "Bế": 3, "Triệu": 4,
    "Ma": 3, "Sầm": 2, "Lò": 4, "Quàng": 3, "Cà": 2, "Vì": 2, "Tòng": 2, "Lường": 3, "Giàng": 3, "Sùng": 3, "Vàng": 3,
    "Thào": 3, "Hầu": 1, "Cứ": 1, "Mùa": 2, "Lầu": 2, "Vừ": 2, "Phàn": 2, "Tẩn": 2, "Chảo": 2, "Lù": 1, "Sái": 1,
    "Doãn": 2, "Nghiêm": 2, "Khuất": 2, "Ứng": 1, "Ông": 1, "Cù": 1, "Thạch": 3, "Sơn": 2, "Danh": 2, "Kim": 2,
    "Từ": 2, "Tăng": 3, "Đàm": 3, "Đồng": 2, "Đường": 1, "Lục": 2, "Mạc": 2, "Mạch": 1, "Ninh": 2, "Nhâm": 1,
    "Quản": 1, "Thân": 2, "Tống": 3, "Viên": 1, "Xa": 1, "Yên": 1, "Âu": 1, "Ấu": 1, "Ưng": 1, "Lều": 1, "Đậu": 2,
    "Hàn": 1, "Hồng": 1, "Khổng": 2, "Khương": 1, "Lã": 1, "Phí": 1, "Thiều": 1, "Tiêu": 1, "Trà": 1, "Vi": 3, "Lễ": 1,
    "Đăng": 1, "Mông": 1, "Lộc": 1, "Lãnh": 1, "Đèo": 1, "Điêu": 2, "Bàn": 2, "Chẩu": 1, "Phù": 1, "Tằng": 1, "Trưởng": 1,
}  # fmt: skip

_MALE_MIDDLE = (
    "Văn Văn Văn Hữu Đức Minh Quang Quốc Thanh Ngọc Đình Xuân Công Duy Anh Gia Bảo Hoàng Trọng Tuấn Viết Thế Bá "
    "Khắc Mạnh Tiến Nhật Sỹ Huy Phúc Thiện Vĩnh Đăng Nguyên Hải Trung Việt Chí Phước Tấn Ích Doãn"
).split()
_FEMALE_MIDDLE = (
    "Thị Thị Thị Thị Ngọc Thu Thanh Phương Minh Kim Bích Hồng Mỹ Thùy Diệu Khánh Bảo Hoài Quỳnh Lan Ánh Tuyết Cẩm Như "
    "Tường Yến Thảo Hải Xuân Mai Diễm Ái Trúc Tú Đoan Hạnh Nguyệt"
).split()
_MALE_FREQUENT = (
    "Tuấn 2711 Hoàng 2461 Huy 2225 Anh 2050 Hiếu 1994 Hùng 1981 Nam 1975 Sơn 1902 Đức 1884 Dũng 1699 Thành 1618 "
    "Đạt 1560 Cường 1560 Long 1550 Trung 1549 Hải 1419 Nguyên 1401 Thắng 1399 Minh 1312 Duy 1154 Tiến 1142 "
    "Quang 1114 Phúc 1048 Trường 1017 Tài 1007 Toàn 981 Hưng 924 Phong 909 Tùng 894 Linh 866 Khánh 861 Bảo 858 "
    "Quân 825 Dương 790 Nghĩa 777 Lâm 776 Vinh 766 Bình 764 Mạnh 751 Việt 704 Thịnh 683 Hòa 683 Tâm 658 Hiệp 650 "
    "Tân 645 Phú 643 Phương 635 Thiện 623 Thái 615 Nhật 599 Công 594 Sang 589 Hậu 578 Quý 567 An 565 Phước 562 "
    "Quốc 547 Ngọc 535 Nhân 530 Vương 513 Khoa 503 Trí 497 Kiên 487 Lộc 478 Thanh 478 Thuận 476 Chiến 475 Trọng 452 "
    "Giang 414 Tín 383 Phát 373 Đại 372 Thông 368 Đông 346 Phi 340 Chung 332 Lợi 301 Quyền 292 Luân 271 Khải 250 "
    "Hoàn 243 Thiên 241 Danh 240 Thọ 240 Kiệt 236 Lực 233 Khang 231 Quyết 230 Thạch 219 Văn 215 Cảnh 214 Hiền 208 "
    "Hào 199 Tình 198 Thảo 196 Thương 191"
)
_MALE_RARE = (
    "Ẩn Bách Bằng Bền Chương Dưỡng Đẳng Điệp Định Được Giáp Hiển Hợp Huân Hưởng Huỳnh Ích Khiêm Khôi Khuyến Lãm Lập "
    "Lịch Lượng Mẫn Nghị Ngoãn Nhẫn Nhượng Quảng Quỳnh Sáng Sĩ Sỹ Tạo Thăng Thặng Thế Thức Thưởng Toán Trãi Triển "
    "Trình Trưởng Tú Tuân Tưởng Tuyên Tường Vấn Viễn Vũ Vượng Vỹ Xứng Ỷ Ý Lẫm Chuẩn Cẩn Sửu"
).split()
_FEMALE_FREQUENT = (
    "Trang 4193 Thảo 3518 Linh 3023 Anh 2462 Phương 2197 Hằng 2139 Huyền 2106 Hiền 2030 Hương 1719 Ngọc 1717 "
    "Dung 1697 Nhung 1685 Thủy 1648 Nhi 1622 Duyên 1554 Vân 1495 Quỳnh 1494 Nga 1487 Yến 1477 Trinh 1464 Thương 1340 "
    "Uyên 1336 Hạnh 1305 Ngân 1217 Oanh 1192 Trâm 1162 Ly 1156 Mai 1146 Phượng 1086 Thúy 1080 Hoa 1021 Vy 1018 "
    "Hồng 993 Tâm 961 Thu 943 My 942 Giang 928 Loan 919 Thanh 884 Ánh 838 Vi 836 Lan 835 Quyên 796 Chi 795 Thư 744 "
    "Tiên 727 Thùy 688 Huệ 687 Nguyệt 674 Như 665 Nguyên 663 Tuyết 635 Diễm 619 Liên 598 Hòa 562 Hường 557 Hoài 532 "
    "Kiều 514 Lệ 506 Xuân 468 Tuyền 468 Thắm 464 Diệu 399 Dương 394 Sương 383 An 377 Bình 366 Bích 344 Châu 342 "
    "Thi 338 Hậu 323 Mỹ 314 Nhàn 313 Minh 312 Hiếu 309 Trúc 290 Hân 286 Na 285 Đào 276 Hải 274 Ý 266 Hảo 253 Cúc 248 "
    "Trân 239 Thoa 237 Phúc 219 Liễu 204 Thơm 201 Trà 196 Thuận 178 Thơ 176 Phụng 174 Lành 173 Quý 162 Hạ 152 "
    "Diệp 149 Tươi 143"
)
_FEMALE_RARE = (
    "Ái Ẩn Biếc Bưởi Cẩm Chanh Chuyên Đoan Gấm Hà Hiên Khanh Khuê Khương Lam Lê Lễ Lụa Lượm Lương Lý Mận Mến Mi Mơ "
    "Mùi Mỵ Mỷ Ngà Ngoan Nhạn Nhã Nhiên Nhuần Nhị Nụ Nương Phấn Quế Sen Thêu Tình Tường Út Vẽ Vinh Vui Vỹ Xoan Xuyến "
    "Yên Ỷ Ỹ Hẵng Lẵng"
).split()


def _weigh(frequent: str, rare: list[str]) -> Mapping[str, int]:
    words = frequent.split()
    weights = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    return dict.fromkeys(rare, min(weights.values())) | weights


_GIVEN = {False: _weigh(_MALE_FREQUENT, _MALE_RARE), True: _weigh(_FEMALE_FREQUENT, _FEMALE_RARE)}

_MINORITY: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # Ethnic group: names of men, names of women, in the form in which registers hold them.
    "Ê Đê": (
        ("Y Bliă Niê", "Y Wang Êban", "Y Thuyên Mlô", "Y Krông Ayŭn", "Y Siu Bkrông", "Y Dhăm Kbuôr", "Y Ngôn Niê Kdăm"),
        ("H'Hen Byă", "H'Bia Ksơr", "H'Zuôn Mlô", "H'Nguyệt Êñuôl", "H'Wiên Knul", "H'Lim Niê"),
    ),
    "Gia Rai": (
        ("Rơ Châm Hyưk", "Ksor Hlôi", "Siu Blơi", "Nay Phin", "Rah Lan Thun", "Kpă Y Dơn"),
        ("Rơ Mah H'Nhung", "Ksor H'Bla", "Siu H'Phương", "Rmah H'Loan", "Nay H'Ban"),
    ),
    "Ba Na": (
        ("Đinh Văn Nhir", "A Thút", "A Byưk", "Đinh Hmưnh"),
        ("Y Ngưi", "Y Blêu", "Đinh Thị Hyơn"),
    ),
    "Cơ Ho": (
        ("K'Brơi", "K'Sẽ", "Cil Múp Ha Krong", "Kră Jăn K'Brội", "Liêng Hót Ha Nhất"),
        ("Ka Nhưih", "Ka Dơn", "Rơ Ông K'Duyên", "Pang Ting Ka Liên"),
    ),
    "Mông": (
        ("Giàng A Páo", "Sùng A Chớ", "Vàng Mí Sử", "Thào Seo Lử", "Hờ A Dế", "Mùa Bả Nủ", "Cứ A Lềnh"),
        ("Giàng Thị Mỷ", "Sùng Thị Dợ", "Vàng Thị Sía", "Thào Thị Chứ", "Lầu Y Xò", "Và Thị Pà"),
    ),
    "Dao": (
        ("Bàn Tòn Phấu", "Phàn Láo Tả", "Tẩn Vần Siệu", "Chảo Sành Pu"),
        ("Bàn Múi Nghính", "Phàn Tả Mẩy", "Tẩn Lở Mẩy", "Chảo Mùi Pham"),
    ),
    "Thái": (
        ("Lò Văn Ọi", "Quàng Văn Pọm", "Cà Văn Ín", "Tòng Văn Ẹm"),
        ("Lò Thị Ẻn", "Lường Thị Ỏm", "Vì Thị Ết", "Quàng Thị Ỉnh"),
    ),
    "Khmer": (
        ("Thạch Sa Rinh", "Danh Sà Quyên", "Sơn Rớt Tha Na", "Kim Sô Phi"),
        ("Thạch Thị Sà Phép", "Danh Thị Ngọc Hiển", "Kiên Thị Sô Khươn"),
    ),
    "Chăm": (
        ("Châu Văn Đạo", "Bá Trung Toản", "Quảng Đại Cẩn"),
        ("Thị Sa Ri Ah", "Thập Thị Hoàn", "Đàng Thị Mỹ Thiện"),
    ),
}  # fmt: skip
_SETTLED = ("Tày", "Nùng", "Mường", "Hoa", "Sán Dìu", "Thổ")
"""Groups whose names are formed as the Kinh ones are."""


def draw_name(rng: Random, *, female: bool, surname: str | None = None) -> str:
    family = surname or rng.choices(list(_SURNAMES), list(_SURNAMES.values()))[0]
    parts = [family, rng.choice(_FEMALE_MIDDLE if female else _MALE_MIDDLE), _draw_given(rng, female=female)]
    if rng.random() < 0.3:
        parts.insert(2, _draw_given(rng, female=female))
    elif rng.random() < 0.05:
        parts.pop(1)
    return " ".join(part for number, part in enumerate(parts) if number == 0 or part != parts[number - 1])


def _draw_given(rng: Random, *, female: bool) -> str:
    names = _GIVEN[female]
    return rng.choices(list(names), list(names.values()))[0]


def draw_named(rng: Random, *, female: bool) -> tuple[str, str]:
    """Name and ethnic group."""
    if rng.random() < 0.08:
        group = rng.choice(list(_MINORITY))
        return rng.choice(_MINORITY[group][female]), group
    group = rng.choice(_SETTLED) if rng.random() < 0.15 else "Kinh"
    return draw_name(rng, female=female), group
