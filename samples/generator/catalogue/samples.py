"""The samples in order: paper, form, place in the inbox, ending."""

from dataclasses import replace
from datetime import UTC, datetime

from samples.generator.catalogue import birth_certificates, corpus_papers, decisions, notices
from samples.generator.degradations import bleed_through, blur, grey, noise, paper, shade, skew, tone
from samples.generator.fonts import Style
from samples.generator.forms import BilevelTiff, BornDigitalPdf, Jpeg, MixedPdf, Png, ScannedPdf, Truncated
from samples.generator.paper import Page, Paper
from samples.generator.sample import Sample
from samples.generator.sheet import Sheet, number_page
from samples.generator.signed import SignedPdf
from samples.generator.templates.administrative import TIGHT, WIDE, compose_document
from samples.generator.templates.birth_certificate import (
    blank_back,
    compose_certificate,
    compose_extract,
    compose_old_certificate,
)
from samples.generator.templates.receipt import compose_receipt

SUOI_MAY_1 = "H99.01-261120-0001"
SUOI_MAY_2 = "H99.01-261120-0002"
DOI_THONG_1 = "H99.02-261121-0001"
DOI_THONG_2 = "H99.02-261121-0002"

WARM = (255, 253, 248)
COOL = (250, 252, 255)


def _compose_annex() -> Page:
    sheet = Sheet()
    number_page(sheet, 2)
    sheet.y = 32.0
    sheet.stack(110.0, ("PHỤ LỤC", "Số liệu theo lĩnh vực"), size=14, style=Style.BOLD, pitch=6.4)
    sheet.y += 6.0
    rows = (
        ("Lĩnh vực", "Tiếp nhận", "Đúng hạn", "Tái sử dụng"),
        ("Hộ tịch", "812", "812", "264"),
        ("Chứng thực", "655", "655", "0"),
        ("Đất đai", "431", "418", "197"),
        ("Xây dựng", "228", "224", "88"),
        ("Bảo trợ xã hội", "190", "188", "62"),
        ("Tổng cộng", "2.316", "2.297", "611"),
    )
    for number, row in enumerate(rows):
        style = Style.BOLD if number in {0, len(rows) - 1} else Style.REGULAR
        sheet.text(34.0, row[0], size=13, style=style)
        for x, cell in zip((112.0, 147.0, 184.0), row[1:], strict=True):
            sheet.text(x, cell, size=13, style=style, align="right")
        sheet.rule(30.0, 188.0, dy=2.6)
        sheet.y += 9.0
    return sheet.finish()


def _compose_report() -> Paper:
    report = compose_document(notices.REFORM_REPORT, WIDE)
    return replace(report, pages=(*report.pages, _compose_annex()))


_RECEIPT = compose_receipt(
    "CỬA HÀNG TẠP HÓA NẬM MÂY",
    "Chợ Bến Lau, kiốt 12",
    (
        ("Bóng đèn tròn 9 W", 4, 38000),
        ("Dây thừng dù 8 mm, cuộn", 1, 145000),
        ("Chổi tre", 3, 25000),
        ("Xô nhựa 20 lít", 2, 52000),
    ),
)
_CERTIFICATE = compose_certificate(birth_certificates.KHUE, birth_certificates.KHUE_REGISTRATION)

SAMPLES: tuple[Sample, ...] = (
    Sample(
        "decision-seal-skewed",
        SUOI_MAY_1,
        "TP01",
        compose_document(decisions.POVERTY_DECISION),
        Jpeg(dpi=300, quality=72, steps=(paper(COOL), skew(1.5), blur(0.6), noise(3))),
    ),
    Sample(
        "submission-png",
        SUOI_MAY_1,
        "TP02",
        compose_document(notices.FOREST_SUBMISSION, TIGHT),
        Png(dpi=200, steps=(paper(WARM),)),
    ),
    Sample(
        "birth-certificate",
        SUOI_MAY_1,
        "TP03",
        _CERTIFICATE,
        Jpeg(dpi=200, quality=80, steps=(skew(-0.4), noise(3))),
    ),
    Sample("shop-receipt", SUOI_MAY_1, "TP04", _RECEIPT, Jpeg(dpi=200, steps=(paper(WARM), skew(0.7), noise(5)))),
    Sample(
        "damaged-jpeg",
        SUOI_MAY_1,
        "TP05",
        _CERTIFICATE,
        Truncated(Jpeg(dpi=150, steps=(noise(3),)), 0.55),
        ends="rejected",
        code="input_damaged",
    ),
    Sample(
        "licence-result",
        SUOI_MAY_1,
        "KQ1",
        compose_document(decisions.SIGNBOARD_LICENCE, TIGHT),
        Jpeg(dpi=200, quality=80, steps=(paper(COOL), skew(0.3), noise(3))),
    ),
    Sample(
        "decision-scanned-pdf",
        SUOI_MAY_2,
        "TP01",
        compose_document(decisions.INSPECTION_DECISION),
        ScannedPdf(dpi=200, quality=78, steps=(paper(WARM), skew(-0.5), noise(3), shade(35))),
    ),
    Sample(
        "birth-certificate-old",
        SUOI_MAY_2,
        "TP02",
        compose_old_certificate(birth_certificates.HUY, birth_certificates.HUY_REGISTRATION, "Mây Ngàn", "Hòa Sơn"),
        Jpeg(dpi=200, quality=80, steps=(tone(10, 246), skew(0.6), noise(3))),
        # Its signer is Quách Văn Định, and Đinh is read as Định.
        ends="needs_review",
    ),
    Sample(
        "decision-handwritten",
        SUOI_MAY_2,
        "TP03",
        compose_document(decisions.SCHOOL_DECISION),
        Jpeg(dpi=300, quality=72, steps=(paper(WARM), skew(-0.8), blur(0.5), noise(3))),
        ends="needs_review",
    ),
    Sample(
        "decision-signed-pdf",
        SUOI_MAY_2,
        "TP04",
        compose_document(decisions.SERVICE_DECISION, TIGHT),
        SignedPdf("SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH HÒA SƠN (HƯ CẤU)", datetime(2026, 8, 18, 2, 30, tzinfo=UTC)),
        reproducible=False,
    ),
    Sample(
        "notice-exif-rotated",
        DOI_THONG_1,
        "TP01",
        compose_document(notices.COUNTER_NOTICE),
        Jpeg(dpi=200, quality=80, steps=(paper(WARM), noise(3)), lies_on_side=True),
    ),
    Sample(
        "letter-bilevel-tiff",
        DOI_THONG_1,
        "TP02",
        compose_document(notices.BRIDGE_LETTER),
        BilevelTiff(dpi=300, steps=(skew(0.4), blur(0.6), noise(6))),
        # Without colour nobody can tell whether the number was written by pen, so a person has to look.
        ends="needs_review",
    ),
    Sample(
        "notice-born-digital",
        DOI_THONG_1,
        "TP03",
        compose_document(notices.WATER_NOTICE),
        BornDigitalPdf(),
    ),
    Sample(
        "report-mixed-pdf",
        DOI_THONG_1,
        "TP04",
        _compose_report(),
        MixedPdf(frozenset({1}), ScannedPdf(dpi=200, quality=75, steps=(paper(COOL), skew(0.8), noise(3)))),
    ),
    Sample(
        "birth-extract",
        DOI_THONG_2,
        "TP01",
        compose_extract(birth_certificates.KHUE, birth_certificates.KHUE_REGISTRATION, birth_certificates.KHUE_EXTRACT),
        ScannedPdf(dpi=300, quality=72, steps=(paper(COOL), skew(0.5), noise(3))),
    ),
    Sample(
        "birth-certificate-grey",
        DOI_THONG_2,
        "TP02",
        compose_certificate(birth_certificates.LINH, birth_certificates.LINH_REGISTRATION),
        Jpeg(
            dpi=300,
            quality=72,
            steps=(
                bleed_through(blank_back(), 0.1),
                grey(),
                tone(70, 205),
                noise(3),
            ),
        ),
        ends="needs_review",
    ),
    Sample(
        "marriage-certificate",
        DOI_THONG_2,
        "TP03",
        corpus_papers.MARRIAGE,
        Jpeg(dpi=200, quality=75, steps=(skew(0.3), noise(3))),
        ends="needs_review",
    ),
    Sample(
        "marital-status",
        DOI_THONG_2,
        "TP04",
        corpus_papers.SINGLE,
        Jpeg(dpi=200, quality=75, steps=(paper(WARM), skew(-0.4), noise(3))),
        ends="needs_review",
    ),
    Sample(
        "death-extract",
        DOI_THONG_2,
        "TP05",
        corpus_papers.DEATH,
        Jpeg(dpi=200, quality=75, steps=(paper(COOL), noise(3))),
        ends="needs_review",
    ),
    Sample(
        "citizen-card", DOI_THONG_2, "TP06", corpus_papers.CITIZEN_CARD, ScannedPdf(dpi=300, quality=80), "needs_review"
    ),
    Sample("driving-licence", DOI_THONG_2, "TP07", corpus_papers.LICENCE, Jpeg(dpi=300, quality=80), "needs_review"),
    Sample(
        "land-certificate", DOI_THONG_2, "TP08", corpus_papers.LAND, ScannedPdf(dpi=200, quality=75), "needs_review"
    ),
    Sample(
        "enterprise-registration",
        DOI_THONG_2,
        "TP09",
        corpus_papers.ENTERPRISE,
        Jpeg(dpi=200, quality=75, steps=(paper(WARM), skew(0.4), noise(3))),
        ends="needs_review",
    ),
    Sample(
        "household-business",
        DOI_THONG_2,
        "TP10",
        corpus_papers.HOUSEHOLD,
        Jpeg(dpi=200, quality=75, steps=(skew(-0.3), noise(3))),
        ends="needs_review",
    ),
    Sample("diploma", DOI_THONG_2, "TP11", corpus_papers.DIPLOMA, Jpeg(dpi=200, quality=75), "needs_review"),
    Sample(
        "application-form",
        DOI_THONG_2,
        "TP12",
        corpus_papers.APPLICATION,
        Jpeg(dpi=300, quality=75, steps=(paper(COOL), noise(3))),
        ends="needs_review",
    ),
)
