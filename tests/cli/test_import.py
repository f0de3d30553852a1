"""Rosters and answers of the samples, with the counts that their makers know."""

import json
import subprocess
import unittest

from xinqiao import FIXTURES, PROGRAM, SAMPLES, CliTest

FACTS = json.loads((SAMPLES / "facts.json").read_text(encoding="utf-8"))


class Rosters(CliTest):
    def roster(self, name, *arguments):
        return self.json("import", "roster", SAMPLES / name, *arguments)

    def test_samples(self):
        for name in ("roster-school.xlsx", "roster-employees.xlsx", "roster-gb18030.csv", "roster-utf8-bom.csv"):
            with self.subTest(name=name):
                self.vault = self.home / name
                self.create(profile="enterprise" if "employees" in name else "school")
                done = self.roster(name)
                self.assertEqual(done["file"], name)
                self.assertEqual(done["read"], FACTS[name]["people"])
                self.assertEqual(done["added"], FACTS[name]["people"])
                self.assertEqual((done["changed"], done["unchanged"], done["gone"], done["rejected"]), (0, 0, 0, []))
                self.assertEqual(self.json("info")["rows"]["person"], FACTS[name]["people"])
                self.assertEqual(len(self.json("people", "list")), FACTS[name]["people"])

    def test_again_changes_nothing(self):
        self.create()
        self.roster("roster-school.xlsx")
        head = self.json("info")["audit_head"]
        again = self.roster("roster-school.xlsx")
        self.assertEqual((again["added"], again["changed"], again["unchanged"]), (0, 0, FACTS["roster-school.xlsx"]["people"]))
        self.assertEqual(self.json("info")["audit_head"], head, "nothing was written")

    def test_dry_run_writes_nothing(self):
        self.create()
        before = self.json("info")
        done = self.roster("roster-school.xlsx", "--dry-run")
        self.assertEqual(done["added"], FACTS["roster-school.xlsx"]["people"])
        self.assertEqual(self.json("info"), before)

    def test_sheets(self):
        self.create()
        done = self.roster("roster-school.xlsx")
        self.assertEqual(len(done["sheets"]), 3)
        self.vault = self.home / "one"
        self.create()
        one = self.roster("roster-school.xlsx", "--sheet", done["sheets"][0])
        self.assertEqual(one["sheets"], done["sheets"][:1])
        self.assertLess(one["read"], done["read"])
        self.refuse(1, "import", "roster", SAMPLES / "roster-school.xlsx", "--sheet", "nowhere", saying=["nowhere"])

    def test_undo(self):
        self.create()
        empty = self.json("info")["rows"]
        self.roster("roster-school.xlsx")
        undone = self.json("import", "undo")
        self.assertIsNotNone(undone["undone_at"])
        rows = self.json("info")["rows"]
        for table in ("person", "unit", "membership", "contact", "person_tag"):
            self.assertEqual(rows[table], empty[table], table)
        self.assertEqual(self.json("people", "list"), [])
        self.refuse(1, "import", "undo")
        self.assertEqual(self.json("check")["audit"], "ok")
        self.assertEqual(self.roster("roster-school.xlsx")["added"], FACTS["roster-school.xlsx"]["people"])

    def test_map(self):
        self.create()
        table = self.home / "odd.csv"
        table.write_text("编码,称呼,所在\nS1,李白,七年级1班\nS2,杜甫,七年级1班\n", encoding="utf-8")
        done = self.json("import", "roster", table, "--map", "code=编码", "--map", "name=称呼", "--map", "class=所在")
        self.assertEqual(done["added"], 2)
        found = self.json("people", "show", "S1")
        self.assertEqual(found["name"], "李白")
        self.refuse(1, "import", "roster", table, "--map", "name=称呼", "--map", "code=没有这一列", saying=["odd.csv"])
        self.refuse(2, "import", "roster", table, "--map", "nonsense")

    def test_rejected_rows_name_the_place(self):
        self.create()
        table = self.home / "wrong.csv"
        table.write_text("学号,姓名,出生日期,班级\nS1,李白,2012-13-45,七年级1班\nS2,杜甫,2012-03-05,七年级1班\n", encoding="utf-8")
        done = self.json("import", "roster", table)
        self.assertEqual(done["added"], 1)
        self.assertEqual(len(done["rejected"]), 1)
        self.assertEqual(set(done["rejected"][0]), {"sheet", "row", "column", "value", "why"})
        self.assertEqual((done["rejected"][0]["row"], done["rejected"][0]["column"], done["rejected"][0]["value"]), (2, "出生日期", "2012-13-45"))

    def test_files_that_are_no_roster(self):
        self.create()
        before = self.json("info")
        for name in ("empty.xlsx", "external-entity.xlsx", "old.xls", "password.xlsx", "truncated.xlsx", "word.xlsx", "picture.xlsx"):
            with self.subTest(name=name):
                self.refuse(1, "import", "roster", FIXTURES / "sheet" / name, saying=[name])
        self.refuse(1, "import", "roster", self.home / "not-there.xlsx", saying=["not-there.xlsx"])
        self.assertEqual(self.json("info"), before)

    def test_progress_stays_off_a_pipe(self):
        self.create()
        done = subprocess.run([str(PROGRAM), "--vault", str(self.vault), "--password-file", str(self.home / "secret"), "--json", "import",
                               "roster", str(SAMPLES / "roster-school.xlsx")], env=self.environment(), capture_output=True, text=True, check=True)
        self.assertEqual(done.stderr, "")


class Answers(CliTest):
    def setUp(self):
        super().setUp()
        self.create()
        self.json("import", "roster", SAMPLES / "roster-school.xlsx")

    def answers(self, name, *arguments):
        return self.json("import", "answers", SAMPLES / name, *arguments)

    def test_samples(self):
        for name in ("answers-phq9-gad7-by-number.xlsx", "answers-phq9-gad7-by-text.xlsx"):
            with self.subTest(name=name):
                facts = FACTS[name]
                done = self.answers(name, "--instrument", "phq9")
                self.assertEqual(done["read"], facts["rows"])
                self.assertEqual(done["matched"] + len(done["unmatched"]), facts["rows"])
                self.assertEqual(done["unmatched"], [])
                phq9 = done["instruments"]["phq9"]
                self.assertEqual(phq9["assessed"] - phq9["incomplete"], facts["phq9_complete"])
                self.assertEqual(set(done["warnings"]), {"1", "2", "3"})
                self.assertGreaterEqual(sum(done["warnings"].values()), facts["item9_ge_1"])
                undone = self.json("import", "undo")
                self.assertEqual(undone["kind"], "answers")
                self.assertEqual(self.json("warnings", "list"), [])
                self.assertEqual(self.json("info")["rows"]["assessment"], 0)

    def test_sums_are_the_makers(self):
        """The same answers through `score`: sums, cut-offs and the ninth item."""
        name = "answers-phq9-gad7-by-number.xlsx"
        self.answers(name, "--instrument", "phq9")
        facts = FACTS[name]
        reasons = [reason["rule"] for warning in self.json("warnings", "list") for reason in warning["reasons"]]
        self.assertEqual(sum("item9" in rule for rule in reasons), facts["item9_ge_1"])
        levels = [warning["level"] for warning in self.json("warnings", "list")]
        self.assertEqual(levels, sorted(levels), "the heaviest first")

    def test_dry_run(self):
        before = self.json("info")
        done = self.answers("answers-phq9-gad7-by-text.xlsx", "--instrument", "phq9", "--dry-run")
        self.assertGreater(sum(done["warnings"].values()), 0)
        self.assertEqual(self.json("info"), before)

    def test_campaign(self):
        campaign = self.json("campaign", "new", "秋季普测", "--instrument", "phq9,gad7", "--due", "2026-12-01")
        self.assertEqual(campaign["participants"]["pending"], FACTS["roster-school.xlsx"]["people"])
        self.answers("answers-phq9-gad7-by-number.xlsx", "--instrument", "phq9", "--campaign", campaign["id"])
        status = self.json("campaign", "status", campaign["id"])
        self.assertEqual(status["participants"]["done"], FACTS["answers-phq9-gad7-by-number.xlsx"]["rows"])
        self.assertTrue(status["units"])
        self.assertEqual(self.json("campaign", "close", campaign["id"])["state"], "closed")
        self.refuse(1, "campaign", "close", campaign["id"])
        self.assertEqual([one["id"] for one in self.json("campaign", "list")], [campaign["id"]])

    def test_unknown_instrument(self):
        self.refuse(1, "import", "answers", SAMPLES / "answers-phq9-gad7-by-number.xlsx", "--instrument", "phq99", saying=["phq99", "phq9"])

    def test_who_belongs_to_nobody(self):
        self.vault = self.home / "other"
        self.create()
        done = self.answers("answers-phq9-gad7-by-text.xlsx", "--instrument", "phq9")
        self.assertEqual(done["matched"], 0)
        self.assertEqual(len(done["unmatched"]), FACTS["answers-phq9-gad7-by-text.xlsx"]["rows"])
        self.assertEqual(set(done["unmatched"][0]), {"row", "code", "name", "why"})


if __name__ == "__main__":
    unittest.main()
