"""Closed lists the checks compare with. A word outside of them is a reason to look, not an error."""

# ruff: noqa: SIM905 - long word lists are read and checked as text, not as lists of quoted words

AGENCY_TERMS = (
    "ủy", "uỷ", "ban", "nhân", "dân", "hội", "đồng", "tỉnh", "thành", "phố", "huyện", "quận", "thị", "xã",
    "trấn", "phường", "đặc", "khu", "sở", "bộ", "cục", "tổng", "chi", "phòng", "văn", "trung", "tâm", "công",
    "an", "tòa", "toà", "án", "viện", "kiểm", "sát", "trường", "bệnh", "tư", "pháp", "nội", "vụ", "tài",
    "chính", "xây", "dựng", "nông", "nghiệp", "môi", "thương", "giáo", "dục", "đào", "tạo", "y", "tế",
    "khoa", "học", "nghệ", "quản", "lý", "phục", "hành", "đăng", "ký", "đất", "đai", "cộng", "hòa",
    "và", "kế", "hoạch", "đầu", "tổ", "chức", "thanh", "tra", "văn", "hóa", "thể", "thao", "du", "lịch",
    "kinh", "doanh", "lâm", "dự", "cơ", "kỹ", "thuật", "giao", "thông", "vận", "tải", "gtvt", "gd",
    "đt", "lđtbxh", "tnmt", "ubnd", "hđnd",
)  # fmt: skip
"""Words of agency names in their right spelling."""

AGENCY_NOUNS = (
    "uy ban nhan dan", "uy ban", "ubnd", "hoi dong", "hdnd", "so ", "bo ", "cuc ", "chi cuc", "tong cuc", "vien ",
    "van phong", "ban quan ly", "ban ", "trung tam", "phong ", "cong an", "cong ty", "thanh tra", "truong ", "vu ",
    "benh vien", "toa an", "chinh phu", "quoc hoi", "kho bac", "dai hoc", "hoc vien", "lien doan", "tap doan",
    "doan ", "hoi ", "thu tuong", "bao hiem", "hat ", "tram ", "to ", "doi ", "chu tich", "so-", "tong cong ty",
)  # fmt: skip
"""Folded openings of an agency's own name: a head line that has none of them continues the line above."""

CAPACITY_WORDS = frozenset(
    (
        "tm kt tl tuq q chủ tịch phó giám đốc tổng cục trưởng bộ thứ chánh văn phòng thủ tướng ban viện hiệu hạt chi "
        "đội cán công chức tư pháp hộ ủy uỷ nhân dân hội đồng sở quyền kế toán thanh tra vụ trung tâm quản lý thường "
        "trực đoàn bí thư trạm khoa kiểm soát viên cảnh sát hành chính về trật tự xã giao thông cư trú dân đkql dlqg "
        "công an"
    ).split()
)
"""Words a signer's position is made of (Decree 30/2020, Appendix I, box 7a): they tell its lines from others."""

CAPACITIES = (
    "CHỦ TỊCH", "GIÁM ĐỐC", "TỔNG GIÁM ĐỐC", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "THỦ TƯỚNG", "CHÁNH VĂN PHÒNG",
    "CHÁNH THANH TRA", "TỔNG CỤC TRƯỞNG", "CỤC TRƯỞNG", "CHI CỤC TRƯỞNG", "VỤ TRƯỞNG", "TRƯỞNG PHÒNG", "TRƯỞNG BAN",
    "VIỆN TRƯỞNG", "HIỆU TRƯỞNG", "HẠT TRƯỞNG", "TRẠM TRƯỞNG", "ĐỘI TRƯỞNG", "TỔNG KIỂM TOÁN", "TRƯỞNG CÔNG AN",
    "BÍ THƯ", "CỤC TRƯỞNG CỤC CẢNH SÁT QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI",
    "CỤC TRƯỞNG CỤC CẢNH SÁT QLHC VỀ TTXH", "BỘ TRƯỞNG BỘ CÔNG AN",
    "CỤC TRƯỞNG CỤC CẢNH SÁT ĐĂNG KÝ QUẢN LÝ CƯ TRÚ VÀ DLQG VỀ DÂN CƯ",
    "CỤC TRƯỞNG CỤC CẢNH SÁT ĐKQL CƯ TRÚ VÀ DLQG VỀ DÂN CƯ",
    "CỤC TRƯỞNG CỤC CẢNH SÁT ĐĂNG KÝ QUẢN LÝ CƯ TRÚ VÀ DỮ LIỆU QUỐC GIA VỀ DÂN CƯ",
    "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH", "VĂN PHÒNG TRƯỞNG",
)  # fmt: skip
"""Capacities as printed; a deputy's is the same after PHÓ."""

BODIES = (
    "ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", "BAN", "HỘI ĐỒNG", "CHÍNH PHỦ", "UBND",
    "HĐND",
)  # fmt: skip
"""Collective bodies in whose name (TM.) a paper is signed."""

OFFICES_SHORT = ("GTVT", "GDĐT", "GD", "LĐTBXH", "TNMT", "NNPTNT", "VHTT", "KHĐT")
"""How departments and ministries are shortened behind SỞ and BỘ."""

SYMBOLS = ("UBND", "HĐND", "QĐ", "TLKS", "TLKT", "TLKH", "XN", "GXN", "TB", "BC", "TTr", "KH", "CV", "GP", "GPXD")
"""With which the symbol behind a number begins (Decree 30/2020, Appendix III; forms of Circular 04/2020)."""

OFFICE_PHRASES = (
    "ủy ban nhân dân", "hội đồng nhân dân", "cao đẳng", "đại học", "trung cấp", "thi hành án dân sự",
    "bảo hiểm xã hội", "kế hoạch và đầu tư", "giáo dục và đào tạo", "tài nguyên và môi trường", "nông nghiệp và",
    "phát triển nông thôn", "giao thông vận tải", "khoa học và công nghệ", "quản lý", "đăng ký kinh doanh",
    "đăng ký đất đai", "tài chính", "kiểm lâm", "kiểm sát nhân dân", "bệnh viện đa khoa", "hành chính công",
)  # fmt: skip
"""Words of offices' names that stand together, so that each tells the tones of the others."""

TRADE_PHRASES = (
    "công ty", "cổ phần", "trách nhiệm hữu hạn", "một thành viên", "thực phẩm", "phát triển", "phần mềm", "thương mại",
    "dịch vụ", "xây dựng", "sản xuất", "chăn nuôi", "thức ăn", "công nghệ", "điện máy", "đầu tư", "hộ kinh doanh",
    "cửa hàng", "đại lý", "tạp hóa", "vật liệu", "nhà nghỉ", "xuất nhập khẩu", "thủy sản", "vận tải", "thiết bị",
)  # fmt: skip
"""The same of what enterprises are called."""

CAUSES_OF_DEATH = (
    "ung thư", "ung thư gan", "ung thư phổi", "ung thư dạ dày", "ung thư vú", "đột quỵ", "đột quỵ não", "tai biến",
    "tai biến mạch máu não", "xuất huyết não", "nhồi máu cơ tim", "suy tim", "bệnh tim mạch", "tăng huyết áp",
    "xơ gan", "suy gan", "suy thận", "suy thận mạn", "suy hô hấp", "suy hô hấp cấp", "suy đa tạng", "viêm phổi",
    "lao phổi", "đái tháo đường", "tiểu đường", "sốc nhiễm khuẩn", "nhiễm khuẩn huyết", "tuổi già", "già yếu",
    "bệnh già", "già", "bệnh", "bệnh hiểm nghèo", "ốm", "tai nạn", "tai nạn giao thông", "tai nạn lao động",
    "đuối nước", "chết đuối", "đa chấn thương", "chấn thương sọ não", "không rõ", "không xác định",
)  # fmt: skip
"""Of which most people die, in the words of papers."""

ETHNICITIES = (
    "Kinh", "Tày", "Thái", "Hoa", "Khơ-me", "Khmer", "Khơ Me", "Mường", "Nùng", "HMông", "H'Mông", "Mông", "Dao",
    "Gia-rai", "Gia Rai", "Ngái", "Ê-đê", "Ê Đê", "Ba-na", "Ba Na", "Xơ-đăng", "Xơ Đăng", "Sán Chay", "Cơ-ho",
    "Cơ Ho", "Chăm", "Sán Dìu", "Hrê", "Mnông", "Ra-glai", "Raglai", "Ra Glai", "Xtiêng", "Bru-Vân Kiều",
    "Bru - Vân Kiều", "Thổ", "Giáy", "Cơ-tu", "Cơ Tu", "Gié-Triêng", "Gié Triêng", "Mạ", "Khơ-mú", "Khơ Mú", "Co",
    "Tà-ôi", "Tà Ôi", "Chơ-ro", "Chơ Ro", "Kháng", "Xinh-mun", "Xinh Mun", "Hà Nhì", "Chu-ru", "Chu Ru", "Lào",
    "La Chí", "La Ha", "Phù Lá", "La Hủ", "Lự", "Lô Lô", "Chứt", "Mảng", "Pà Thẻn", "Cơ Lao", "Cống", "Bố Y",
    "Si La", "Pu Péo", "Brâu", "Ơ Đu", "Rơ-măm", "Rơ Măm",
)  # fmt: skip
"""The 54 ethnic groups with the spellings in use (Decision 421/1979/TCTK)."""

NATIONALITIES = ("Việt Nam", "Viet Nam", "Lào", "Campuchia", "Trung Quốc", "Hoa Kỳ", "Hàn Quốc", "Đài Loan")

MARITAL_STATUSES = (
    "chưa đăng ký kết hôn với ai", "chưa đăng ký kết hôn lần nào", "đang có vợ", "đang có chồng", "đã ly hôn",
    "vợ đã chết", "chồng đã chết", "hoặc chồng đã chết", "không đăng ký kết hôn với ai", "đã đăng ký kết hôn với",
    "độc thân",
)  # fmt: skip
"""What a certificate of marital status says of its holder (Circular 04/2020/TT-BTP, Art. 33)."""

LICENCE_CLASSES = frozenset("A A1 A2 A3 A4 B B1 B2 BE C C1 C1E CE D D1 D1E D2 D2E DE E FB2 FC FD FE".split())
"""Classes of driving licences, before and since 2025."""

LEVEL_TONED = frozenset(
    (
        # words of sentences
        "công thông không dân nhân tên trên nên bên ngân lên năm văn tăng căn việc xây cây nâng phê liên quan viên "
        "nguyên chuyên thiên nhiên tiêu yêu nêu siêu kiêm xuyên biên quân sâu lâu châu thân đêm thăm chăm băng "
        # names, which in capitals show no mark at all
        "lê nông khuê tâm trăm lâm vân sân hân ân khâm nhâm đăng khôi tôn hôn xuân huân luân uyên khiêm nghiêm miên "
        "loan khoa minh anh quang dương hương sương phương lan hoa mai linh trang thanh nam long sơn hưng thi nga "
        "nhung vy vi oanh giang kim thoa khang khanh duy huy phong hai gia trương lương thương như thư vương tây "
        "vinh trinh phan cao la"
    ).split()
)
"""Syllables of the level tone that are common as they are, so that they need not be a word that lost its tone.

Tesseract loses the tone over a circumflex at up to 0.97 confidence (đề as đê, tổ as tô, quyền as quyên) and over
capitals at up to 0.95 (TỈNH as TINH), so any other such syllable is doubted until it stands elsewhere too; in
capitals these count in personal names only, for QUẢNG NAM is read QUANG NAM."""

TONE_LOSING_PAIRS = frozenset(
    (
        "hướng dân", "chỉ dân", "viện dân", "hệ thông", "truyền thông", "tổng thông", "công thông", "công dịch",
        "nên kinh", "nên tảng", "nên hành", "bên vững", "hạ tăng", "nhân mạnh", "cao tăng", "tâng lớp", "bên xe",
        "tuyên quân", "quân lý", "băng văn", "băng chữ", "băng cách", "băng tốt", "thăng lợi",
    )
)  # fmt: skip
"""Pairs that hardly occur as they stand: one of the two is a common word that lost its tone (hướng dẫn, hệ thống)."""
