"""Fictional notices, letters, submissions and reports: agencies, people and matters are invented."""

from samples.generator.templates.administrative import Document
from samples.generator.words import Date

_DOI_THONG = "TỈNH HÒA SƠN ★ ỦY BAN NHÂN DÂN PHƯỜNG ĐỒI THÔNG ★"

COUNTER_NOTICE = Document(
    agency=("ỦY BAN NHÂN DÂN", "PHƯỜNG ĐỒI THÔNG"),
    number="94",
    symbol="TB-UBND",
    place="Đồi Thông",
    date=Date(9, 11, 2026),
    kind="THÔNG BÁO",
    subject=("Về việc điều chỉnh thời gian tiếp nhận hồ sơ", "tại Trung tâm Phục vụ hành chính công phường"),
    body=(
        (
            (
                "Để thuận tiện cho tổ chức, cá nhân đến giải quyết thủ tục hành chính, Ủy ban nhân dân phường Đồi "
                "Thông thông báo thời gian tiếp nhận hồ sơ tại Trung tâm Phục vụ hành chính công như sau:"
            ),
            "**1. Thời gian tiếp nhận**",
            (
                "a) Buổi sáng từ 7 giờ 30 phút đến 11 giờ 30 phút; buổi chiều từ 13 giờ 30 phút đến 17 giờ 00 phút, "
                "từ thứ Hai đến thứ Sáu hằng tuần."
            ),
            "b) Sáng thứ Bảy từ 8 giờ 00 phút đến 11 giờ 00 phút, chỉ tiếp nhận hồ sơ hộ tịch và chứng thực.",
            "**2. Thời gian thực hiện:** kể từ ngày 01 tháng 12 năm 2026.",
            "Đề nghị các tổ dân phố thông báo rộng rãi để Nhân dân biết và thực hiện./.",
        ),
    ),
    position=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signer="Vương Thị Hồng Nhạn",
    recipients=("Đảng ủy, HĐND phường;", "Các tổ dân phố;", "Trang thông tin điện tử phường;", "Lưu: VT, HCC."),
    seal_ring=_DOI_THONG,
    seal_core=("PHƯỜNG", "ĐỒI THÔNG"),
    seed=23,
)


FOREST_SUBMISSION = Document(
    parent=("ỦY BAN NHÂN DÂN", "TỈNH HÒA SƠN"),
    agency=("SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"),
    number="307",
    symbol="TTr-SNNMT",
    place="Hòa Sơn",
    date=Date(30, 10, 2026),
    kind="TỜ TRÌNH",
    subject=("Về việc phê duyệt phương án trồng rừng phòng hộ", "đầu nguồn suối Mây giai đoạn 2027 - 2030"),
    addressees=("Ủy ban nhân dân tỉnh Hòa Sơn",),
    body=(
        (
            (
                "Sở Nông nghiệp và Môi trường kính trình Ủy ban nhân dân tỉnh xem xét, phê duyệt phương án trồng "
                "rừng phòng hộ đầu nguồn suối Mây với các nội dung chính sau:"
            ),
            (
                "**1. Mục tiêu:** trồng mới 420 ha rừng phòng hộ, khoanh nuôi tái sinh 1.150 ha; nâng tỷ lệ che phủ "
                "rừng của ba xã đầu nguồn lên trên 61%."
            ),
            "**2. Địa điểm:** các xã Suối Mây, Bến Lau và Khau Sơn, tỉnh Hòa Sơn.",
            "**3. Kinh phí:** 23,6 tỷ đồng từ ngân sách tỉnh và nguồn dịch vụ môi trường rừng.",
            "**4. Thời gian thực hiện:** từ quý I năm 2027 đến hết quý IV năm 2030.",
            "Kính trình Ủy ban nhân dân tỉnh xem xét, quyết định./.",
        ),
    ),
    position=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    signer="Phùng Đức Lâm",
    recipients=("Như trên;", "Giám đốc Sở (báo cáo);", "Chi cục Kiểm lâm;", "Lưu: VT, KL."),
    seal_ring="TỈNH HÒA SƠN ★ SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG ★",
    seal_core=("SỞ NN", "VÀ MT"),
    seed=35,
)


BRIDGE_LETTER = Document(
    agency=("ỦY BAN NHÂN DÂN", "PHƯỜNG ĐỒI THÔNG"),
    number="638",
    symbol="UBND-KTHT",
    place="Đồi Thông",
    date=Date(5, 11, 2026),
    subject=("V/v lấy ý kiến về vị trí xây dựng", "cầu dân sinh qua suối Bản Hạ"),
    addressees=("Sở Xây dựng tỉnh Hòa Sơn", "Ủy ban nhân dân xã Bến Lau", "Công ty cổ phần Cầu đường Mây Ngàn"),
    body=(
        (
            (
                "Thực hiện kế hoạch đầu tư công trung hạn, Ủy ban nhân dân phường Đồi Thông đang chuẩn bị hồ sơ đề "
                "xuất chủ trương đầu tư cầu dân sinh qua suối Bản Hạ, nối tổ dân phố số 4 với bản Nà Lốc thuộc xã "
                "Bến Lau."
            ),
            "Qua khảo sát, có hai vị trí dự kiến như sau:",
            (
                "1. Vị trí thứ nhất cách ngầm tràn hiện có 120 m về phía thượng lưu; chiều dài cầu khoảng 36 m; ít "
                "phải giải phóng mặt bằng nhưng đường dẫn có độ dốc lớn."
            ),
            (
                "2. Vị trí thứ hai cách ngầm tràn hiện có 250 m về phía hạ lưu; chiều dài cầu khoảng 42 m; thuận lợi "
                "về đường dẫn nhưng ảnh hưởng đến đất trồng lúa của 7 hộ dân."
            ),
            (
                "Để có cơ sở lựa chọn vị trí, Ủy ban nhân dân phường đề nghị các cơ quan, đơn vị nghiên cứu, cho ý "
                "kiến về sự phù hợp với quy hoạch, yêu cầu thoát lũ và phương án tổ chức giao thông trong thời gian "
                "thi công."
            ),
        ),
        (
            (
                "Ủy ban nhân dân xã Bến Lau phối hợp lấy ý kiến của cộng đồng dân cư bản Nà Lốc và gửi kèm biên bản "
                "họp bản."
            ),
            (
                "Văn bản tham gia ý kiến gửi về Ủy ban nhân dân phường (qua Phòng Kinh tế, Hạ tầng và Đô thị) trước "
                "ngày 20 tháng 11 năm 2026 để tổng hợp."
            ),
            "Rất mong nhận được sự phối hợp của các cơ quan, đơn vị./.",
        ),
    ),
    position=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer="Triệu Quang Sáng",
    recipients=("Như trên;", "Thường trực HĐND phường;", "Lưu: VT, KTHT."),
    seal_ring=_DOI_THONG,
    seal_core=("PHƯỜNG", "ĐỒI THÔNG"),
    seed=47,
)


WATER_NOTICE = Document(
    parent=("ỦY BAN NHÂN DÂN", "PHƯỜNG ĐỒI THÔNG"),
    agency=("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"),
    number="09",
    symbol="TB-HCC",
    place="Đồi Thông",
    date=Date(3, 2, 2026),
    kind="THÔNG BÁO",
    subject=("Kết quả giải quyết hồ sơ cấp nước sạch tập trung",),
    body=(
        (
            (
                "Trung tâm Phục vụ hành chính công phường Đồi Thông thông báo kết quả giải quyết hồ sơ đăng ký sử "
                "dụng nước sạch tập trung của các hộ dân tổ dân phố số 6 như sau:"
            ),
            "1. Số hồ sơ đã tiếp nhận: 57 hồ sơ; số hồ sơ đủ điều kiện: 54 hồ sơ; số hồ sơ cần bổ sung: 03 hồ sơ.",
            (
                "2. Các hộ đủ điều kiện được lắp đặt đồng hồ từ ngày 23 tháng 02 năm 2026. Chi phí lắp đặt được miễn "
                "cho hộ nghèo và hộ có công với cách mạng."
            ),
            (
                "3. Các hộ có hồ sơ cần bổ sung nộp bản sao giấy tờ về chỗ ở trước ngày 15 tháng 02 năm 2026 tại quầy "
                "số 2 của Trung tâm."
            ),
            "Trung tâm thông báo để các hộ dân được biết và thực hiện./.",
        ),
    ),
    position=("GIÁM ĐỐC",),
    signer="Sầm Thanh Huyền",
    recipients=("Tổ dân phố số 6;", "UBND phường (báo cáo);", "Lưu: VT, HCC."),
    seal_ring="PHƯỜNG ĐỒI THÔNG ★ TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG ★",
    seal_core=("TRUNG TÂM", "HCC"),
    seed=61,
)


REFORM_REPORT = Document(
    agency=("ỦY BAN NHÂN DÂN", "PHƯỜNG ĐỒI THÔNG"),
    number="176",
    symbol="BC-UBND",
    place="Đồi Thông",
    date=Date(28, 9, 2026),
    kind="BÁO CÁO",
    subject=("Kết quả cải cách thủ tục hành chính quý III năm 2026",),
    body=(
        (
            (
                "Thực hiện kế hoạch cải cách hành chính năm 2026, Ủy ban nhân dân phường Đồi Thông báo cáo kết quả "
                "quý III như sau:"
            ),
            (
                "1. Trung tâm Phục vụ hành chính công tiếp nhận 2.316 hồ sơ, trong đó nộp trực tuyến 1.874 hồ sơ; "
                "giải quyết đúng hạn và trước hạn 2.297 hồ sơ, đạt 99,2%."
            ),
            (
                "2. Số hóa thành phần hồ sơ khi tiếp nhận đạt 96,4%; tái sử dụng kết quả số hóa 611 lượt, người dân "
                "không phải nộp lại 738 loại giấy tờ."
            ),
            (
                "3. Tồn tại: đường truyền tại hai điểm tiếp nhận xa trung tâm chưa ổn định; một số bản quét còn mờ, "
                "phải quét lại."
            ),
            "Số liệu chi tiết theo lĩnh vực được nêu tại phụ lục kèm theo báo cáo này./.",
        ),
    ),
    position=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    signer="Triệu Quang Sáng",
    recipients=("UBND tỉnh (báo cáo);", "Thường trực HĐND phường;", "Lưu: VT, HCC."),
    seal_ring=_DOI_THONG,
    seal_core=("PHƯỜNG", "ĐỒI THÔNG"),
    seed=71,
)
