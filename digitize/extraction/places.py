"""Names of the provinces and centrally run cities of Vietnam, today's and earlier ones.

Today's 34 (Resolution 202/2025/QH15) are all names that the 63 of before bore. Earlier ones are of the mergers and
splits since 1976, still printed on papers that are handed in.
"""

PROVINCES = (
    "An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Cạn", "Bắc Ninh",
    "Bến Tre", "Bình Dương", "Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng",
    "Đắk Lắk", "Đắc Lắc", "Đăk Lăk", "Đắk Nông", "Đăk Nông", "Đắc Nông", "Điện Biên", "Đồng Nai", "Đồng Tháp",
    "Gia Lai", "Hà Giang", "Hà Nam", "Hà Nội", "Hà Tĩnh", "Hải Dương", "Hải Phòng", "Hậu Giang", "Hòa Bình", "Hoà Bình",
    "Hồ Chí Minh", "Huế", "Hưng Yên", "Khánh Hòa", "Khánh Hoà", "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn",
    "Lào Cai", "Lâm Đồng", "Long An", "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên",
    "Quảng Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh",
    "Thái Bình", "Thái Nguyên", "Thanh Hóa", "Thanh Hoá", "Thừa Thiên Huế", "Tiền Giang",
    "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc", "Yên Bái",
    # before
    "Bắc Thái", "Bình Trị Thiên", "Cửu Long", "Gia Lai - Kon Tum", "Hà Bắc", "Hà Nam Ninh", "Hà Sơn Bình", "Hà Tây",
    "Hà Tuyên", "Hải Hưng", "Hoàng Liên Sơn", "Minh Hải", "Nam Hà", "Nghĩa Bình", "Nghệ Tĩnh", "Phú Khánh",
    "Quảng Nam - Đà Nẵng", "Sông Bé", "Thuận Hải", "Vĩnh Phú",
)  # fmt: skip
