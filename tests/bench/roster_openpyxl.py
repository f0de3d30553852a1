"""The same roster with what a script would take: openpyxl (read-only) and sqlite3, without a cipher. Prints the seconds."""

import sqlite3
import sys
import tempfile
import time

import openpyxl

started = time.monotonic()
with tempfile.NamedTemporaryFile(suffix=".db") as file:
    database = sqlite3.connect(file.name)
    sheet = openpyxl.load_workbook(sys.argv[1], read_only=True).active
    rows = sheet.iter_rows(values_only=True)
    titles = next(rows)
    database.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, code TEXT UNIQUE, name TEXT, sex TEXT, birth_date TEXT,"
                     " national_id TEXT, unit TEXT, phone TEXT, remark TEXT)")
    database.execute("CREATE INDEX person_name ON person (name)")
    database.execute("CREATE TABLE contact (person_id INTEGER, name TEXT, relation TEXT, phone TEXT)")
    at = {title: column for column, title in enumerate(titles)}
    with database:
        for number, row in enumerate(rows, 1):
            database.execute("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             (number, row[at["学籍号"]], row[at["姓名"]], row[at["性别"]], row[at["出生日期"]], row[at["身份证号"]],
                              f"{row[at['年级']]}{row[at['班级']]}", None, row[at["备注"]]))
            database.execute("INSERT INTO contact VALUES (?, ?, ?, ?)",
                             (number, row[at["监护人"]], row[at["关系"]], row[at["联系电话"]]))
    database.close()
print(f"{time.monotonic() - started:.6f}")
