"""What the tests of the report room share: running programs, reading workbooks with and without LibreOffice."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ.get("XQ_TEST_BUILD", pathlib.Path(__file__).resolve().parents[2] / "build-test"))
SAMPLE = BUILD / "tests" / "report" / "sample-report"


class Folder(unittest.TestCase):
    """A test with a folder of its own, filled once."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="xinqiao-report-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        subprocess.run([str(SAMPLE), str(cls.folder)], check=True, env={**os.environ, "LANGUAGE": "en"})


def recalculate(workbook, folder):
    """Opens and saves a workbook with LibreOffice, every formula recalculated; gives the new file."""
    out = folder / "recalculated"
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    # 0: always recalculate what Excel wrote.
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
        "<value>0</value></prop></item></oor:items>\n", encoding="utf-8")
    subprocess.run(["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx",
                    "--outdir", str(out), str(workbook)], check=True, capture_output=True, timeout=300,
                   env={**os.environ, "HOME": str(folder)})
    return out / workbook.name


def rows_of(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def find_row(sheet, title):
    """The number of the row whose first cell is the title."""
    for row in sheet.iter_rows(max_col=1):
        if row[0].value == title:
            return row[0].row
    raise AssertionError(f"no row {title!r} in {sheet.title!r}")
