"""Single cells: every reading rule, and that no cell whatsoever ends the reading."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lists import HEADER, LISTED, read_one, read_table

from amana.casework.listing import WEIGHT
from amana.casework.listing.messages import SENTENCES


def ends(row):
    """Earliest and latest day of a birth as ISO text."""
    return (row.birth.earliest.isoformat(), row.birth.latest.isoformat()) if row.birth else None


@pytest.mark.parametrize(
    ("cell", "earliest", "latest"),
    [
        ("3/11/2015", "2015-11-03", "2015-11-03"),
        ("03.11.2015", "2015-11-03", "2015-11-03"),
        ("3-11-2015", "2015-11-03", "2015-11-03"),
        ("3 / 11 / 2015", "2015-11-03", "2015-11-03"),
        ("2015-11-03", "2015-11-03", "2015-11-03"),
        ("2015-11-03 00:00:00", "2015-11-03", "2015-11-03"),
        ("20151103", "2015-11-03", "2015-11-03"),
        ("٣/١١/٢٠١٥", "2015-11-03", "2015-11-03"),
        ("۳/۱۱/۲۰۱۵", "2015-11-03", "2015-11-03"),
        ("\u200f3/11/2015\u200f", "2015-11-03", "2015-11-03"),
        (date(2015, 11, 3), "2015-11-03", "2015-11-03"),
        (42311, "2015-11-03", "2015-11-03"),
        ("3 Nov 2015", "2015-11-03", "2015-11-03"),
        ("November 3, 2015", "2015-11-03", "2015-11-03"),
        ("3 novembre 2015", "2015-11-03", "2015-11-03"),
        ("٣ تشرين الثاني ٢٠١٥", "2015-11-03", "2015-11-03"),
        ("3 نوفمبر 2015", "2015-11-03", "2015-11-03"),
        ("3 ноября 2015", "2015-11-03", "2015-11-03"),
        ("11/2015", "2015-11-01", "2015-11-30"),
        ("2015-11", "2015-11-01", "2015-11-30"),
        (11.2015, "2015-11-01", "2015-11-30"),
        ("Feb 2016", "2016-02-01", "2016-02-29"),
        ("00/11/2015", "2015-11-01", "2015-11-30"),
        ("xx/xx/2015", "2015-01-01", "2015-12-31"),
        (2015, "2015-01-01", "2015-12-31"),
        ("2015", "2015-01-01", "2015-12-31"),
        ("مواليد 2015", "2015-01-01", "2015-12-31"),
        ("2015 م", "2015-01-01", "2015-12-31"),
        ("2013/2014", "2013-01-01", "2014-12-31"),
        ("2014-2013", "2013-01-01", "2014-12-31"),
        ("2013/14", "2013-01-01", "2014-12-31"),
        ("2013 or 2014", "2013-01-01", "2014-12-31"),
        ("between 2013 and 2014", "2013-01-01", "2014-12-31"),
        ("~2014", "2013-01-01", "2015-12-31"),
        ("2014?", "2013-01-01", "2015-12-31"),
        ("about 2014", "2013-01-01", "2015-12-31"),
        ("حوالي ٢٠١٤", "2013-01-01", "2015-12-31"),
        ("environ 2014", "2013-01-01", "2015-12-31"),
        ("about 5/2014", "2013-05-01", "2015-05-31"),
        ("1435 هـ", "2013-11-04", "2014-10-24"),
        ("1435H", "2013-11-04", "2014-10-24"),
        ("١٤٣٥ هجري", "2013-11-04", "2014-10-24"),
        ("15/7/1435 هـ", "2014-05-14", "2014-05-14"),
        ("7/1435 هـ", "2014-04-30", "2014-05-29"),
        (2018, "2018-01-01", "2018-01-15"),
        ("3 سنوات", "2014-01-16", "2015-01-15"),
    ],
)
def test_births_are_read_as_days_months_years_and_spans(cell, earliest, latest):
    row = read_one(birth=cell)
    assert (ends(row), row.codes) == ((earliest, latest), ())


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("31/02/2014", ("impossible_date",)),
        ("05/25/2014", ("impossible_date",)),
        ("31/7/1435 هـ", ("impossible_date",)),
        ("16/01/2018", ("birth_after_listing",)),
        ("2019", ("birth_after_listing",)),
        ("1390", ("calendar_not_said",)),
        ("15/7/1435", ("calendar_not_said",)),
        ("soon", ("birth_unread",)),
        ("7", ("birth_unread",)),
        ("1850", ("birth_unread",)),
        ("-", ()),
        ("مجهول", ()),
        ("؟", ()),
        ("unknown", ()),
        (True, ("birth_unread",)),
    ],
)
def test_births_that_cannot_be_read_say_why_and_stay_unknown(cell, codes):
    row = read_one(birth=cell)
    assert (row.birth, row.codes) == (None, codes)


def test_a_two_digit_year_takes_the_latest_century_and_is_flagged():
    assert ends(read_one(birth="3/11/15")) == ("2015-11-03", "2015-11-03")
    row = read_one(birth="3/11/85")
    assert (ends(row), row.codes) == (("1985-11-03", "1985-11-03"), ("two_digit_year",))


def test_the_thirtieth_of_a_short_hijri_month_is_one_of_two_days():
    assert ends(read_one(birth="30/8/1435 هـ")) == ("2014-06-27", "2014-06-28")


@pytest.mark.parametrize("cell", ["1/1/2010", "01.07.2010", date(2010, 1, 1), "2010-07-01", "1 July 2010"])
def test_stand_in_days_mean_the_whole_year(cell):
    row = read_one(birth=cell)
    assert (ends(row), row.codes, row.status) == (
        ("2010-01-01", "2010-12-31"),
        ("conventional_birthday",),
        "ok",
    )


def test_a_converted_hijri_day_is_no_stand_in():
    row = read_one(birth="1/1/1435 هـ")
    assert (ends(row), row.codes) == (("2013-11-04", "2013-11-04"), ())


@pytest.mark.parametrize(
    ("cell", "earliest", "latest"),
    [
        (3, "2014-01-16", "2015-01-15"),
        (3.5, "2014-01-16", "2015-01-15"),
        ("3", "2014-01-16", "2015-01-15"),
        ("٣", "2014-01-16", "2015-01-15"),
        ("۳ سنوات", "2014-01-16", "2015-01-15"),
        ("3 years", "2014-01-16", "2015-01-15"),
        ("3yrs", "2014-01-16", "2015-01-15"),
        ("3 y.o.", "2014-01-16", "2015-01-15"),
        ("3 ans", "2014-01-16", "2015-01-15"),
        ("3 года", "2014-01-16", "2015-01-15"),
        ("3-4", "2013-01-16", "2015-01-15"),
        ("3 to 4 years", "2013-01-16", "2015-01-15"),
        ("من 3 الى 4 سنوات", "2013-01-16", "2015-01-15"),
        ("about 3", "2013-01-16", "2016-01-15"),
        ("~3", "2013-01-16", "2016-01-15"),
        ("3 تقريبا", "2013-01-16", "2016-01-15"),
        ("about 0", "2016-01-16", "2018-01-15"),
        ("8 months", "2017-04-16", "2017-05-15"),
        ("8 m", "2017-04-16", "2017-05-15"),
        ("8 اشهر", "2017-04-16", "2017-05-15"),
        ("8 mois", "2017-04-16", "2017-05-15"),
        ("2 years 3 months", "2015-09-16", "2015-10-15"),
        ("سنتين و 3 اشهر", None, None),
        ("2 سنة و3 اشهر", "2015-09-16", "2015-10-15"),
        ("سنتين", "2015-01-16", "2016-01-15"),
        ("سنة ونصف", "2016-01-16", "2017-01-15"),
        ("شهرين", "2017-10-16", "2017-11-15"),
        ("2 weeks", "2017-12-26", "2018-01-01"),
        ("10 days", "2018-01-05", "2018-01-05"),
        ("newborn", "2017-12-16", "2018-01-15"),
        ("<1", "2017-01-16", "2018-01-15"),
        ("under 5 years", "2013-01-16", "2018-01-15"),
        ("2014", "2014-01-01", "2014-12-31"),
    ],
)
def test_ages_give_the_days_of_birth_they_allow(cell, earliest, latest):
    row = read_one(age=cell)
    if earliest is None:
        assert (row.birth, row.codes) == (None, ("age_unread",))
    else:
        assert (ends(row), row.codes) == ((earliest, latest), ())


def test_an_age_of_at_least_leaves_the_early_end_open():
    row = read_one(age=">18")
    assert (row.birth.earliest, row.birth.latest) == (None, date(2000, 1, 15))


@pytest.mark.parametrize("cell", [date(2017, 4, 3), "adult", 300, "3 - 4 - 5", -2])
def test_ages_that_cannot_be_read_are_flagged(cell):
    row = read_one(age=cell)
    assert (row.birth, row.codes, row.status) == (None, ("age_unread",), "warning")


@given(st.dates(date(1990, 1, 1), LISTED), st.dates(date(2018, 1, 1), date(2024, 3, 1)))
def test_whoever_has_an_age_lies_within_what_the_age_allows(birth, listed):
    age = listed.year - birth.year - ((listed.month, listed.day) < (birth.month, birth.day))
    span = read_one(on=listed, age=age).birth
    assert span.earliest <= birth <= span.latest


def test_the_birth_stands_over_an_age_more_than_a_year_off():
    row = read_one(birth="31/03/2012", age=9)
    assert (ends(row), row.codes, row.status) == (
        ("2012-03-31", "2012-03-31"),
        ("age_conflicts_with_birth",),
        "warning",
    )
    assert read_one(birth="31/03/2012", age=6).codes == ()
    assert read_one(birth="about 2012", age=8).codes == ()


@pytest.mark.parametrize(
    ("cell", "codes", "messages"),
    [
        ("Turkish", {"TUR"}, ()),
        ("TR", {"TUR"}, ()),
        ("tur", {"TUR"}, ()),
        ("Türk", {"TUR"}, ()),
        ("Turquie", {"TUR"}, ()),
        ("турция", {"TUR"}, ()),
        ("الجمهورية التركية", {"TUR"}, ()),
        ("Islamic Republic of Iran", {"IRN"}, ()),
        ("Republic of Kyrgyzstan", {"KGZ"}, ()),
        ("Deutschland", {"DEU"}, ()),
        ("Suomi", {"FIN"}, ()),
        ("Oʻzbekiston", {"UZB"}, ()),
        ("Қазақстан", {"KAZ"}, ()),
        ("Azerbaijn", {"AZE"}, ()),
        ("Uzbekisten", {"UZB"}, ()),
        ("Spanich", {"ESP"}, ()),
        ("Danich", {"DNK"}, ()),
        ("Bangladech", {"BGD"}, ()),
        ("Frensh", {"FRA"}, ()),
        ("Kurdich", set(), ("ethnicity_given",)),
        ("مصريه", {"EGY"}, ()),
        ("الاردن", {"JOR"}, ()),
        ("ألمانيا", {"DEU"}, ()),
        ("Palestinian", {"PSE"}, ()),
        ("فلسطينية", {"PSE"}, ()),
        ("Stateless", {"XXA"}, ()),
        ("Trinidad & Tobago", {"TTO"}, ()),
        ("Bosnia and Herzegovina", {"BIH"}, ()),
        ("French/Tunisian", {"FRA", "TUN"}, ()),
        ("تركي و عراقي", {"TUR", "IRQ"}, ()),
        ("Turkish; Iraqi", {"TUR", "IRQ"}, ()),
        ("Syrian et Français", {"SYR", "FRA"}, ()),
        ("Chechen", {"RUS"}, ("region_given",)),
        ("Russian (Dagestan)", {"RUS"}, ("region_given",)),
        ("Uyghur", set(), ("ethnicity_given",)),
        ("كردية", set(), ("ethnicity_given",)),
        ("Circassian", set(), ("ethnicity_given",)),
        ("Iraqi Kurdish", {"IRQ"}, ("ethnicity_given",)),
        ("Atlantis", set(), ("nationality_unread",)),
        ("Turkish / Atlantis", {"TUR"}, ("nationality_unread",)),
        ("Nigeria", {"NGA"}, ()),
        ("Niger", {"NER"}, ()),
        ("-", set(), ()),
        ("؟", set(), ()),
        ("unknown", set(), ()),
    ],
)
def test_nationalities_are_read_and_peoples_and_regions_told_apart(cell, codes, messages):
    row = read_one(nationality=cell)
    assert (row.nationality, row.codes) == (codes, messages)


@pytest.mark.parametrize(
    ("relation", "sex", "expected"),
    [
        ("Wife/mother", None, ("wife_mother", "female")),
        ("زوجة", "أنثى", ("wife_mother", "female")),
        ("الأم", None, ("wife_mother", "female")),
        ("إبن", None, ("son", "male")),
        ("Son 2", None, ("son", "male")),
        ("ابنة / daughter", None, ("daughter", "female")),
        ("fille", None, ("daughter", "female")),
        ("ابن اخ", "ذكر", ("other", "male")),
        ("niece", None, ("other", "")),
        ("grandson", None, ("other", "")),
        (None, "boy", ("", "male")),
        (None, "بنت", ("", "female")),
        (None, "-", ("", "")),
    ],
)
def test_relation_and_sex_are_read_and_sex_follows_from_relation(relation, sex, expected):
    row = read_one(relation=relation, sex=sex)
    assert (row.relation, row.sex) == expected and row.status == "ok"


def test_sex_against_relation_is_flagged_and_kept_as_written():
    row = read_one(relation="daughter", sex="M")
    assert (row.sex, row.codes) == ("male", ("sex_conflicts_with_relation",))
    assert read_one(sex="blue").codes == ("sex_unread",)


SAYS_YES = ["yes", "نعم", "x", "✓", "7 months", "٧ اشهر", "oui", "حامل"]
SAYS_NO = ["no", "لا", "non", "no, not now"]
SAYS_NOTHING = [None, "-", "unknown"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *((cell, True) for cell in SAYS_YES),
        *((cell, False) for cell in SAYS_NO),
        *((cell, None) for cell in SAYS_NOTHING),
    ],
)
def test_pregnancy_is_yes_no_or_not_known(cell, expected):
    row = read_one(pregnant=cell, sex="F")
    assert (row.pregnant, row.codes) == (expected, ())


def test_a_pregnant_boy_is_ignored_and_flagged():
    row = read_one(pregnant="yes", relation="son")
    assert (row.pregnant, row.codes, row.status) == (None, ("pregnant_male",), "warning")
    assert read_one(pregnant="no", sex="M").codes == ()


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Sal\u202ema", ("bidi_control",)),
        ("x\u200f", ("bidi_control",)),
        ("=HYPERLINK(1)", ("not_a_name",)),
        ("+962 7", ("not_a_name",)),
        ("@salma", ("not_a_name",)),
        (None, ("name_missing",)),
        ("123", ("name_missing",)),
        ("unknown", ("name_missing",)),
    ],
)
def test_names_that_deceive_or_are_missing_are_held_back(name, codes):
    row = read_one(name=name, birth="1/1/2010", nationality="Chechen")
    assert (row.codes, row.status) == (codes, "error")


def test_names_are_kept_as_written_and_sorted_by_script():
    assert read_one(name="  SALMA  el-Ḥusayn ").name_latin == "SALMA el-Ḥusayn"
    row = read_one(name="سلمى الـحسين")
    assert (row.name_ar, row.name_latin) == ("سلمى الـحسين", "")


def test_the_arrival_is_one_day_or_unknown():
    assert read_one(arrived="16.11.2017").arrived == date(2017, 11, 16)
    assert read_one(arrived="1/1/2017").codes == ()
    assert read_one(arrived="11/2017").codes == ("arrival_unread",)
    late = read_one(arrived="16.11.2019")
    assert (late.arrived, late.codes) == (date(2019, 11, 16), ("arrival_after_listing",))


def test_a_row_like_an_earlier_one_of_its_family_is_a_duplicate():
    people = [
        ("F1", "Salma Ali", "F", "2010"),
        ("F1", "SALMA  ÁLI", "F", "2010"),
        ("F1", "Salma Ali", "F", "2011"),
        ("F2", "Salma Ali", "F", "2010"),
    ]
    table = [("Family", "Name", "Sex", "DOB"), *people]
    assert [row.status for row in read_table(table).rows] == ["ok", "duplicate", "ok", "ok"]


def test_a_row_held_back_makes_no_later_row_a_duplicate():
    table = [HEADER, ("F1", "Salma Ali", None, None, "31/2/2010"), ("F1", "Salma Ali"), ("F1", "Salma Ali")]
    assert [row.status for row in read_table(table).rows] == ["error", "ok", "duplicate"]


def test_every_code_has_a_weight_and_a_sentence():
    assert set(WEIGHT) == set(SENTENCES)


CELLS = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.text(alphabet="0123456789٠١٢۱۲/.-~?؟<>+ هـHyrmسنوات\u200f", max_size=14),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.from_regex(r"\d{1,4}[-/. ]\d{1,4}([-/. ]\d{1,5})?( ?(هـ|H|\?|years|m))?", fullmatch=True),
)
PLACES = ("family", "name", "relation", "sex", "birth", "age", "nationality", "pregnant", "arrived")
MOST = timedelta(days=126 * 366)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(PLACES, CELLS)),
    st.dates(date(1990, 1, 1), date(2040, 12, 31)),
)
def test_no_cell_whatsoever_ends_the_reading(cells, listed):
    row = read_one(on=listed, **cells)
    assert row.status in {"ok", "warning", "error", "skipped"}
    assert all(message.code in WEIGHT for message in row.messages)
    if row.birth is not None and row.status in {"ok", "warning"}:
        assert row.birth.latest <= listed
    assert len(row.identity("office", listed)) == 64
