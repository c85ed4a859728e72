"""Fictional children and their papers.

The personal ids are built as real ones are (province, century and sex, year, serial), with serials from
990000 on: no province registers that many births of one sex in a year, so no child bears such a number.
"""

from samples.generator.templates.birth_certificate import Child, Extract, Parent, Registration
from samples.generator.words import Date

_SUOI_MAY = "TỈNH HÒA SƠN ★ ỦY BAN NHÂN DÂN XÃ SUỐI MÂY ★"
_DOI_THONG = "TỈNH HÒA SƠN ★ ỦY BAN NHÂN DÂN PHƯỜNG ĐỒI THÔNG ★"

KHUE = Child(
    name="NÔNG MINH KHUÊ",
    born=Date(7, 3, 2019),
    female=True,
    ethnicity="Tày",
    place_of_birth="Bệnh viện đa khoa tỉnh Hòa Sơn",
    hometown="Xã Suối Mây, tỉnh Hòa Sơn",
    personal_id="004319990127",
    mother=Parent("HOÀNG THỊ MAI", 1990, "Tày", "Bản Nà Phiêng, xã Suối Mây, tỉnh Hòa Sơn"),
    father=Parent("NÔNG VĂN THẠCH", 1987, "Tày", "Bản Nà Phiêng, xã Suối Mây, tỉnh Hòa Sơn"),
)
KHUE_REGISTRATION = Registration(
    number="31/2019",
    agency="Ủy ban nhân dân xã Suối Mây, tỉnh Hòa Sơn",
    date=Date(15, 3, 2019),
    position=("CHỦ TỊCH",),
    signer="Bế Ngọc Toản",
    seal_ring=_SUOI_MAY,
    seal_core=("XÃ", "SUỐI MÂY"),
    declarant="NÔNG VĂN THẠCH",
    declarant_paper="Căn cước công dân số 004087990263",
    seed=5,
)
KHUE_EXTRACT = Extract(
    agency=("ỦY BAN NHÂN DÂN", "XÃ SUỐI MÂY"),
    number="128/TLKS-BS",
    place="Suối Mây",
    date=Date(6, 11, 2026),
    position=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signer="Hà Thị Lan Hương",
)

HUY = Child(
    name="Trương Gia Huy",
    born=Date(8, 5, 2008),
    female=False,
    ethnicity="Kinh",
    place_of_birth="Bệnh viện đa khoa huyện Mây Ngàn",
    hometown="Xã Bến Lau, huyện Mây Ngàn, tỉnh Hòa Sơn",
    personal_id=None,
    mother=Parent("Lưu Thị Cẩm Tú", 1984, "Kinh", "Xã Bến Lau, huyện Mây Ngàn, tỉnh Hòa Sơn"),
    father=Parent("Trương Hữu Đạt", 1979, "Kinh", "Xã Bến Lau, huyện Mây Ngàn, tỉnh Hòa Sơn"),
)
HUY_REGISTRATION = Registration(
    number="102",
    agency="Ủy ban nhân dân xã Bến Lau, huyện Mây Ngàn, tỉnh Hòa Sơn",
    date=Date(20, 5, 2008),
    position=("PHÓ CHỦ TỊCH",),
    signer="Quách Văn Định",
    seal_ring="HUYỆN MÂY NGÀN ★ ỦY BAN NHÂN DÂN XÃ BẾN LAU ★",
    seal_core=("XÃ", "BẾN LAU"),
    declarant="Trương Hữu Đạt",
    declarant_paper="",
    seed=9,
)

LINH = Child(
    name="ĐÀM NGỌC LINH",
    born=Date(30, 8, 2024),
    female=True,
    ethnicity="Nùng",
    place_of_birth="Bệnh viện Sản - Nhi tỉnh Hòa Sơn",
    hometown="Phường Đồi Thông, tỉnh Hòa Sơn",
    personal_id="020324990356",
    mother=Parent("LÝ THỊ KIM THOA", 1996, "Nùng", "Tổ dân phố số 6, phường Đồi Thông, tỉnh Hòa Sơn"),
    father=Parent("ĐÀM QUANG VỊNH", 1993, "Nùng", "Tổ dân phố số 6, phường Đồi Thông, tỉnh Hòa Sơn"),
)
LINH_REGISTRATION = Registration(
    number="86/2024",
    agency="Ủy ban nhân dân phường Đồi Thông, tỉnh Hòa Sơn",
    date=Date(12, 9, 2024),
    position=("CHỦ TỊCH",),
    signer="Triệu Quang Sáng",
    seal_ring=_DOI_THONG,
    seal_core=("PHƯỜNG", "ĐỒI THÔNG"),
    declarant="LÝ THỊ KIM THOA",
    declarant_paper="Căn cước số 020196990581",
    seed=13,
)
