"""Places: old ones of three levels, new ones of two (from 1 July 2025), and agencies that belong to them.

Names of places are mostly real, as their plausibility is checked against a gazetteer; houses, hamlets, offices'
papers and people in them are invented, and a third of the papers plays in the invented province Hòa Sơn.
"""

from dataclasses import dataclass
from random import Random

_OLD = (
    "xã Lũng Cú|huyện Đồng Văn|tỉnh Hà Giang", "thị trấn Việt Lâm|huyện Vị Xuyên|tỉnh Hà Giang",
    "xã Cốc Pàng|huyện Bảo Lạc|tỉnh Cao Bằng", "xã Quảng Khê|huyện Ba Bể|tỉnh Bắc Kạn",
    "xã Thượng Lâm|huyện Lâm Bình|tỉnh Tuyên Quang", "xã Tả Gia Khâu|huyện Mường Khương|tỉnh Lào Cai",
    "phường Cốc Lếu|thành phố Lào Cai|tỉnh Lào Cai", "xã Mường Phăng|thành phố Điện Biên Phủ|tỉnh Điện Biên",
    "xã Pa Vệ Sủ|huyện Mường Tè|tỉnh Lai Châu", "xã Chiềng Khương|huyện Sông Mã|tỉnh Sơn La",
    "xã Nậm Khắt|huyện Mù Cang Chải|tỉnh Yên Bái", "thị trấn Mường Khến|huyện Tân Lạc|tỉnh Hòa Bình",
    "xã Phú Đình|huyện Định Hóa|tỉnh Thái Nguyên", "xã Hữu Khánh|huyện Lộc Bình|tỉnh Lạng Sơn",
    "phường Hồng Gai|thành phố Hạ Long|tỉnh Quảng Ninh", "xã Tân Mộc|huyện Lục Ngạn|tỉnh Bắc Giang",
    "xã Hy Cương|thành phố Việt Trì|tỉnh Phú Thọ", "thị trấn Thổ Tang|huyện Vĩnh Tường|tỉnh Vĩnh Phúc",
    "phường Đình Bảng|thành phố Từ Sơn|tỉnh Bắc Ninh", "xã Kim Đính|huyện Kim Thành|tỉnh Hải Dương",
    "phường Dịch Vọng Hậu|quận Cầu Giấy|thành phố Hà Nội", "xã Dương Liễu|huyện Hoài Đức|thành phố Hà Nội",
    "phường Đằng Giang|quận Ngô Quyền|thành phố Hải Phòng", "xã Ông Đình|huyện Khoái Châu|tỉnh Hưng Yên",
    "xã Thụy Trường|huyện Thái Thụy|tỉnh Thái Bình", "xã Nhân Mỹ|huyện Lý Nhân|tỉnh Hà Nam",
    "xã Giao Phong|huyện Giao Thủy|tỉnh Nam Định", "xã Khánh Trung|huyện Yên Khánh|tỉnh Ninh Bình",
    "xã Cẩm Lương|huyện Cẩm Thủy|tỉnh Thanh Hóa", "xã Môn Sơn|huyện Con Cuông|tỉnh Nghệ An",
    "xã Kỳ Phú|huyện Kỳ Anh|tỉnh Hà Tĩnh", "xã Cảnh Dương|huyện Quảng Trạch|tỉnh Quảng Bình",
    "xã Gio Mỹ|huyện Gio Linh|tỉnh Quảng Trị", "xã Phú Mỹ|huyện Phú Vang|tỉnh Thừa Thiên Huế",
    "phường Hòa Thuận Tây|quận Hải Châu|thành phố Đà Nẵng", "xã Điện Phước|thị xã Điện Bàn|tỉnh Quảng Nam",
    "xã Trà Giang|huyện Trà Bồng|tỉnh Quảng Ngãi", "xã Nhơn Hải|thành phố Quy Nhơn|tỉnh Bình Định",
    "xã An Hòa Hải|huyện Tuy An|tỉnh Phú Yên", "phường Vĩnh Hải|thành phố Nha Trang|tỉnh Khánh Hòa",
    "xã Phước Dinh|huyện Thuận Nam|tỉnh Ninh Thuận", "xã Thuận Quý|huyện Hàm Thuận Nam|tỉnh Bình Thuận",
    "xã Đăk Tơ Lung|huyện Kon Rẫy|tỉnh Kon Tum", "xã Ia Dom|huyện Đức Cơ|tỉnh Gia Lai",
    "xã Ea Tul|huyện Cư M'gar|tỉnh Đắk Lắk", "xã Quảng Sơn|huyện Đắk Glong|tỉnh Đắk Nông",
    "xã Đạ Nhim|huyện Lạc Dương|tỉnh Lâm Đồng", "xã Bù Gia Mập|huyện Bù Gia Mập|tỉnh Bình Phước",
    "xã Thạnh Tây|huyện Tân Biên|tỉnh Tây Ninh", "phường Dĩ An|thành phố Dĩ An|tỉnh Bình Dương",
    "xã Gia Kiệm|huyện Thống Nhất|tỉnh Đồng Nai", "xã Phước Thuận|huyện Xuyên Mộc|tỉnh Bà Rịa - Vũng Tàu",
    "phường Phạm Ngũ Lão|quận 1|thành phố Hồ Chí Minh", "phường 12|quận Bình Thạnh|thành phố Hồ Chí Minh",
    "xã Thạnh Trị|thị xã Kiến Tường|tỉnh Long An", "xã Tân Thuận Đông|thành phố Cao Lãnh|tỉnh Đồng Tháp",
    "xã Vĩnh Hựu|huyện Gò Công Tây|tỉnh Tiền Giang", "xã An Thạnh|huyện Mỏ Cày Nam|tỉnh Bến Tre",
    "xã Ngũ Lạc|huyện Duyên Hải|tỉnh Trà Vinh", "xã Trung Ngãi|huyện Vũng Liêm|tỉnh Vĩnh Long",
    "xã Vĩnh Trạch|huyện Thoại Sơn|tỉnh An Giang", "xã Thổ Sơn|huyện Hòn Đất|tỉnh Kiên Giang",
    "phường An Khánh|quận Ninh Kiều|thành phố Cần Thơ", "xã Vị Thủy|huyện Vị Thủy|tỉnh Hậu Giang",
    "xã Tham Đôn|huyện Mỹ Xuyên|tỉnh Sóc Trăng", "xã Ninh Thạnh Lợi|huyện Hồng Dân|tỉnh Bạc Liêu",
    "xã Viên An Đông|huyện Ngọc Hiển|tỉnh Cà Mau",
    "xã Bến Lau|huyện Mây Ngàn|tỉnh Hòa Sơn", "thị trấn Khe Ổi|huyện Mây Ngàn|tỉnh Hòa Sơn",
    "xã Thượng Nguồn|huyện Đá Dựng|tỉnh Hòa Sơn", "phường Ngã Ba Suối|thị xã Cửa Rừng|tỉnh Hòa Sơn",
    "xã Nậm Ỏi|huyện Sườn Giăng|tỉnh Hòa Sơn", "phường Lưỡng Vượng|thành phố Đồi Chè|tỉnh Hòa Sơn",
)  # fmt: skip
_NEW = (
    "xã Đồng Văn|tỉnh Tuyên Quang", "xã Bảo Lạc|tỉnh Cao Bằng", "xã Mường Khương|tỉnh Lào Cai",
    "phường Điện Biên Phủ|tỉnh Điện Biên", "xã Mù Cả|tỉnh Lai Châu", "xã Chiềng Khương|tỉnh Sơn La",
    "xã Định Hóa|tỉnh Thái Nguyên", "xã Lộc Bình|tỉnh Lạng Sơn", "phường Hồng Gai|tỉnh Quảng Ninh",
    "phường Từ Sơn|tỉnh Bắc Ninh", "xã Tân Lạc|tỉnh Phú Thọ", "phường Cầu Giấy|thành phố Hà Nội",
    "xã Hoài Đức|thành phố Hà Nội", "phường Ngô Quyền|thành phố Hải Phòng", "xã Khoái Châu|tỉnh Hưng Yên",
    "xã Giao Phong|tỉnh Ninh Bình", "xã Cẩm Thủy|tỉnh Thanh Hóa", "xã Con Cuông|tỉnh Nghệ An",
    "xã Kỳ Anh|tỉnh Hà Tĩnh", "xã Gio Linh|tỉnh Quảng Trị", "phường Thuận Hóa|thành phố Huế",
    "phường Hải Châu|thành phố Đà Nẵng", "xã Trà Bồng|tỉnh Quảng Ngãi", "phường Nha Trang|tỉnh Khánh Hòa",
    "xã Đức Cơ|tỉnh Gia Lai", "xã Cư M'gar|tỉnh Đắk Lắk", "xã Lạc Dương|tỉnh Lâm Đồng",
    "phường Dĩ An|thành phố Hồ Chí Minh", "phường Bến Thành|thành phố Hồ Chí Minh", "xã Bù Gia Mập|tỉnh Đồng Nai",
    "xã Tân Biên|tỉnh Tây Ninh", "phường Cao Lãnh|tỉnh Đồng Tháp", "xã Vũng Liêm|tỉnh Vĩnh Long",
    "xã Thoại Sơn|tỉnh An Giang", "phường Ninh Kiều|thành phố Cần Thơ", "xã Ngọc Hiển|tỉnh Cà Mau",
    "xã Suối Mây|tỉnh Hòa Sơn", "phường Đồi Thông|tỉnh Hòa Sơn", "xã Bến Lau|tỉnh Hòa Sơn",
    "xã Thượng Nguồn|tỉnh Hòa Sơn", "phường Lưỡng Vượng|tỉnh Hòa Sơn", "xã Nậm Ỏi|tỉnh Hòa Sơn",
)  # fmt: skip
_HOUSES = (
    "Thôn {n}", "Thôn Đông Ngạc", "Tổ {n}", "Tổ dân phố số {n}", "Khu phố {n}", "Ấp {n}", "Ấp Vĩnh Phước", "Bản Nà Phiêng",
    "Bản Khau Sơn", "Buôn Ko Đung", "Plei Kép", "Xóm Đồng Ổi", "Số {n} đường Hoàng Diệu", "Số {m} đường Lê Lợi",
    "Số {n}/{m} đường Trần Hưng Đạo", "Tổ {n}, khu phố Bình Quới", "Khóm Thị {n}", "Đội {n}", "Số {n} ngõ {m} phố Chùa Láng",
    "Phòng {m} nhà B{n} khu tập thể Nhà máy Gỗ",
)  # fmt: skip
_HOSPITALS = (
    "Bệnh viện đa khoa {0}", "Bệnh viện Sản - Nhi {0}", "Trung tâm y tế {1}", "Trạm y tế {2}", "Bệnh viện đa khoa khu vực {1}",
)  # fmt: skip


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Place:
    """Levels from the commune up, each with its common noun: two levels, or three until June 2025."""

    levels: tuple[str, ...]

    @property
    def commune(self) -> str:
        return self.levels[0]

    @property
    def province(self) -> str:
        return self.levels[-1]

    @property
    def full(self) -> str:
        return ", ".join(self.levels)

    @property
    def short(self) -> str:
        """As cards print it: no common nouns from the district up."""
        return ", ".join(proper(level) for level in self.levels)

    @property
    def name(self) -> str:
        """What stands before the date of a paper of the commune."""
        return proper(self.commune)


def proper(level: str) -> str:
    """``huyện Mây Ngàn`` is called Mây Ngàn, but ``quận 1`` keeps its noun."""
    for noun in ("thành phố ", "thị trấn ", "thị xã ", "phường ", "quận ", "huyện ", "tỉnh ", "xã "):
        if level.startswith(noun):
            rest = level.removeprefix(noun)
            return capital(level) if rest.isdigit() else rest
    return level


def draw_place(rng: Random, year: int) -> Place:
    levels = rng.choice(_NEW if year > 2025 or (year == 2025 and rng.random() < 0.5) else _OLD)
    return Place(tuple(levels.split("|")))


def draw_address(rng: Random, place: Place) -> str:
    """House or hamlet and the place, as one line."""
    house = rng.choice(_HOUSES).format(n=rng.randint(1, 19), m=rng.randint(20, 490))
    return f"{house}, {place.full}"


def draw_hospital(rng: Random, place: Place) -> str:
    hospital = rng.choice(_HOSPITALS).format(place.levels[-1], place.levels[-2], place.levels[0])
    return hospital if rng.random() < 0.7 else f"{hospital}, {place.levels[-1]}"
