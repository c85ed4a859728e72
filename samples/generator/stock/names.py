"""Names for fictional people: surnames about as frequent as in the country, all tones and letters among them."""

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
_MALE_GIVEN = (
    "An Anh Ẩn Bách Bảo Bằng Bền Bình Cảnh Chiến Chương Cường Danh Dũng Dưỡng Đại Đạt Đẳng Điệp Định Đông Đức Được "
    "Giang Giáp Hải Hào Hiển Hiếu Hiệp Hoàn Hợp Huân Hùng Hưng Hưởng Huy Huỳnh Ích Khải Khánh Khiêm Khoa Khôi Khuyến "
    "Kiên Kiệt Lãm Lập Lịch Linh Long Lộc Luân Lượng Lực Mạnh Mẫn Minh Nam Nghĩa Nghị Ngoãn Nguyên Nhẫn Nhật Nhượng "
    "Phát Phong Phú Phúc Phước Phương Quân Quang Quảng Quốc Quyền Quyết Quỳnh Sang Sáng Sĩ Sơn Sỹ Tài Tạo Tâm Tân Thạch "
    "Thái Thăng Thắng Thành Thặng Thế Thiện Thịnh Thọ Thông Thuận Thức Thưởng Tiến Toàn Toán Trãi Trí Triển Trình Trọng "
    "Trung Trường Trưởng Tú Tuấn Tuân Tùng Tưởng Tuyên Tường Vấn Viễn Việt Vinh Vũ Vượng Vỹ Xứng Ỷ Ý Lẫm Chuẩn Cẩn Sửu"
).split()
_FEMALE_GIVEN = (
    "Ái An Anh Ánh Ẩn Bích Biếc Bưởi Cẩm Chi Chanh Chuyên Cúc Diễm Diệp Diệu Dung Duyên Dương Đào Đoan Gấm Giang Hà Hạ "
    "Hảo Hạnh Hằng Hậu Hiên Hiền Hoa Hoài Hòa Hồng Huệ Huyền Hương Hường Khanh Khuê Khương Kiều Lam Lan Lành Lê Lễ Liễu "
    "Linh Loan Lụa Lượm Lương Ly Lý Mai Mận Mến Mi Mơ Mùi My Mỵ Mỷ Mỹ Mỹ Na Nga Ngà Ngân Ngoan Ngọc Nguyên Nguyệt Nhạn "
    "Nhàn Nhã Nhi Nhiên Nhuần Nhung Như Nhị Nụ Nương Oanh Phấn Phượng Phương Quế Quyên Quỳnh Sen Sương Tâm Thanh Thảo "
    "Thắm Thêu Thi Thoa Thơ Thơm Thu Thủy Thúy Thùy Thư Thương Tiên Tình Trà Trang Trâm Trinh Trúc Tuyền Tuyết Tươi "
    "Tường Uyên Út Vân Vẽ Vi Vinh Vui Vỹ Xoan Xuân Xuyến Ý Yên Yến Ỷ Ỹ Hẵng Lẵng"
).split()

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
    middles, givens = (_FEMALE_MIDDLE, _FEMALE_GIVEN) if female else (_MALE_MIDDLE, _MALE_GIVEN)
    parts = [family, rng.choice(middles), rng.choice(givens)]
    if rng.random() < 0.3:
        parts.insert(2, rng.choice(givens))
    elif rng.random() < 0.05:
        parts.pop(1)
    return " ".join(part for number, part in enumerate(parts) if number == 0 or part != parts[number - 1])


def draw_named(rng: Random, *, female: bool) -> tuple[str, str]:
    """Name and ethnic group."""
    if rng.random() < 0.08:
        group = rng.choice(list(_MINORITY))
        return rng.choice(_MINORITY[group][female]), group
    group = rng.choice(_SETTLED) if rng.random() < 0.15 else "Kinh"
    return draw_name(rng, female=female), group
