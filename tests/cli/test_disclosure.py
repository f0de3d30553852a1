"""What leaves the office: the disclosure ledger, copies with a number, encrypted zips; and the audit read by people."""

import base64
import subprocess
import unittest

import openpyxl
from xinqiao import CliTest, DemoTest

PASSPHRASE = "杨梅 seven 灯塔"


def pdf_text(path):
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


class Ledger(DemoTest):
    def letter(self, *options):
        referral = next(row for row in self.json("referrals", "list") if row["state"] in ("consented", "sent", "accepted"))
        return referral, self.json("referrals", "letter", referral["id"], *options)

    def test_letter_is_a_numbered_copy(self):
        target = self.home / "letter.pdf"
        referral, done = self.letter("--pdf", target, "--purpose", "门诊评估")
        self.assertEqual(done["copy"], "2026-0001")
        text = pdf_text(target)
        self.assertIn("副本 2026-0001", text)
        self.assertIn("门诊评估", text)
        entry = self.json("disclosures", "list")[0]
        self.assertEqual((entry["copy"], entry["kind"], entry["subject"], entry["state"], entry["identifying"], entry["persons"]),
                         ("2026-0001", "export", "letter", "out", True, 1))
        self.assertEqual(entry["recipient"].split()[0], referral["institution"]["name"])
        self.assertIn(entry["ground"], ("consent", "danger"))
        self.assertEqual([one["code"] for one in entry["people"]], [referral["person"]["code"]])
        self.assertEqual(entry["file"], "letter.pdf")
        self.assertIn("转介原因", entry["fields"])
        self.assertEqual(self.letter("--pdf", self.home / "again.pdf")[1]["copy"], "2026-0002")

    def test_what_was_not_written_was_not_made(self):
        referral = next(row for row in self.json("referrals", "list") if row["state"] == "sent")
        self.refuse(4, "referrals", "letter", referral["id"], "--pdf", self.home / "no" / "such" / "letter.pdf")
        self.assertEqual(self.json("disclosures", "list"), [])
        failed = self.json("disclosures", "list", "--state", "failed")
        self.assertEqual([entry["state"] for entry in failed], ["failed"])
        self.assertIn("letter.pdf", failed[0]["remark"])

    def test_report_names_nobody_and_needs_no_recipient(self):
        self.json("report", "run", "bureau-term", "--pdf", self.home / "r.pdf", "--xlsx", self.home / "r.xlsx", "--recipient", "教育局")
        entries = self.json("disclosures", "list")
        self.assertEqual([(entry["subject"], entry["identifying"], entry["persons"], entry["recipient"]) for entry in entries],
                         [("report", False, 0, "教育局")] * 2)
        self.assertNotIn("副本", pdf_text(self.home / "r.pdf"))
        self.assertEqual(self.json("disclosures", "list", "--identifying"), [])

    def test_said_aloud(self):
        person = self.json("people", "list")[0]
        said = ("disclosures", "add", "面谈：近期情绪与安全", "--person", person["code"])
        self.refuse(1, *said, saying=["给谁"])
        self.refuse(1, *said, "--recipient", "班主任", saying=["依据"])
        self.refuse(1, *said, "--recipient", "班主任", "--ground", "danger", "--when", "2027-01-01T08:00")
        self.refuse(2, *said, "--recipient", "班主任", "--ground", "gossip")
        made = self.json(*said, "--recipient", "班主任", "--ground", "danger", "--when", "2026-11-20T16:30", "--fields", "需要关注什么")
        self.assertEqual((made["kind"], made["ground"], made["at"][:16]), ("spoken", "danger", "2026-11-20T16:30"))
        self.json("disclosures", "add", "家长会上的讲话", "--paper")
        self.assertEqual([one["what"] for one in self.json("disclosures", "list", "--person", person["code"])], [made["what"]])
        self.assertEqual(len(self.json("disclosures", "list", "--from", "2026-11-20", "--to", "2026-11-20")), 1)
        self.assertEqual(len(self.json("disclosures", "list")), 2)

    def test_settled_once(self):
        made = self.json("disclosures", "add", "复印件", "--paper")
        self.refuse(2, "disclosures", "settle", made["id"], "out")
        self.refuse(2, "disclosures", "settle", made["id"], "failed")
        settled = self.json("disclosures", "settle", made["id"], "recalled", "--remark", "医院退回")
        self.assertEqual((settled["state"], settled["remark"]), ("recalled", "医院退回"))
        self.refuse(1, "disclosures", "settle", made["id"], "destroyed", saying=[made["copy"]])
        self.refuse(1, "disclosures", "settle", 999, "destroyed")
        self.assertEqual([one["id"] for one in self.json("disclosures", "list", "--state", "recalled")], [made["id"]])
        self.assertEqual(self.json("audit", "verify")["audit"], "ok")

    def test_numbers_begin_anew_each_year(self):
        self.json("disclosures", "add", "甲", "--paper")
        self.now = "2027-01-04T09:00:00"
        self.assertEqual(self.json("disclosures", "add", "乙", "--paper")["copy"], "2027-0001")
        self.assertEqual(self.json("disclosures", "add", "丙", "--paper", "--when", "2026-12-30T09:00")["copy"], "2026-0002")

    def test_ledger_leaves_too(self):
        referral, _ = self.letter("--pdf", self.home / "letter.pdf")
        book = self.home / "ledger.xlsx"
        self.assertNotIn("CRITICAL", self.call("disclosures", "export", "--xlsx", book, "--pdf", self.home / "l.pdf", password="demo").stderr)
        plain = "".join(str(cell.value) for row in openpyxl.load_workbook(book).worksheets[0].iter_rows() for cell in row)
        self.assertIn("2026-0001", plain)
        self.assertNotIn(referral["person"]["code"], plain)
        self.refuse(1, "disclosures", "export", "--names", "--xlsx", book, saying=["给谁"])
        self.json("disclosures", "export", "--names", "--xlsx", book, "--pdf", self.home / "ledger.pdf", "--recipient", "督导",
                  "--ground", "duty")
        loaded = openpyxl.load_workbook(book)
        named = "".join(str(cell.value) for row in loaded.worksheets[0].iter_rows() for cell in row)
        self.assertIn(referral["person"]["code"], named)
        pages, workbook = self.json("disclosures", "list")[:2]
        for entry in (pages, workbook):
            self.assertEqual([one["code"] for one in entry["people"]], [referral["person"]["code"]])
            self.assertEqual((entry["subject"], entry["persons"]), ("ledger", 1))
        self.assertEqual(len(self.json("disclosures", "list", "--person", referral["person"]["code"])), 3)
        copy = workbook["copy"]
        self.assertIn(copy, loaded.worksheets[0].oddHeader.left.text)
        self.assertIn("督导", loaded.worksheets[0].oddHeader.left.text)
        self.assertIn("督导", pdf_text(self.home / "ledger.pdf"))


class Sealed(DemoTest):
    def zipped(self, passphrase=PASSPHRASE):
        referral = next(row for row in self.json("referrals", "list") if row["state"] == "sent")
        target = self.home / "letter.zip"
        self.json("referrals", "letter", referral["id"], "--zip", target, "--passphrase-file", self.secret(passphrase, "phrase"))
        return referral, target

    def seven_zip(self, verb, target, passphrase, *more):
        return subprocess.run(["7z", verb, f"-p{passphrase}", "-y", *more, str(target)], capture_output=True, text=True, check=False,
                              cwd=self.home, env=self.environment())

    def test_seven_zip_opens_it(self):
        referral, target = self.zipped()
        listed = self.seven_zip("l", target, PASSPHRASE, "-slt")
        self.assertIn("AES-256", listed.stdout)
        self.assertNotIn(referral["person"]["name"], listed.stdout, "what is in a zip can be listed without the passphrase")
        out = self.seven_zip("x", target, PASSPHRASE)
        self.assertEqual(out.returncode, 0, out.stdout + out.stderr)
        letter = next(self.home.glob("letter-*.pdf"))
        self.assertIn(referral["person"]["name"], pdf_text(letter))
        self.assertNotEqual(self.seven_zip("t", target, "something else").returncode, 0)

    def test_nothing_plain_in_it(self):
        _, target = self.zipped()
        self.assertNotIn(b"%PDF", target.read_bytes())

    def test_report_in_a_zip(self):
        target = self.home / "report.zip"
        self.json("report", "run", "bureau-term", "--zip", target, "--passphrase-file", self.secret(PASSPHRASE, "phrase"))
        self.assertEqual(self.seven_zip("x", target, PASSPHRASE).returncode, 0)
        self.assertGreater(len(openpyxl.load_workbook(self.home / "bureau-term.xlsx").sheetnames), 1)

    def test_short_passphrase(self):
        referral = next(row for row in self.json("referrals", "list") if row["state"] == "sent")
        self.refuse(1, "referrals", "letter", referral["id"], "--zip", self.home / "x.zip", "--passphrase-file", self.secret("1234567", "p"))
        self.assertFalse((self.home / "x.zip").exists())
        self.refuse(2, "referrals", "letter", referral["id"], "--zip", self.home / "x.zip", "--pdf", self.home / "x.pdf")
        self.refuse(2, "referrals", "letter", referral["id"])


class Trail(DemoTest):
    def test_by_person_action_and_day(self):
        warning = next(row for row in self.json("warnings", "list") if row["state"] == "new")
        person = warning["person"]
        self.json("people", "show", person["code"])
        self.json("warnings", "triage", warning["id"], "--confirm")
        rows = self.json("audit", "list", "--person", person["code"], "--from", "2026-11-23")
        self.assertIn(("open", "person"), {(row["action"], row["entity"]) for row in rows})
        self.assertIn(("insert", "triage"), {(row["action"], row["entity"]) for row in rows})
        other = next(row for row in self.json("warnings", "list") if row["person"]["id"] != person["id"])["person"]
        self.assertNotIn("open", {row["action"] for row in self.json("audit", "list", "--person", other["code"])})
        opened = self.json("audit", "list", "--action", "open")
        self.assertEqual([row["entity_id"] for row in opened], [person["id"]])
        self.assertEqual(self.json("audit", "list", "--action", "open", "--to", "2026-11-22"), [])
        self.refuse(1, "audit", "list", "--person", "nobody")

    def test_paper_about_a_person_is_found(self):
        referral = next(row for row in self.json("referrals", "list") if row["state"] == "sent")
        self.json("referrals", "letter", referral["id"], "--pdf", self.home / "letter.pdf")
        rows = self.json("audit", "list", "--person", referral["person"]["code"], "--limit", "1")
        self.assertEqual((rows[0]["action"], rows[0]["entity"]), ("letter_export", "disclosure"))

    def test_export(self):
        table = self.home / "audit.csv"
        self.refuse(1, "audit", "export", "--csv", table, saying=["给谁"])
        self.json("audit", "export", "--csv", table, "--from", "2026-11-01", "--recipient", "督导", "--ground", "duty")
        text = table.read_text(encoding="utf-8-sig")
        self.assertIn("审计", text)
        self.assertNotIn("warning_raised", text, "in words")
        self.assertEqual(self.json("audit", "list", "--limit", "1")[0]["action"], "audit_export")


class Chain(CliTest):
    def setUp(self):
        super().setUp()
        self.code = self.create()["recovery_code"]
        self.old = self.json("info")["audit_head"]
        self.json("institutions", "add", "江城市第二人民医院", "--kind", "general_hospital")

    def shell(self, sql):
        key = base64.b32decode(self.code.replace("-", ""))[:32].hex()
        done = subprocess.run(["sqlcipher", str(self.vault / "vault.db")], capture_output=True, text=True, check=False,
                              input=f"PRAGMA key = \"x'{key}'\";\n{sql}\n")
        self.assertEqual(done.stderr, "")
        return done.stdout

    def test_old_code_still_stands(self):
        last = self.json("audit", "list")
        found = self.json("audit", "code", self.old)
        self.assertLess(found["id"], last[0]["id"])
        self.assertEqual(self.json("audit", "code", self.old.lower().replace("-", " "))["id"], found["id"])
        wide = "".join(chr(ord(letter) + 0xfee0) for letter in self.old)
        self.assertEqual(self.json("audit", "code", wide)["id"], found["id"])

    def test_code_of_no_row(self):
        codes = {"0000-0000", "1234-5678"} - {self.old}
        for code in codes:
            self.refuse(1, "audit", "code", code, saying=[code])
        for code in ("", "1234", "1234-567G", "1234-5678-9"):
            self.refuse(1, "audit", "code", code)

    def test_first_bad_row(self):
        self.shell("DROP TRIGGER audit_is_append_only_update; UPDATE audit SET at = at + 60 WHERE id = 2;")
        self.refuse(3, "audit", "verify", saying=["2"])
        self.refuse(3, "audit", "code", self.old)

    def test_written_anew(self):
        """A trail that was made again from row 2 on holds no old code, however well its links fit."""
        self.shell("DROP TRIGGER audit_is_append_only_delete; DELETE FROM audit WHERE id > 1;")
        self.json("institutions", "add", "江城市第五医院", "--kind", "clinic")
        self.assertEqual(self.json("audit", "verify")["audit"], "ok")
        self.refuse(1, "audit", "code", self.old)


if __name__ == "__main__":
    unittest.main()
