"""Files of others' systems: known by how they begin, read whole, or refused by row and column."""

import io
import os
import zipfile
from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.imports.found import Found
from server.domain.imports.reading import read_file
from server.errors import FileRefused, RuleBroken

SCHOOLS = Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data")) / "schools"
MANIFEST = "propertyName,value\noneroster.version,{version}\nfile.orgs,bulk\nfile.users,bulk\n"
ORGS = (
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    "d1,active,,Sample Valley,district,0800123,\n"
    "s1,active,,Invented Primary,school,080012300001,d1\n"
    "s2,active,,Invented Primary,school,080012300002,d1\n"
    "s3,tobedeleted,,Closed,school,,d1\n"
)
A_LIST = "type,district_id,campus_id,district_name,campus_name\n"
USERS_1_1 = (
    "sourcedId,status,enabledUser,orgSourcedIds,role,givenName,familyName,email,password\n"
    "u1,active,true,s1,teacher,Robin,Sample,Robin@Example.org,marker-word\n"
    "u2,active,true,s1,student,Marker,Marker,marker@example.org,marker-word\n"
    "u3,active,true,s1,guardian,Marker,Marker,,marker-word\n"
)
USERS_1_2 = (
    "sourcedId,status,enabledUser,givenName,familyName,email,password\n"
    "u1,active,true,Robin,Sample,robin@example.org,marker-word\n"
    "u2,active,true,Marker,Marker,marker@example.org,marker-word\n"
    "u3,active,true,Marker,Marker,,marker-word\n"
)
ROLES = (
    "sourcedId,userSourcedId,roleType,role,orgSourcedId\n"
    "r1,u1,primary,principal,s2\nr2,u2,primary,student,s1\nr3,u3,primary,parent,s1\n"
)
EDFI = (
    '<I><LocalEducationAgency id="d"><NameOfInstitution>Sample ISD</NameOfInstitution><Address>'
    "<StateAbbreviation>uri://ed-fi.org/StateAbbreviationDescriptor#TX</StateAbbreviation>"
    "</Address><LocalEducationAgencyId>0255</LocalEducationAgencyId></LocalEducationAgency>{}</I>"
)


def zipped(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name.replace("__", "/").replace("_csv", ".csv"), text)
    return content.getvalue()


def a_roster(version: str = "1.1", **more: str) -> bytes:
    return zipped(**({"manifest_csv": MANIFEST.format(version=version), "orgs_csv": ORGS} | more))


def refused(content: bytes) -> RuleBroken:
    with pytest.raises(RuleBroken) as broken:
        read_file(content)
    return broken.value


REAL_LISTS = [
    ("co_2024_districts_schools.csv", 186, 1907),
    ("tn_2024_districts_schools.csv", 148, 1828),
    ("nj_cds_nces_crosswalk.csv", 648, 2460),
    ("tx_ccd2013_districts.csv.gz", 1265, 0),
    ("tx_ccd2013_campuses.csv.gz", 0, 9336),
    ("edfi/EducationOrganization.xml", 1, 3),
]
"""Name, districts, schools: each organisation list of the real data."""


@pytest.mark.parametrize(("name", "districts", "schools"), REAL_LISTS)
def test_real_lists_are_read_whole(name, districts, schools):
    if not (SCHOOLS / name).exists():
        pytest.skip("skipped: no real data")

    found = read_file((SCHOOLS / name).read_bytes())

    kinds = Counter(str(place.entry.kind) for place in found.places)
    assert (kinds["district"], kinds["school"]) == (districts, schools)


@pytest.mark.parametrize(
    ("version", "users"),
    [("1.1", {"users_csv": USERS_1_1}), ("1.2", {"users_csv": USERS_1_2, "roles_csv": ROLES})],
)
def test_a_roster_gives_places_and_staff_and_counts_the_others(version, users):
    found = read_file(a_roster(version, **users))

    assert [(p.entry.id, p.entry.nces_id) for p in found.places] == [
        ("roster/d1", "0800123"),
        ("roster/d1/s1", "080012300001"),
        ("roster/d1/s2", "080012300002"),
    ]
    assert [(p.name, p.email) for p in found.people] == [("Robin Sample", "robin@example.org")]
    assert found.forgotten == {"students": 1, "families": 1}
    assert "arker" not in repr(found)


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        (("2026-06-30", "2027-06-30"), ["Lee"]),
        (("30/6/2026", "1/7/2027"), ["Lee"]),
        (("6/30/2026", "1/7/2026"), []),
        (("", ""), ["Robin", "Lee"]),
        (("1/7/2026", "2/7/2027"), [("import.date_two_ways", row) for row in (2, 3)]),
        (("30/6/2026", "6/30/2026"), [("import.date_two_ways", row) for row in (2, 3)]),
        (("31/6/2026", "soon"), [("import.cell_date", row) for row in (2, 3)]),
    ],
)
def test_a_role_that_ended_is_left_out_and_a_date_of_two_kinds_is_refused(ends, told):
    users = "sourcedId,status,givenName,familyName,email\nu1,,Robin,S,\nu2,,Lee,S,\n"
    roles = "userSourcedId,role,orgSourcedId,endDate\nu1,teacher,s1,{}\nu2,principal,s2,{}\n"
    roster = a_roster("1.2", users_csv=users, roles_csv=roles.format(*ends))

    try:
        found = read_file(roster, today=date(2026, 11, 1))
        seen = [each.name.split()[0] for each in found.people]
    except FileRefused as refused_whole:
        seen = [(each.code, each.details["row"]) for each in refused_whole.faults]

    assert seen == told


def test_a_district_has_its_id_whatever_it_lies_in_and_wherever_that_stands():
    within = "d1,active,,Sample Valley,district,,l1\ns1,active,,Invented,school,,d1\n"
    above = "l1,active,,Sample County,local,,\n"
    heading = ORGS.partition("\n")[0] + "\n"

    found = [
        read_file(a_roster(orgs_csv=heading + each)) for each in (above + within, within + above)
    ]

    ids = [sorted(place.entry.id for place in each.places) for each in found]
    assert ids == [["roster/d1", "roster/d1/s1", "roster/l1"]] * 2


def test_the_federal_list_of_today_meets_the_one_of_2013():
    rows = (
        "ST,LEA_NAME,ST_LEAID,LEAID,SCH_NAME,ST_SCHID,NCESSCH,CHARTER_TEXT\n"
        "TX,Sample CISD,TX-054901,4800001,Sample EL,TX-054901-054901101,480000101145,No\n"
    )

    [place] = read_file(rows.encode()).places

    assert (place.entry.id, place.entry.charter) == ("tx/054901/054901101", False)


@pytest.mark.parametrize(
    ("cell", "code"),
    [("'0010", None), ('="0010"', None), ("4.8E+11", "import.id_rounded"), ("'", "import.cell_id")],
)
def test_an_id_keeps_its_zeros_or_is_refused_by_row_and_column(cell, code):
    heading = "type,district_id,campus_id,district_name,campus_name\n"
    content = f"{heading}District,{cell},,Sample,\n".replace('="0010"', '"=""0010"""').encode()

    if code is None:
        assert read_file(content).places[0].entry.id == "tn/0010"
    else:
        broken = refused(content)
        assert (broken.code, broken.details) == (code, {"row": 2, "column": "district_id"})


def test_a_federal_id_without_its_leading_zero_is_refused():
    rows = "LEAID,STID,NAME,LSTATE\n0100001,1,Sample,AL\n100002,2,Sample,AL\n"

    assert refused(rows.encode()).details == {"row": 3, "column": "LEAID", "digits": 7}


def test_lost_accents_are_refused_and_old_ones_are_marked():
    garbled = "Peña".encode().decode("cp1252")

    assert refused(f"name\n{garbled}\n".encode()).details == {"row": 2, "column": "name"}
    found = read_file("name\nPeña\n".encode("cp1252"))
    assert (found.people[0].name, found.is_old_text) == ("Peña", True)


@pytest.mark.parametrize(
    ("heading", "row"),
    [("name,email,role,school id", "Robin Sample,r@example.org,lead;member,'0187")]
    + [("Nombre de pila,Apellidos,Correo,Función,Escuela", "Robin,Sample,r@example.org,líder,X")],
)
def test_people_are_read_in_both_languages(heading, row):
    [person] = read_file(f"{heading}\n{row}\n".encode()).people

    assert (person.name, person.email, person.roles[0]) == (
        "Robin Sample",
        "r@example.org",
        "lead",
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped(orgs_csv=ORGS), "import.zip_lacks"),
        (a_roster("2.0"), "import.oneroster_version"),
        (a_roster(deep__down__x_csv="a"), "import.zip_path"),
        (zipped(**{"..__orgs_csv": ORGS}), "import.zip_path"),
        (a_roster(**{"more.zip": "x"}), "import.zip_in_zip"),
        (a_roster(**{"a__orgs_csv": ORGS}), "import.zip_twice"),
        (a_roster(users_csv=USERS_1_1 + "0" * 9_000_000), "import.too_large"),
        (a_roster(**{f"f{n}_csv": "a" for n in range(100)}), "import.zip_too_many"),
        (a_roster()[:-30], "import.damaged"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "import.xml_doctype"),
        (b"<a>" * 40, "import.xml_deep"),
        (b"<a><b></a>", "import.xml"),
        (EDFI.format("<School/>").encode(), "import.cell_empty"),
        (b"a,b\n1,2\n", "import.heading"),
        (b"name,email\nRobin,not an address\n", "import.cell_email"),
        (f"{A_LIST}District,1,,{'x' * 201},\n".encode(), "import.cell_name"),
        (f'{A_LIST}District,1,,"two\nlines",\n'.encode(), "import.cell_name"),
        (EDFI.replace("Sample ISD", "Two\nlines").format("").encode(), "import.cell_name"),
        (b"name\nRobin\n\x01\n", "import.cell_name"),
        ("name\nRo\u202ebin\n".encode(), "import.cell_name"),
        (b"name,role\nRobin,king\n", "import.cell_word"),
    ],
)
def test_what_is_wrong_or_hostile_is_refused_in_words(content, code):
    assert refused(content).code == code


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (
            f"{A_LIST}District,4.8E+11,,Sample,\nDistrict,2,,Sample,\nDistrict,2,,Sample,\n",
            [("import.id_rounded", 2, "district_id"), ("import.id_twice", 4, "district_id")],
        ),
        (
            "name,email,role\nRobin,no address,\nLee\nLee,lee@example.org,king\n",
            [
                ("import.cell_email", 2, "email"),
                ("import.cell_count", 3, "email"),
                ("import.cell_word", 4, "role"),
            ],
        ),
        ("name,email\nRobin\nLee\n", [("import.cell_count", row, "email") for row in (2, 3)]),
        (
            a_roster(
                users_csv=USERS_1_1.replace("Robin,", ",") + "u4,active,true,s1,aide,L,S,x,\n"
            ),
            [("import.cell_empty", 2, "givenName"), ("import.cell_email", 5, "email")],
        ),
    ],
)
def test_each_wrong_row_is_named_not_the_first_alone(content, wrong):
    broken = refused(content.encode() if isinstance(content, str) else content)

    assert isinstance(broken, FileRefused)
    faults = [(each.code, each.details["row"], each.details["column"]) for each in broken.faults]
    assert faults == wrong


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (
            a_roster(
                orgs_csv=ORGS.replace("Sample Valley", "")
                + f"d1,active,,Again,district,,\n4.8E+11,active,,Rounded,school,,d1\n,,,X,,,\n"
                f"{'x' * 62},active,,Long,school,,d1\n",
                users_csv=USERS_1_2.replace("Robin,", ",").replace("robin@", "robin"),
                roles_csv="userSourcedId,role,orgSourcedId,endDate\nu1,principal,s2,soon\n",
            ),
            [
                ("orgs.csv", "import.cell_empty", 2, "name"),
                ("orgs.csv", "import.id_twice", 6, "sourcedId"),
                ("orgs.csv", "import.id_rounded", 7, "sourcedId"),
                ("orgs.csv", "import.cell_empty", 8, "sourcedId"),
                ("orgs.csv", "import.cell_empty", 8, "type"),
                ("orgs.csv", "import.cell_id", 9, "sourcedId"),
                ("roles.csv", "import.cell_date", 2, "endDate"),
                ("users.csv", "import.cell_empty", 2, "givenName"),
                ("users.csv", "import.cell_email", 2, "email"),
            ],
        ),
        (
            a_roster(orgs_csv="sourcedId,name\nd1,X\n", users_csv="sourcedId\nu1\n"),
            [
                *(("orgs.csv", "import.heading", 1, name) for name in ("type", "identifier")),
                ("orgs.csv", "import.heading", 1, "parentSourcedId"),
                *(("users.csv", "import.heading", 1, name) for name in ("givenName", "familyName")),
                ("users.csv", "import.heading", 1, "email"),
            ],
        ),
        (
            EDFI.replace("Sample ISD", "Two\nlines")
            .replace("0255", "4.8E+11")
            .format("\n<School><SchoolId>'</SchoolId></School>"),
            [
                (None, "import.cell_name", 1, "NameOfInstitution"),
                (None, "import.id_rounded", 1, "LocalEducationAgencyId"),
                (None, "import.cell_empty", 3, "StateAbbreviation"),
                (None, "import.cell_empty", 3, "NameOfInstitution"),
                (None, "import.cell_id", 3, "SchoolId"),
                (None, "import.cell_empty", 3, "LocalEducationAgencyId"),
            ],
        ),
        (
            "LEAID,STID,NAME,LSTATE\n123,,,AL\n0100001,1,Sample,AL\n0100001,1,Sample,AL\n",
            [
                (None, "import.cell_empty", 2, "STID"),
                (None, "import.cell_empty", 2, "NAME"),
                (None, "import.id_digits", 2, "LEAID"),
                (None, "import.id_twice", 4, "STID"),
            ],
        ),
        (
            "LEAID,STID,name of it,state\n1,1,x,AL\n",
            [(None, "import.heading", 1, name) for name in ("LSTATE", "NAME")],
        ),
        (
            "name,email,role,position\n,no address,king,jester\n",
            [
                (None, f"import.cell_{of}", 2, column)
                for of, column in (
                    ("empty", "name"),
                    ("email", "email"),
                    ("word", "role"),
                    ("word", "position"),
                )
            ],
        ),
    ],
    ids=["roster", "roster headings", "Ed-Fi", "list", "list's heading", "people"],
)
def test_each_wrong_cell_is_named_in_every_file_of_a_layout(content, wrong):
    broken = refused(content.encode() if isinstance(content, str) else content)

    assert isinstance(broken, FileRefused)
    faults = [
        (each.details.get("file"), each.code, each.details["row"], each.details["column"])
        for each in broken.faults
    ]
    assert faults == wrong


def test_an_edfi_place_that_comes_twice_is_refused():
    twice = EDFI.format("").replace("</I>", "") + "\n" + EDFI.format("")[3:]

    broken = refused(twice.encode())

    assert (broken.code, broken.details["row"]) == ("import.id_twice", 2)


def test_more_faults_than_can_be_read_are_counted_over_all_files_of_a_roster():
    orgs = ORGS + "s2,active,,Invented,school,,d1\n" * 40
    users = USERS_1_1 + "u9,active,true,s1,aide,L,S,x\n" * 40

    broken = refused(a_roster(orgs_csv=orgs, users_csv=users))

    assert isinstance(broken, FileRefused)
    assert (len(broken.faults), broken.more) == (50, 30)


def test_an_edfi_student_is_counted_and_nothing_else():
    found = read_file(EDFI.format("<Student><Name>Marker</Name></Student>").encode())

    assert found.forgotten == {"students": 1}
    assert "Marker" not in repr(found)


STAFF = (
    "StaffUSI,StaffUniqueId,FirstName,LastSurname,BirthDate,LoginId,Password\n"
    "1,T-1,Robin,Sample,1980-01-01,marker-word,marker-word\n"
    "2,0042,Kim,Peña,1980-01-01,marker-word,marker-word\n"
    "3,T-3,Lee,Gone,,,\n"
)
ASSIGNED = (
    "StaffUSI,EducationOrganizationId,StaffClassificationDescriptor,BeginDate,EndDate\n"
    "1,255901001,uri://ed-fi.org/StaffClassificationDescriptor#Principal,2020-08-01,\n"
    "1,255901,uri://ed-fi.org/StaffClassificationDescriptor#Other,2020-08-01,2021-06-01\n"
    "2,0255901002,uri://ed-fi.org/StaffClassificationDescriptor#Teacher,2020-08-01,2027-06-01\n"
    "3,255901001,uri://ed-fi.org/StaffClassificationDescriptor#Teacher,2019-08-01,2021-06-01\n"
)
MAILS = "StaffUSI,ElectronicMailAddress\n1,Robin@Example.org\n"
OF_CHILDREN = "StudentUniqueId,FirstName\n1,Marker\n2,Marker\n"


def test_staff_of_an_edfi_ods_is_read_with_place_and_address_and_nothing_else_of_it():
    packed = zipped(
        Staff_csv=STAFF,
        StaffEducationOrganizationAssignmentAssociation_csv=ASSIGNED,
        StaffElectronicMail_csv=MAILS,
        Student_csv=OF_CHILDREN,
        Contact_csv="ContactUSI,FirstName\n1,Marker\n",
    )

    found = read_file(packed, today=date(2026, 11, 22))

    told = [(each.name, each.email, each.position, each.place_ids) for each in found.people]
    assert told == [
        ("Robin Sample", "robin@example.org", "principal", ("255901001",)),
        ("Kim Peña", None, None, ("0255901002",)),
    ]
    assert found.left_out == {"gone": 1}
    assert found.forgotten == {"students": 2, "families": 1}
    assert "marker" not in repr(found).lower()
    assert "1980" not in repr(found)


def test_staff_as_the_edfi_api_is_exported_goes_by_its_references():
    staffs = (
        "staffUniqueId,firstName,lastSurname,electronicMails[0].electronicMailAddress\n"
        "T-1,Robin,Sample,robin@example.org\n"
    )
    assigned = (
        "staffReference.staffUniqueId,educationOrganizationReference.educationOrganizationId,"
        "staffClassificationDescriptor,endDate\nT-1,255901001,Assistant Principal,\n"
    )
    [by_api] = read_file(
        zipped(staffs_csv=staffs, staffEducationOrganizationAssignmentAssociations_csv=assigned)
    ).people
    [alone] = read_file(staffs.encode()).people

    assert (by_api.position, by_api.place_ids) == ("assistant_principal", ("255901001",))
    assert by_api.email == alone.email == "robin@example.org"
    assert (alone.position, alone.place_ids) == (None, ())


@pytest.mark.parametrize(
    ("files", "faults"),
    [
        ({"Staff_csv": STAFF + "4,,Ann,,,,\n"}, [(5, "StaffUniqueId"), (5, "LastSurname")]),
        ({"Staff_csv": STAFF + "5,T-1,Ann,Twice,,,\n"}, [(5, "StaffUniqueId")]),
        ({"Staff_csv": "StaffUniqueId,LastSurname\n1,Sample\n"}, [(1, "firstname")]),
        (
            {
                "Staff_csv": STAFF,
                "StaffEducationOrganizationAssignmentAssociation_csv": ASSIGNED
                + "2,2.5E+11,Teacher,2020-08-01,06/07/2027\n",
            },
            [(6, "EndDate"), (6, "EducationOrganizationId")],
        ),
        ({"staffs_csv": "staffUniqueId,note\n1,x\n"}, [(1, "firstname")]),
    ],
)
def test_what_is_wrong_in_edfis_staff_is_refused_by_row_and_column(files, faults):
    broken = refused(zipped(**files))
    every = broken.faults if isinstance(broken, FileRefused) else [broken.details]

    told = [each.details if isinstance(each, RuleBroken) else each for each in every]
    assert [(each["row"], each["column"]) for each in told] == faults


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"name\n{text}".encode()))
def test_whatever_bytes_come_are_read_or_refused(content):
    for each in (content, b"PK\x03\x04" + content, b"<a>" + content):
        with suppress(RuleBroken):
            assert isinstance(read_file(each), Found)
