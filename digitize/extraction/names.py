"""Syllables that Vietnamese family, middle and given names are made of, in their usual spelling.

No list of names is complete, so a syllable outside of it says nothing by itself. One that differs from a listed
syllable by its marks alone is doubted: a blurred scan turns ``Cẩm`` into ``Cấm`` at 0.95 confidence.
"""

# ruff: noqa: SIM905 - long word lists are read and checked as text, not as lists of quoted words

from functools import lru_cache

from digitize.extraction.letters import fold, split_tone

COMMON_FAMILIES = frozenset("nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh".split())
"""Of nine in ten people."""
FAMILIES = COMMON_FAMILIES | frozenset(
    (
        "đào đoàn vương trịnh trương lâm "
        "phùng mai tô hà tạ cao châu chu doãn đàm đậu điền giang hứa kiều kim kha khuất la lã lại lò lộc lục lương "
        "lưu ma mã mạc nghiêm nhâm ninh nông ông phí phó quách quàng sầm tăng thạch thái thân thẩm thi tiêu tôn tống "
        "triệu trà từ ung văn vi viên xa âu bạch bành bàng bế biện ca cầm cù danh diệp giàng giáp hạ hàn hầu hùng "
        "bàn đèo chẩu khổng khúc khương lữ lường lèo lù mông mùa nùng phàn sùng tẩn tòng thào thiều tráng vàng vừ "
    ).split()
)
"""With those of the minorities and of the Hoa."""
NAME_SYLLABLES = FAMILIES | frozenset(
    (
        # middle and given names
        "thị văn hữu đức công quang quốc thế đình xuân thu hạ đông bá bảo thanh thành ngọc minh anh ánh ái an ân bình "
        "bích biên bằng bách băng cảnh cẩm cúc cương cường chí chi chiến chính chung chương công cẩn châu châm đại đan "
        "đạo đạt đăng đệ điệp định đính đoan đông đồng độ đương đượng dân danh diễm diễn diệu dịu doanh du dung dũng "
        "duy duyên dưỡng giao gia hải hạnh hậu hân hằng hiền hiển hiến hiệp hiếu hiệu hoa hoan hoài hoàn hoạt hòa hoà "
        "hồng hội huân huấn huế huệ hùng huy huyên huyền hưng hương hường hướng kiên kiệt kiếm khải khang khánh khiêm "
        "khiết khoa khoát khôi khởi khuê khuyên kỳ lam lan lành lãm lân lập lệ lên lễ lịch liêm liên liễu linh lĩnh "
        "loan long lộc lợi luân luận lực lượng lụa ly mẫn mạnh mận mến mỹ mây mơ mừng my nam nga ngà ngân nghị nghi "
        "nghĩa ngoan nguyên nguyệt nhã nhàn nhạn nhân nhật nhẫn nhi nhiên nhu nhung như nhường nhạc nhất ninh nội nữ "
        "nương oanh phát phi phiên phong phú phúc phước phụng phương phượng phấn phượng quân quảng quế quỳnh quy quý "
        "quyên quyền quyết quyến sang sáng sinh soạn song sĩ sơn sự sức sửu sương tài tâm tân tấn tận thái tháp thảo "
        "thắm thắng thặng thiên thiện thiết thiệu thịnh thìn thoa thoại thoan thoát thông thống thơ thơm thời thuận "
        "thuật thuần thủy thúy thùy thụy thư thương thường thưởng thức tiến tiên tiếp tính tình tịnh tố toàn toán "
        "toản trang tráng trà trâm trân trí triều triển trinh trình trọng trúc trung trực trường trưởng trưng tuân "
        "tuấn tuệ tùng tư tứ tường tưởng tươi tuyên tuyến tuyền tuyết tuyển tú ty tý tỵ tỉnh uyên uyển út vân vận vị "
        "việt viễn viện vinh vịnh vĩnh vọng vui vượng vỹ vy xinh xoan xuyên xuyến yên yến ý hiên sen đào lài nhài cúc "
        "thêu thêm thuyên thuyết thuỷ thuý thuỳ hoá hóa hoạch hợp hữu khả khanh kính lương ngát ngọ ngời nở nụ nhuần "
        "nhuận phận quá sỹ sửu tảo tặng tuất tỷ vạn vạnh bính canh dậu đinh giáp hợi kỷ mão mậu mùi ngọ nhâm quý thân"
    ).split()
)
OFTEN_MISREAD = frozenset(
    "ấn hiến hãng ý đỉnh my cấm tấn đăng cấn chỉ chấu lãm nhãn đằng mãn nhỉ vị định khống hướng".split()
)
"""What Tesseract 5.5 reads, at up to 0.97 confidence, where Ẩn, Hiển, Hẵng, Ỷ, Đinh, Mỵ, Cẩm, Tẩn, Đẳng … is printed:
two or more times among 3,768 names of the calibration split, on layouts A to D.
"""
_LETTERS_OF_FAMILIES = frozenset(map(fold, COMMON_FAMILIES))
_LETTERS = frozenset(map(fold, NAME_SYLLABLES))


@lru_cache(maxsize=4096)
def tones_in_names(plain: str) -> frozenset[str]:
    """The tones, as combining marks, of the syllables of names that are spelled so but for their tone."""
    return frozenset(tone for letters, tone in map(split_tone, NAME_SYLLABLES) if letters == plain)


def is_unusual_spelling(word: str) -> bool:
    """Whether the word is in no name, while the same letters with other marks are."""
    lowered = word.lower()
    return lowered not in NAME_SYLLABLES and fold(lowered) in _LETTERS


def is_unusual_family(word: str) -> bool:
    """Whether the first word of a name has the letters of a common family's and other marks: ``Nguyên``, ``Trân``."""
    lowered = word.lower()
    is_other_family = lowered not in COMMON_FAMILIES and fold(lowered) in _LETTERS_OF_FAMILIES
    return is_other_family or is_unusual_spelling(word)
