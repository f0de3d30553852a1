"""report list, show, run: one result model in four forms."""

import csv
import io
import subprocess
import unittest
import zipfile

import openpyxl

from xinqiao import DemoTest


class Reports(DemoTest):
    def test_list_and_show(self):
        listed = self.json("report", "list", vault=False, password=None)
        self.assertEqual({"bureau-term", "principal-term"} - {one["id"] for one in listed}, set())
        for one in listed:
            self.assertTrue(self.json("report", "show", one["id"], vault=False, password=None)["blocks"])
        self.refuse(1, "report", "show", "nothing", saying=["nothing"], vault=False)

    def test_model(self):
        report = self.json("report", "run", "bureau-term")
        self.assertEqual({"report", "organisation", "from", "to", "audit_head", "blocks"} - set(report), set())
        self.assertEqual(report["report"], "bureau-term")
        self.assertEqual((report["from"], report["to"])[0][:4], "2026")
        for block in report["blocks"]:
            self.assertEqual({"id", "title", "columns", "rows"} - set(block), set())
            columns = {column["id"] for column in block["columns"]}
            for column in block["columns"]:
                self.assertEqual({"id", "title", "additive"} - set(column), set())
            for row in block["rows"]:
                self.assertEqual(set(row["cells"]) - columns, set())
                self.assertEqual(set(row["suppressed"]) - columns, set())

    def test_terms_and_dates(self):
        now = self.json("report", "run", "bureau-term", "--term", "2026-2027-1")
        self.assertEqual(now, self.json("report", "run", "bureau-term"))
        before = self.json("report", "run", "bureau-term", "--term", "2025-2026-2")
        self.assertLess(before["to"], now["from"])
        ranged = self.json("report", "run", "bureau-term", "--from", now["from"], "--to", now["to"])
        self.assertEqual((ranged["from"], ranged["to"]), (now["from"], now["to"]))
        self.refuse(1, "report", "run", "bureau-term", "--term", "1999-2000-1")
        self.refuse(2, "report", "run", "bureau-term", "--term", "2026-2027-1", "--from", "2026-09-01", "--to", "2026-10-01")
        self.refuse(1, "report", "run", "nothing", saying=["nothing"])

    def test_files(self):
        xlsx, pdf, table = (self.home / f"report.{kind}" for kind in ("xlsx", "pdf", "csv"))
        model = self.json("report", "run", "bureau-term", "--xlsx", xlsx, "--pdf", pdf, "--csv", table)
        workbook = openpyxl.load_workbook(xlsx, data_only=True)
        self.assertGreater(len(workbook.sheetnames), 1)
        self.assertIsNone(zipfile.ZipFile(xlsx).testzip())
        text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
        self.assertIn(model["organisation"]["name"] if isinstance(model["organisation"], dict) else model["organisation"],
                      text.replace("\n", ""))
        rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
        self.assertGreater(len(rows), 5)
        entries = self.json("audit", "list", "--limit", "3")
        self.assertEqual([entry["action"] for entry in entries], ["report_export"] * 3)
        self.assertNotIn(str(self.home), str(entries), "where papers are kept is nobody's business")

    def test_nothing_half_written(self):
        for kind in ("xlsx", "pdf", "csv"):
            self.refuse(4, "report", "run", "bureau-term", f"--{kind}", self.home / "no" / "such" / f"folder.{kind}")
        self.assertEqual([path.name for path in self.home.iterdir() if path.suffix in (".xlsx", ".pdf", ".csv", ".tmp")], [])

    def test_text_is_a_table(self):
        self.assertGreater(len(self.run_ok("report", "run", "bureau-term").splitlines()), 5)

    def test_principal(self):
        model = self.json("report", "run", "principal-term")
        names = {row["name"] for row in self.json("people", "list")}
        said = str(model)
        self.assertEqual([name for name in names if len(name) > 2 and name in said], [], "never a name")


if __name__ == "__main__":
    unittest.main()
