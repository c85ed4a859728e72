"""Marriage, single status and death as recognized, on pages of 2480 × 3508."""

from tests.digitize.extraction.pages import line

HEAD = (
    line("ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 350, 260),
    line("XÃ SUỐI MƯA | Độc lập - Tự do - Hạnh phúc", 420, 330),
)
SIGNATURE = (line("CHỦ TỊCH", 1700, 2970), line("Bế Văn Toản", 1680, 3250))
COUPLE_HEAD = (
    line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 800, 260),
    line("Độc lập - Tự do - Hạnh phúc", 900, 330),
    line("GIẤY CHỨNG NHẬN KẾT HÔN", 950, 480),
    line("Số: 31/2019", 1130, 560),
)
REGISTERED = (
    line("Nơi đăng ký kết hôn: Ủy ban nhân dân xã Suối Mưa, tỉnh Hòa Sơn", 300, 1600),
    line("Ngày, tháng, năm đăng ký: 15/3/2019", 300, 1680),
    *SIGNATURE,
)
WIFE = (
    "Họ, chữ đệm, tên vợ: TRẦN THỊ HOA",
    "Ngày, tháng, năm sinh: 07/3/1992",
    "Dân tộc: Tày",
    "Nơi cư trú: Bản Hạ, xã Suối Mưa, tỉnh",
    "Hòa Sơn",
    "Giấy tờ tùy thân: CCCD số 004192000127",
)
HUSBAND = (
    "Họ, chữ đệm, tên chồng: LÝ VĂN ANH",
    "Ngày, tháng, năm sinh: 21/11/1990",
    "Dân tộc: Kinh",
    "Nơi cư trú: Phường Đồi Thông, tỉnh Hòa",
    "Sơn",
    "Giấy tờ tùy thân: CCCD số 004090000129",
)
VALUES = {
    "wife_name": "TRẦN THỊ HOA",
    "wife_date_of_birth": "1992-03-07",
    "wife_id": "004192000127",
    "husband_name": "LÝ VĂN ANH",
    "husband_date_of_birth": "1990-11-21",
    "husband_id": "004090000129",
    "document_number": "31/2019",
    "issue_date": "2019-03-15",
    "issuing_agency": "Ủy ban nhân dân xã Suối Mưa, tỉnh Hòa Sơn",
    "signer_position": "CHỦ TỊCH",
    "signer_name": "Bế Văn Toản",
    "owner_name": ["TRẦN THỊ HOA", "LÝ VĂN ANH"],
    "owner_id": ["004192000127", "004090000129"],
}
SINGLE = (
    *HEAD,
    line("Số: 15/UBND-XNTTHN | Suối Mưa, ngày 07 tháng 3 năm 2022", 400, 430),
    line("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", 800, 560),
    line("Xét đề nghị của ông/bà: LÝ VĂN ANH", 350, 700),
    line("XÁC NHẬN:", 1100, 780),
    line("Họ, chữ đệm, tên: TRẦN THỊ HOA", 350, 860),
    line("Ngày, tháng, năm sinh: 07/3/1992", 350, 940),
    line("Giới tính: Nữ Dân tộc: Tày Quốc tịch: Việt Nam", 350, 1020),
    line("Giấy tờ tùy thân: Căn cước công dân số 004192000127 do Cục Cảnh sát cấp", 350, 1100),
    line("Nơi cư trú: Bản Hạ, xã Suối Mưa, tỉnh Hòa Sơn", 350, 1180),
    line("Tình trạng hôn nhân: Hiện tại chưa đăng ký kết hôn với ai.", 350, 1260),
    line("Giấy này có giá trị kể từ ngày cấp, được sử dụng để: Đăng ký kết hôn.", 350, 1340),
    *SIGNATURE,
)
DEATH = (
    *HEAD,
    line("Số: 27/TLKT | Suối Mưa, ngày 09 tháng 12 năm 2021", 400, 430),
    line("TRÍCH LỤC KHAI TỬ", 1000, 560),
    line("Họ, chữ đệm, tên: TRẦN THỊ HOA", 350, 700),
    line("Ngày, tháng, năm sinh: 1942", 350, 780),
    line("Giới tính: Nữ Dân tộc: Tày Quốc tịch: Việt Nam", 350, 860),
    line("Giấy tờ tùy thân: Căn cước công dân số 004142000127", 350, 940),
    line("Đã chết vào lúc: 09 giờ 17 phút, ngày 26 tháng 11 năm 2021", 350, 1020),
    line("Nơi chết: Bệnh viện đa khoa tỉnh Hòa Sơn", 350, 1100),
    line("Nguyên nhân chết: Bệnh già", 350, 1180),
    line("Nơi đăng ký khai tử: Ủy ban nhân dân xã Suối Mưa", 350, 1260),
    line("Số: 38/2021 Ngày, tháng, năm đăng ký: 01/12/2021", 350, 1340),
    *SIGNATURE,
)
