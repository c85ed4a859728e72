"""Fictional decisions and licences: agencies, people and matters are invented."""

from samples.generator.templates.administrative import Document
from samples.generator.words import Date

_SUOI_MAY = "TỈNH HÒA SƠN ★ ỦY BAN NHÂN DÂN XÃ SUỐI MÂY ★"

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
        "Căn cứ kết quả rà soát hộ nghèo, hộ cận nghèo trên địa bàn xã Suối Mây năm 2026;",
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


INSPECTION_DECISION = Document(
    agency=("ỦY BAN NHÂN DÂN", "TỈNH HÒA SƠN"),
    number="126",
    symbol="QĐ-UBND",
    place="Hòa Sơn",
    date=Date(12, 1, 2026),
    kind="QUYẾT ĐỊNH",
    subject=("Về việc thành lập Tổ kiểm tra an toàn công trình", "trường học trên địa bàn tỉnh năm 2026"),
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÒA SƠN",
    grounds=(
        "Căn cứ Luật Xây dựng ngày 18 tháng 6 năm 2014 và các luật sửa đổi, bổ sung;",
        "Căn cứ kế hoạch bảo đảm an toàn công trình công cộng của tỉnh Hòa Sơn năm 2026;",
        "Theo đề nghị của Giám đốc Sở Xây dựng.",
    ),
    verb="QUYẾT ĐỊNH:",
    body=(
        (
            (
                "**Điều 1.** Thành lập Tổ kiểm tra an toàn công trình trường học trên địa bàn tỉnh năm 2026, gồm các "
                "ông, bà có tên sau:"
            ),
            "1. Ông Đinh Trọng Thủy, Phó Giám đốc Sở Xây dựng, Tổ trưởng;",
            "2. Bà Cao Thị Nguyệt Ánh, Trưởng phòng Quản lý chất lượng công trình, Sở Xây dựng, Tổ phó;",
            "3. Ông Lục Hữu Phước, Giám đốc Trung tâm Kiểm định xây dựng, thành viên;",
            "4. Đại diện Ủy ban nhân dân cấp xã nơi có công trình được kiểm tra, thành viên.",
        ),
        (
            (
                "**Điều 2.** Tổ kiểm tra có nhiệm vụ lập kế hoạch, kiểm tra hiện trạng kết cấu, hệ thống điện và "
                "phòng cháy, chữa cháy của các trường học xây dựng trước năm 2005; kiến nghị biện pháp sửa chữa hoặc "
                "dừng sử dụng đối với công trình không bảo đảm an toàn."
            ),
            "Tổ kiểm tra hoàn thành nhiệm vụ và báo cáo Ủy ban nhân dân tỉnh trước ngày 30 tháng 6 năm 2026.",
            (
                "**Điều 3.** Kinh phí hoạt động của Tổ kiểm tra được bố trí từ dự toán ngân sách giao cho Sở Xây dựng "
                "năm 2026."
            ),
            (
                "**Điều 4.** Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng, Giám đốc các sở có liên "
                "quan và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành quyết định này./."
            ),
        ),
    ),
    position=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signer="Mạc Thế Cường",
    recipients=(
        "Như Điều 4;",
        "Chủ tịch UBND tỉnh (báo cáo);",
        "Sở Giáo dục và Đào tạo;",
        "UBND các xã, phường;",
        "Lưu: VT, KTN.",
    ),
    seal_ring="ỦY BAN NHÂN DÂN ★ TỈNH HÒA SƠN ★",
    seal_core=("TỈNH", "HÒA SƠN"),
    seed=53,
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
    signer="Hà Thị Lan Hương",
    recipients=("Ông Nông Quốc Bảo;", "Công an xã;", "Lưu: VT, KT."),
    seal_ring=_SUOI_MAY,
    seal_core=("XÃ", "SUỐI MÂY"),
    owner={"owner_name": "Nông Quốc Bảo", "owner_id": "008079990418"},
    seed=83,
)
