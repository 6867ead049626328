"""Lists with other headers, another order and other habits: nothing is tuned to one office."""

from datetime import date

import pytest
from lists import LISTED, read_file, read_table, write_ods, write_xls, write_xlsx

from amana.casework.listing import BadMapping, NoListFound, read_list
from amana.casework.listing.columns import read_heading
from amana.core.dates import DateSpan
from amana.exchange.rows_file import row_fields
from amana.exchange.sheets import read_workbook
from amana.exchange.vocabulary import intake_vocabulary

FRENCH = [
    ["Camp nord : familles étrangères"],
    ["Liste établie le 15.01.2018", None, "page 1"],
    [],
    ["Arrivée le", "Nationalité", "Date de naissance", "Sexe", "Lien de parenté", "Nom et prénom",
     "Dossier familial", "Enceinte"],
    ["16.11.2017", "tunisienne", "03.02.1990", "F", "Mère", "Amel Testouri", "D-7", "oui"],
    ["16.11.2017", "Tunisie", "environ 2012", "M", "Fils", "Sami Testouri", None, None],
    ["16.11.2017", "Français / Tunisien", "mars 2015", "F", "Fille", "Lina Testouri", None, None],
    ["Sous-total", None, None, None, None, 3, None, None],
    ["17.11.2017", "inconnue", "1er inconnu", "F", "Nièce", "Nour Sassi", "D-8", "non"],
]  # fmt: skip


def test_a_french_list_in_another_order_is_read():
    read = read_table(FRENCH)
    assert read.header_row == 4
    mother, son, daughter, total, niece = read.rows
    assert (mother.relation, mother.sex, mother.nationality) == ("wife_mother", "female", {"TUN"})
    assert (mother.birth, mother.pregnant, mother.arrived) == (
        DateSpan.day(date(1990, 2, 3)),
        True,
        date(2017, 11, 16),
    )
    assert (son.family, son.birth) == ("D-7", DateSpan(date(2011, 1, 1), date(2013, 12, 31)))
    assert daughter.birth == DateSpan(date(2015, 3, 1), date(2015, 3, 31))
    assert daughter.nationality == {"FRA", "TUN"}
    assert total.status == "skipped"
    assert (niece.relation, niece.family, niece.codes) == ("other", "D-8", ("birth_unread",))
    assert niece.nationality == frozenset()


ARABIC = [
    [
        "المواليد",
        "اسم الام",
        "الاسم الثلاثي",
        "العمر",
        "صلة القرابة",
        "رقم الاسرة",
        "الجنسية",
        "مستوى الخطورة",
    ],
    ["١٢/٣/١٩٨٨", "خديجة", "مريم سالم نوري", None, "زوجة", "١٢", "روسية", "عالي"],
    [None, "مريم", "يوسف عمر سالم", "۷ سنوات", "ابن", None, "شيشاني", "متوسط"],
    [None, "مريم", "هدى عمر سالم", "سنتين", "بنت", None, "غير معروف", "عالي"],
    ["آذار ٢٠١٦", "مريم", "نور عمر سالم", None, "بنت", None, "تركي وعراقي", None],
]


def test_an_arabic_list_with_persian_digits_is_read():
    mother, son, little, last = read_table(ARABIC).rows
    assert (mother.name_ar, mother.family, mother.nationality) == ("مريم سالم نوري", "١٢", {"RUS"})
    assert mother.birth == DateSpan.day(date(1988, 3, 12))
    assert son.birth == DateSpan(date(2010, 1, 16), date(2011, 1, 15))
    assert (son.nationality, son.codes, son.family) == ({"RUS"}, ("region_given",), "١٢")
    assert little.birth == DateSpan(date(2015, 1, 16), date(2016, 1, 15))
    assert last.birth == DateSpan(date(2016, 3, 1), date(2016, 3, 31))
    assert last.nationality == {"TUR", "IRQ"}


def test_a_score_of_risk_is_refused_in_words_and_its_values_never_kept():
    read = read_table(ARABIC)
    (column,) = read.refused
    assert (column.heading, column.reason, column.examples) == ("مستوى الخطورة", "refused", ())
    assert all(
        "عالي" not in row.original.values() and "مستوى الخطورة" not in row.original for row in read.rows
    )


@pytest.mark.parametrize(
    "heading",
    ["Risk score", "Threat level", "Father's affiliation", "Rank of husband", "درجة الانتماء", "الرتبة",
     "Niveau de dangerosité", "Security classification", "Name / risk", "уровень угрозы"],
)  # fmt: skip
def test_headings_that_rate_people_are_refused(heading):
    read = read_table([["Name", "Sex", "DOB", heading], ["Salma Example", "F", "2012", "high"]])
    assert [column.heading for column in read.refused] == [heading]


def test_a_mapping_cannot_bring_a_refused_column_back():
    with pytest.raises(BadMapping, match="no score about a child"):
        read_table([["Name", "Sex", "Risk"], ["Salma Example", "F", "high"]], mapping={"Risk": "remarks"})


def test_a_mother_s_name_or_place_of_birth_is_not_taken_for_the_field():
    table = [
        ["Place of birth", "Mother's name", "Nationality of father", "Name", "Date of birth", "Nationality"],
        ["Tunis", "Amel", "Turkish", "Sami Testouri", "2012", "Tunisian"],
    ]
    (row,) = read_table(table).rows
    assert (row.name_latin, row.nationality, row.codes) == ("Sami Testouri", {"TUN"}, ())


def test_name_parts_in_columns_of_their_own_are_joined():
    table = [
        ["Last name", "First name", "Father's name", "Sex", "Age"],
        ["Testouri", "Lina", "Sami", "F", 3],
        ["Sassi", "Nour", "Ali", "F", 5],
    ]
    assert [row.name_latin for row in read_table(table).rows] == ["Lina Sami Testouri", "Nour Ali Sassi"]


def test_both_names_in_one_cell_go_to_their_scripts():
    table = [["Name", "Sex", "Age"], ["لينا سامي / Lina Sami", "F", 3], ["Нина Петрова", "F", 4]]
    both, cyrillic = read_table(table).rows
    assert (both.name_ar, both.name_latin) == ("لينا سامي", "Lina Sami")
    assert (cyrillic.name_ar, cyrillic.name_latin) == ("", "Нина Петрова")


def test_a_header_in_two_rows_is_read():
    table = [
        ["Family", "Name", None, "Birth", "Sex"],
        [None, "Arabic", "English", None, None],
        ["1", "لينا سامي", "Lina Sami", "2012", "F"],
    ]
    read = read_table(table)
    assert [row.status for row in read.rows][-1] == "ok"
    assert (read.rows[-1].name_ar, read.rows[-1].name_latin) == ("لينا سامي", "Lina Sami")


def test_a_list_without_headings_is_guessed_from_its_values_and_says_so():
    table = [
        [f"Person Number{letter}", "F" if at % 2 else "M", f"0{at % 9 + 1}/2010", "Turkish"]
        for at, letter in enumerate("abcdefgh")
    ]
    read = read_table(table)
    assert [column.field for column in read.columns] == ["name_latin", "sex", "birth", "nationality"]
    assert not any(column.sure for column in read.columns)
    assert len(read.rows) == 8 and read.header_row == 0


def test_a_mapping_by_letter_or_heading_corrects_the_guess():
    table = [["Who", "X1", "When"], ["Lina Sami", "2012", "03/11/2017"], ["Sami Ali", "2013", "03/11/2017"]]
    read = read_table(table, mapping={"A": "name", "x1": "birth", "When": "arrived"})
    assert read.rows[0].birth == DateSpan(date(2012, 1, 1), date(2012, 12, 31))
    assert read.rows[0].arrived == date(2017, 11, 3)
    with pytest.raises(BadMapping, match="does not have"):
        read_table(table, mapping={"Z": "name"})
    with pytest.raises(BadMapping, match="does not exist"):
        read_table(table, mapping={"A": "shoe size"})


def test_a_workbook_without_a_list_is_refused_with_the_mend():
    with pytest.raises(NoListFound, match="mapping"):
        read_table([["Minutes of the meeting"], ["We spoke of many things"]])


def test_the_header_repeated_on_a_later_page_and_signatures_are_skipped():
    header = ["No", "Name", "Sex", "Age"]
    table = [header, [1, "Lina Sami", "F", 3], header, [2, "Sami Ali", "M", 4],
             ["Prepared by the site office"], [3, None, None, None], ["Grand total: 2"]]  # fmt: skip
    assert [row.status for row in read_table(table).rows] == [
        "ok",
        "skipped",
        "ok",
        "skipped",
        "skipped",
        "skipped",
    ]


def test_merged_cells_give_every_row_their_value(tmp_path):
    table = [
        ["Family", "Name", "Arrival date", "Age"],
        ["A", "Lina Sami", date(2017, 11, 3), 30],
        [None, "Sami Ali", None, 4],
        [None, "Nour Ali", None, 2],
    ]
    merged = read_file(write_xlsx(tmp_path / "m.xlsx", table, merges=["A2:A4"]))
    assert [row.family for row in merged.rows] == ["A", "A", "A"]


def test_hidden_and_empty_sheets_are_passed_over(tmp_path):
    path = write_xlsx(
        tmp_path / "s.xlsx", [["cover"]], people=[["Name", "Sex", "Age"], ["Lina Sami", "F", 3]]
    )
    read = read_file(path)
    assert (read.sheet, read.passed_over) == ("people", ("list",))
    with pytest.raises(NoListFound, match="Sheets: list, people"):
        read_file(path, sheet="pepole")


PLAIN = [
    ["الاسم", "Family", "Date of birth", "Sex", "Nationality"],
    ["لينا سامي", "F1", "03.02.1990", "F", "Tunisian"],
    ["سامي علي", None, "12/2014", "ذكر", "قرغيزستان"],
]


@pytest.mark.parametrize(
    ("encoding", "sign"),
    [
        ("cp1256", ";"),
        ("utf-8", ","),
        ("utf-8-sig", "\t"),
        ("utf-16", "\t"),
        ("utf-16-le", ";"),
        ("utf-16-be", ","),
    ],
)
def test_text_tables_read_like_the_workbook(tmp_path, encoding, sign):
    lines = [sign.join(cell or "" for cell in cells) for cells in PLAIN]
    path = tmp_path / "list.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert [row_fields(row) for row in read_file(path).rows] == [
        row_fields(row) for row in read_table(PLAIN).rows
    ]


def test_old_and_open_workbooks_read_like_the_new_one(tmp_path):
    table = [
        ["Name", "Family", "Date of birth", "Age"],
        ["Lina Sami", "F1", date(2010, 9, 21), 7],
        ["Sami Ali", None, 2014, 3],
    ]
    expected = [row_fields(row) for row in read_file(write_xlsx(tmp_path / "l.xlsx", table)).rows]
    assert expected[0]["birth_earliest"] == "2010-09-21"
    for path in (write_xls(tmp_path / "l.xls", table), write_ods(tmp_path / "l.ods", table)):
        assert [row_fields(row) for row in read_file(path).rows] == expected


def test_rows_keep_the_sheet_s_own_numbers(tmp_path):
    table = [[], [], ["Title"], ["Name", "Sex", "Age"], ["Lina Sami", "F", 3], [], ["Sami Ali", "M", 4]]
    assert [(row.number, row.status) for row in read_file(write_xlsx(tmp_path / "n.xlsx", table)).rows] == [
        (5, "ok"),
        (6, "skipped"),
        (7, "ok"),
    ]


def test_a_list_saved_again_in_another_kind_and_order_keeps_its_identities(tmp_path):
    table = [
        ["Name", "Family", "Date of birth", "Sex"],
        ["Lina Sami", "F1", date(2010, 9, 21), "F"],
        ["Sami Ali", "F1", 2014, "M"],
    ]
    again = [
        ["Sex", "Family", "DOB", "Name"],
        ["boy", "F1", "2014", "Sami Ali"],
        ["girl", "F1", "21/09/2010", "Lina Sami"],
    ]
    first = {row.identity("office", LISTED) for row in read_table(table).rows}
    second = {row.identity("office", LISTED) for row in read_table(again).rows}
    assert first == second
    assert not first & {row.identity("another office", LISTED) for row in read_table(again).rows}


def test_progress_is_told_up_to_the_last_row(tmp_path):
    lines = [
        "Name,Family,Sex,DOB,Nationality",
        *(f"Lina Sami {at:x},F{at // 4},F,0{at % 9 + 1}/2010,Turkish" for at in range(2000)),
    ]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(lines), "utf-8")
    seen = []
    read = read_list(
        read_workbook(path),
        listed_on=LISTED,
        vocabulary=intake_vocabulary(),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert len(read.rows) == 2000 and seen[-1] == (2000, 2000)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Beneficiary name (Arabic)", "name"),
        ("Date of Birth (DD/MM/YYYY)", "birth"),
        ("Date of arrival in site", "arrived"),
        ("Relationship to head of household", "relation"),
        ("Lien avec le chef de famille", "relation"),
        ("Date d'arrivée au camp", "arrived"),
        ("صلة القرابة برب الاسرة", "relation"),
        ("اسم الزوج الثلاثي", "other"),
        ("Age at arrival", "other"),
        ("Case worker", "other"),
        ("Uyruğu", "nationality"),
        ("ФИО (полностью)", "name"),
    ],
)
def test_headings_of_many_offices_are_understood(heading, field):
    assert read_heading(heading, intake_vocabulary()).field == field
