"""Fictional administrative documents: agencies, people and matters are invented."""

from samples.generator.templates.administrative import Document
from samples.generator.words import Date

_SUOI_MAY = "TỈNH HÒA SƠN ★ ỦY BAN NHÂN DÂN XÃ SUỐI MÂY ★"
_DOI_THONG = "TỈNH HÒA SƠN ★ ỦY BAN NHÂN DÂN PHƯỜNG ĐỒI THÔNG ★"

POVERTY_DECISION = Document(
    agency=("ỦY BAN NHÂN DÂN", "XÃ SUỐI MÂY"),
    number="215",
    symbol="QĐ-UBND",
    place="Suối Mây",
    date=Date(17, 11, 2026),
    kind="QUYẾT ĐỊNH",
    subject=("Về việc công nhận hộ gia đình thoát nghèo năm 2026",),
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI MÂY",
    grounds=(
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "Căn cứ kết quả rà soát hộ nghèo, hộ cận nghèo trên địa bàn xã năm 2026;",
        "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số 62/TTr-VHXH ngày 12 tháng 11 năm 2026.",
    ),
    verb="QUYẾT ĐỊNH:",
    body=(
        (
            (
                "**Điều 1.** Công nhận 18 hộ gia đình tại các bản Nà Phiêng, Khau Sơn và Thẳm Lươn thoát nghèo "
                "năm 2026 (có danh sách kèm theo)."
            ),
            (
                "**Điều 2.** Các hộ có tên trong danh sách được tiếp tục vay vốn ưu đãi trong thời gian 36 tháng "
                "kể từ ngày quyết định này có hiệu lực."
            ),
            (
                "**Điều 3.** Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng, Trưởng phòng Văn hóa - Xã "
                "hội, các trưởng bản và các hộ gia đình có tên tại Điều 1 chịu trách nhiệm thi hành./."
            ),
        ),
    ),
    position=("CHỦ TỊCH",),
    signer="Lò Văn Khương",
    recipients=("Như Điều 3;", "UBND tỉnh (báo cáo);", "Thường trực Đảng ủy xã;", "Lưu: VT, VHXH."),
    seal_ring=_SUOI_MAY,
    seal_core=("XÃ", "SUỐI MÂY"),
    seed=11,
)

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
    signer="Vi Thị Hồng Nhạn",
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

INSPECTION_DECISION = Document(
    parent=("ỦY BAN NHÂN DÂN", "TỈNH HÒA SƠN"),
    agency=("SỞ XÂY DỰNG",),
    number="88",
    symbol="QĐ-SXD",
    place="Hòa Sơn",
    date=Date(12, 1, 2026),
    kind="QUYẾT ĐỊNH",
    subject=("Về việc thành lập Tổ kiểm tra an toàn công trình", "trường học trên địa bàn tỉnh năm 2026"),
    authority="GIÁM ĐỐC SỞ XÂY DỰNG",
    grounds=(
        "Căn cứ Luật Xây dựng ngày 18 tháng 6 năm 2014 và các luật sửa đổi, bổ sung;",
        "Căn cứ quy định về chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Xây dựng tỉnh Hòa Sơn;",
        "Theo đề nghị của Trưởng phòng Quản lý chất lượng công trình.",
    ),
    verb="QUYẾT ĐỊNH:",
    body=(
        (
            (
                "**Điều 1.** Thành lập Tổ kiểm tra an toàn công trình trường học trên địa bàn tỉnh năm 2026, gồm các "
                "ông, bà có tên sau:"
            ),
            "1. Ông Đinh Trọng Thủy, Phó Giám đốc Sở Xây dựng, Tổ trưởng;",
            "2. Bà Cao Thị Nguyệt Ánh, Trưởng phòng Quản lý chất lượng công trình, Tổ phó;",
            "3. Ông Lục Hữu Phước, Giám đốc Trung tâm Kiểm định xây dựng, thành viên;",
            "4. Đại diện Ủy ban nhân dân cấp xã nơi có công trình được kiểm tra, thành viên.",
        ),
        (
            (
                "**Điều 2.** Tổ kiểm tra có nhiệm vụ lập kế hoạch, kiểm tra hiện trạng kết cấu, hệ thống điện và "
                "phòng cháy, chữa cháy của các trường học xây dựng trước năm 2005; kiến nghị biện pháp sửa chữa hoặc "
                "dừng sử dụng đối với công trình không bảo đảm an toàn."
            ),
            "Tổ kiểm tra hoàn thành nhiệm vụ và báo cáo Giám đốc Sở trước ngày 30 tháng 6 năm 2026.",
            (
                "**Điều 3.** Kinh phí hoạt động của Tổ kiểm tra được bố trí từ dự toán ngân sách giao cho Sở Xây dựng "
                "năm 2026."
            ),
            (
                "**Điều 4.** Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Sở, Trưởng các phòng chuyên "
                "môn và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành quyết định này./."
            ),
        ),
    ),
    position=("GIÁM ĐỐC",),
    signer="Mạc Thế Cường",
    recipients=(
        "Như Điều 4;",
        "UBND tỉnh (báo cáo);",
        "Sở Giáo dục và Đào tạo;",
        "UBND các xã, phường;",
        "Lưu: VT, QLCL.",
    ),
    seal_ring="TỈNH HÒA SƠN ★ SỞ XÂY DỰNG ★",
    seal_core=("SỞ", "XÂY DỰNG"),
    seed=53,
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

SIGNBOARD_LICENCE = Document(
    agency=("ỦY BAN NHÂN DÂN", "XÃ SUỐI MÂY"),
    number="07",
    symbol="GP-UBND",
    place="Suối Mây",
    date=Date(19, 11, 2026),
    kind="GIẤY PHÉP",
    subject=("Sử dụng tạm thời vỉa hè để trung chuyển vật liệu xây dựng",),
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI MÂY",
    grounds=(
        "Căn cứ quy định về quản lý và sử dụng tạm thời lòng đường, vỉa hè trên địa bàn tỉnh Hòa Sơn;",
        "Xét hồ sơ đề nghị tiếp nhận ngày 16 tháng 11 năm 2026.",
    ),
    verb="CHO PHÉP:",
    body=(
        (
            (
                "1. Ông Nông Quốc Bảo, số định danh cá nhân 008079990418, thường trú tại bản Nà Phiêng, xã Suối Mây, "
                "tỉnh Hòa Sơn, được sử dụng tạm thời 12 m² vỉa hè trước số nhà 15, đường Bản Hạ."
            ),
            (
                "2. Mục đích: trung chuyển vật liệu để sửa chữa nhà ở riêng lẻ; phần vỉa hè còn lại dành cho người đi "
                "bộ rộng tối thiểu 1,5 m."
            ),
            "3. Thời gian sử dụng: từ 22 giờ đêm hôm trước đến 6 giờ sáng hôm sau, trong 30 ngày kể từ ngày cấp.",
            "4. Người được cấp phép hoàn trả nguyên trạng vỉa hè và xuất trình giấy phép này khi được kiểm tra./.",
        ),
    ),
    position=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signer="Hà Thị Lan Chi",
    recipients=("Ông Nông Quốc Bảo;", "Công an xã;", "Lưu: VT, KT."),
    seal_ring=_SUOI_MAY,
    seal_core=("XÃ", "SUỐI MÂY"),
    owner={"owner_name": "Nông Quốc Bảo", "owner_id": "008079990418"},
    seed=83,
)

SCHOOL_DECISION = Document(
    agency=("ỦY BAN NHÂN DÂN", "XÃ SUỐI MÂY"),
    number="47",
    symbol="QĐ-UBND",
    place="Suối Mây",
    date=Date(26, 3, 2026),
    kind="QUYẾT ĐỊNH",
    subject=("Về việc hỗ trợ sách vở cho học sinh bán trú", "Trường Tiểu học Khau Sơn"),
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI MÂY",
    grounds=(
        "Căn cứ Nghị quyết của Hội đồng nhân dân xã về phân bổ dự toán ngân sách năm 2026;",
        "Xét đề nghị của Hiệu trưởng Trường Tiểu học Khau Sơn.",
    ),
    verb="QUYẾT ĐỊNH:",
    body=(
        (
            (
                "**Điều 1.** Hỗ trợ sách giáo khoa và vở viết cho 63 học sinh bán trú của Trường Tiểu học Khau Sơn, "
                "mức hỗ trợ 350.000 đồng một học sinh."
            ),
            (
                "**Điều 2.** Giao Phòng Kinh tế chuyển kinh phí và hướng dẫn nhà trường mua sắm, cấp phát, quyết toán "
                "theo quy định."
            ),
            (
                "**Điều 3.** Chánh Văn phòng, Trưởng phòng Kinh tế và Hiệu trưởng Trường Tiểu học Khau Sơn chịu trách "
                "nhiệm thi hành quyết định này./."
            ),
        ),
    ),
    position=("CHỦ TỊCH",),
    signer="Lò Văn Khương",
    recipients=("Như Điều 3;", "Thường trực HĐND xã;", "Lưu: VT, KT."),
    seal_ring=_SUOI_MAY,
    seal_core=("XÃ", "SUỐI MÂY"),
    handwritten=True,
    seed=97,
)

SERVICE_DECISION = Document(
    parent=("ỦY BAN NHÂN DÂN", "TỈNH HÒA SƠN"),
    agency=("SỞ KHOA HỌC", "VÀ CÔNG NGHỆ"),
    number="142",
    symbol="QĐ-SKHCN",
    place="Hòa Sơn",
    date=Date(18, 8, 2026),
    kind="QUYẾT ĐỊNH",
    subject=("Về việc công nhận sáng kiến cấp cơ sở năm 2026",),
    authority="GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    grounds=(
        "Căn cứ Điều lệ Sáng kiến;",
        "Theo kết luận của Hội đồng sáng kiến cấp cơ sở tại phiên họp ngày 11 tháng 8 năm 2026.",
    ),
    verb="QUYẾT ĐỊNH:",
    body=(
        (
            (
                "**Điều 1.** Công nhận sáng kiến “Tủ hồ sơ lưu động phục vụ các bản vùng cao” của nhóm tác giả thuộc "
                "Ủy ban nhân dân xã Suối Mây là sáng kiến cấp cơ sở năm 2026."
            ),
            (
                "**Điều 2.** Nhóm tác giả được hưởng quyền lợi theo quy định và có trách nhiệm phổ biến sáng kiến đến "
                "các xã, phường trên địa bàn tỉnh."
            ),
            (
                "**Điều 3.** Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Sở, Trưởng phòng Quản lý công "
                "nghệ và nhóm tác giả chịu trách nhiệm thi hành quyết định này./."
            ),
        ),
    ),
    position=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    signer="Âu Dương Thị Vân",
    recipients=("Như Điều 3;", "UBND xã Suối Mây;", "Lưu: VT, QLCN."),
    seal_ring="TỈNH HÒA SƠN ★ SỞ KHOA HỌC VÀ CÔNG NGHỆ ★",
    seal_core=("SỞ", "KH VÀ CN"),
    seed=101,
)
