from digitize.extraction.personal_ids import PROVINCE_CODES, birth_year, is_well_formed, sex


def test_there_were_63_provinces() -> None:
    assert len(PROVINCE_CODES) == 63


def test_century_sex_and_year_are_read_from_the_number() -> None:
    assert (sex("004319000127"), birth_year("004319000127")) == ("female", 2019)
    assert (sex("001085000127"), birth_year("001085000127")) == ("male", 1985)


def test_the_old_card_says_nothing_about_its_holder() -> None:
    assert is_well_formed("012345678")
    assert sex("012345678") is None
    assert birth_year("012345678") is None


def test_a_province_that_never_was_is_not_well_formed() -> None:
    assert not is_well_formed("003319000127")
    assert not is_well_formed("00431900012")
    assert not is_well_formed("00431900012a")
