"""The workbook read back by openpyxl, and recalculated by LibreOffice."""

import json
import subprocess
import sys
import unittest
import zipfile

import openpyxl

sys.path.insert(0, __file__.rsplit("/", 1)[0])
import reports  # noqa: E402  (beside this file)


class Workbook(reports.Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = cls.folder / "sample.xlsx"
        cls.formulas = openpyxl.load_workbook(cls.path)
        cls.cached = openpyxl.load_workbook(cls.path, data_only=True)
        cls.report = json.loads((cls.folder / "sample.json").read_text(encoding="utf-8"))

    def blocks(self):
        return zip(self.report["blocks"], self.formulas.worksheets, self.cached.worksheets)

    def test_sheets(self):
        self.assertEqual(self.formulas.sheetnames, ["普测覆盖", "预警  发出 成立", "休学与复学", '=活动"1"+2', "Notes to the report"])

    def test_every_number_is_the_json_s(self):
        compared = 0
        for block, _, sheet in self.blocks():
            rows = block["rows"] + ([block["total"]] if block["total"] else [])
            for row in rows:
                at = reports.find_row(sheet, row["title"])
                for number, column in enumerate(block["columns"]):
                    cell = sheet.cell(at, number + 2)
                    value = row["cells"][column["id"]]
                    if column["id"] in row["suppressed"]:
                        self.assertIn(cell.value, ("<5", "*"))
                    elif isinstance(value, (int, float)):
                        self.assertAlmostEqual(cell.value, value, places=12)
                        compared += 1
        self.assertGreater(compared, 30)

    def test_totals_are_formulas_where_they_may_be(self):
        formulas = 0
        for block, sheet, cached in self.blocks():
            if not block["total"]:
                continue
            at = reports.find_row(cached, block["total"]["title"])
            for number, column in enumerate(block["columns"]):
                value = sheet.cell(at, number + 2).value
                covered = any(column["id"] in row["suppressed"] for row in block["rows"] + [block["total"]])
                if column["additive"] and not covered:
                    self.assertRegex(str(value), r"^=SUM\(")
                    formulas += 1
                else:
                    self.assertNotRegex(str(value), "^=")
        self.assertGreaterEqual(formulas, 5)

    def test_libreoffice_agrees(self):
        again = openpyxl.load_workbook(reports.recalculate(self.path, self.folder), data_only=True)
        for name in self.cached.sheetnames[:4]:
            for old, new in zip(reports.rows_of(self.cached[name]), reports.rows_of(again[name])):
                for before, after in zip(old, new):
                    if isinstance(before, (int, float)):
                        self.assertAlmostEqual(before, after, places=9)
                    else:
                        self.assertEqual(before, after)

    def test_printing(self):
        for sheet in self.formulas.worksheets[:4]:
            self.assertEqual(sheet.page_setup.orientation, "landscape")
            self.assertEqual(int(sheet.page_setup.paperSize), 9)
            self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
            self.assertTrue(sheet.print_area)
            self.assertTrue(sheet.print_title_rows)
            self.assertEqual(sheet.freeze_panes[0], "B")
            self.assertIn("7F3A-19C2", sheet.oddFooter.left.text)
            self.assertTrue(any(str(area).startswith("A1:") for area in sheet.merged_cells.ranges))

    def test_head_to_fill_in(self):
        sheet = self.formulas.worksheets[0]
        self.assertEqual(sheet["A3"].value, "Reported by: 江城市第三中学")
        kinds = {rule.type for rule in sheet.data_validations.dataValidation}
        self.assertEqual(kinds, {"date", "textLength"})

    def test_what_is_filled_in_by_hand_is_checked(self):
        sheet = self.formulas.worksheets[2]
        rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
        self.assertEqual(rules["list"].formula1, '"有,无"')
        self.assertEqual(rules["whole"].operator, "greaterThanOrEqual")

    def test_number_formats(self):
        sheet = self.formulas.worksheets[0]
        at = reports.find_row(sheet, "八年级")
        self.assertEqual(sheet.cell(at, 2).number_format, "#,##0")
        self.assertEqual(sheet.cell(at, 6).number_format, "0.0%")
        ledger = self.formulas.worksheets[3]
        at = reports.find_row(ledger, '=HYPERLINK("x")')
        self.assertTrue(ledger.cell(at, 2).is_date)

    def test_text_stays_text(self):
        sheet = self.formulas.worksheets[3]
        at = reports.find_row(sheet, '=HYPERLINK("x")')
        self.assertEqual(sheet.cell(at, 1).data_type, "s")
        self.assertEqual(sheet.cell(at, 3).value, "+86 全体学生")

    def test_notes(self):
        words = [value for row in reports.rows_of(self.formulas["Notes to the report"]) for value in row if value]
        for wanted in ("7F3A-19C2", "2026-09-01 to 2027-01-15", "已测 ÷ 应测。", "筛查结果不是诊断。"):
            self.assertIn(wanted, words)

    def test_properties(self):
        properties = self.formulas.properties
        self.assertEqual(properties.title, "学生心理健康工作学期统计表")
        self.assertEqual(properties.creator, "江城市第三中学")
        self.assertEqual(properties.created.year, 2026)

    def test_charts_are_native(self):
        with zipfile.ZipFile(self.path) as package:
            charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
            self.assertEqual(len(charts), 2)
            levels = package.read("xl/charts/chart2.xml").decode()
        self.assertEqual(levels.count("<c:ser>"), 3)
        self.assertIn("&lt;5", levels)

    def test_no_covered_number_is_anywhere(self):
        """七年级 has 4 invalid and one confirmed of level 1: no part of the package says so."""
        sheet = self.cached.worksheets[0]
        at = reports.find_row(sheet, "七年级")
        self.assertEqual([sheet.cell(at, column).value for column in (4, 5)], ["*", "<5"])
        with zipfile.ZipFile(self.path) as package:
            body = package.read("xl/worksheets/sheet1.xml").decode()
        self.assertNotIn("<v>326</v>", body)
        self.assertNotIn("<v>4</v></c>", body.replace(' t="s"><v>4', ""))

    def test_pages(self):
        subprocess.run(["soffice", f"-env:UserInstallation={(self.folder / 'profile').as_uri()}", "--headless", "--convert-to",
                        "pdf", "--outdir", str(self.folder), str(self.path)], check=True, capture_output=True, timeout=300)
        done = subprocess.run(["pdfinfo", str(self.folder / "sample.pdf")], check=True, capture_output=True, text=True)
        self.assertRegex(done.stdout, r"Pages:\s+5\n")


class Ledger(reports.Folder):
    def test_long_sheet(self):
        """A sheet that is streamed keeps its rows, its total and its head."""
        book = openpyxl.load_workbook(self.folder / "ledger.xlsx", data_only=True)
        report = json.loads((self.folder / "ledger.json").read_text(encoding="utf-8"))
        sheet = book.worksheets[0]
        at = reports.find_row(sheet, "Total")
        self.assertEqual(at, 5 + 2500 + 1)
        self.assertEqual(sheet.cell(at, 2).value, report["blocks"][0]["total"]["cells"]["c0"])
        self.assertEqual(sheet.cell(5, 2).value, "c0")


class Csv(reports.Folder):
    def test_csv(self):
        raw = (self.folder / "sample.csv").read_bytes()
        self.assertTrue(raw.startswith(b"\xef\xbb\xbf"))
        text = raw.decode("utf-8-sig")
        for line in text.splitlines():
            for cell in line.split('","'):
                self.assertNotIn(cell.strip('"')[:1], ("=", "@"), cell)


if __name__ == "__main__":
    unittest.main()
