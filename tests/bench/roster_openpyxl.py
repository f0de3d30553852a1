"""The roster as a careful script would import it: openpyxl (read-only), checks, and sqlite3 without a cipher, into tables
with the indexes that our vault has. No pinyin, no search by syllables, no undo. Prints the seconds that it took."""

import datetime
import os
import sqlite3
import sys
import tempfile
import time

import openpyxl

SCHEMA = """
CREATE TABLE unit (id INTEGER PRIMARY KEY, parent_id INTEGER, name TEXT);
CREATE TABLE person (id INTEGER PRIMARY KEY, unit_id INTEGER REFERENCES unit (id), code TEXT, national_id TEXT, name TEXT NOT NULL,
  sex TEXT NOT NULL, birth_date TEXT, remark TEXT, state TEXT NOT NULL);
CREATE UNIQUE INDEX person_code ON person (code);
CREATE INDEX person_sort ON person (name, id);
CREATE INDEX person_unit ON person (unit_id, name, id);
CREATE INDEX person_name ON person (name);
CREATE INDEX person_national_id ON person (national_id);
CREATE TABLE membership (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES person (id), unit_id INTEGER REFERENCES unit (id),
  from_date TEXT, to_date TEXT);
CREATE INDEX membership_person ON membership (person_id, from_date);
CREATE INDEX membership_unit ON membership (unit_id, from_date);
CREATE TABLE contact (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES person (id), name TEXT, relation TEXT, phone TEXT);
CREATE INDEX contact_person ON contact (person_id);
CREATE TABLE person_tag (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES person (id), tag TEXT, UNIQUE (person_id, tag));
CREATE INDEX person_tag_tag ON person_tag (tag, person_id);
CREATE VIRTUAL TABLE person_search USING fts5 (terms, content = '', detail = 'none');
"""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CLOCK = time.process_time if os.environ.get("XINQIAO_BENCH_CLOCK") == "processor" else time.monotonic
TAGS = {"留守": "left_behind", "单亲": "single_parent", "随迁": "migrant"}


def check_national_id(number, birth_date, sex):
    if "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS)) % 11] != number[17]:
        raise ValueError(number)
    born = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    if born != datetime.date.fromisoformat(birth_date) or (int(number[16]) % 2 == 1) != (sex == "男"):
        raise ValueError(number)


def find_unit(database, units, key, parent, name):
    if key not in units:
        units[key] = database.execute("INSERT INTO unit (parent_id, name) VALUES (?, ?)", (parent, name)).lastrowid
    return units[key]


def terms(code, name, phone):
    parts = [f"n{name}"] + [f"m{name[start:]}" for start in range(1, len(name))]
    return " ".join(parts + [f"c{code}", f"t{phone[::-1]}"])


def add_person(database, units, seen, number, row, at):
    code, name, sex = row[at["学籍号"]], row[at["姓名"]], row[at["性别"]]
    birth_date, national_id = row[at["出生日期"]], row[at["身份证号"]]
    grade, class_name = row[at["年级"]], row[at["班级"]]
    if code in seen:
        raise ValueError(code)
    seen.add(code)
    check_national_id(national_id, birth_date, sex)
    grade_id = find_unit(database, units, grade, None, grade)
    unit_id = find_unit(database, units, (grade, class_name), grade_id, class_name)
    remark = row[at["备注"]]
    database.execute("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'active')",
                     (number, unit_id, code, national_id, name, "male" if sex == "男" else "female", birth_date, remark))
    database.execute("INSERT INTO membership (person_id, unit_id, from_date) VALUES (?, ?, '2026-09-01')", (number, unit_id))
    database.execute("INSERT INTO contact (person_id, name, relation, phone) VALUES (?, ?, ?, ?)",
                     (number, row[at["监护人"]], row[at["关系"]], row[at["联系电话"]]))
    tags = [tag for word, tag in TAGS.items() if remark and word in remark]
    if row[at["是否住校"]] == "是":
        tags.append("boarding")
    for tag in tags:
        database.execute("INSERT INTO person_tag (person_id, tag) VALUES (?, ?)", (number, tag))
    database.execute("INSERT INTO person_search (rowid, terms) VALUES (?, ?)", (number, terms(code, name, row[at["联系电话"]])))


def main(path):
    started = CLOCK()
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        database = sqlite3.connect(file.name)
        database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;" + SCHEMA)
        rows = openpyxl.load_workbook(path, read_only=True).active.iter_rows(values_only=True)
        at = {title: column for column, title in enumerate(next(rows))}
        units, seen = {}, set()
        with database:
            for number, row in enumerate(rows, 1):
                add_person(database, units, seen, number, row, at)
        database.close()
    print(f"{CLOCK() - started:.6f}")


main(sys.argv[1])
