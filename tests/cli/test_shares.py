"""The recovery code in three paper shares: printed, asked after, and two of them taken for the code."""

import itertools
import re
import subprocess
import unittest

from xinqiao import ORGANISATION, PASSWORD, SAMPLES, CliTest

NEW = "four blue kettles"
HOLDERS = ("心理教师", "校长", "密封信封")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def pdf_text(path):
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


class Shares(CliTest):
    def papers(self, name="share"):
        return [self.home / f"{name}-{number}.pdf" for number in (1, 2, 3)]

    def print_shares(self, *arguments, name="share", **options):
        """The shares as they stand on paper: the groups in their order."""
        papers = self.papers(name)
        self.json("shares", "print", *papers, *arguments, **options)
        return ["-".join(re.findall(r"\b[A-Z2-7]{4}\b", pdf_text(paper))[:16]) for paper in papers]

    def recover(self, first, second, call=None, **options):
        (call or self.run_ok)("recover", "--shares-fd", "0", "--new-password-file", self.secret(NEW, "new"), stdin=f"{first}\n{second}\n",
                              password=None, **options)

    def refuse_shares(self, first, second, *saying, code=3):
        self.refuse(code, "recover", "--shares-fd", "0", "--new-password-file", self.secret(NEW, "new"), stdin=f"{first}\n{second}\n",
                    password=None, saying=saying)

    def test_printed_and_asked_after(self):
        self.create()
        self.assertEqual(self.json("shares", "status"), {"state": "none", "holders": [], "others": 0})
        papers = self.papers()
        made = self.json("shares", "print", *papers)
        self.assertEqual(made, {"vault": str(self.vault), "set": 1, "code": 1, "shares": [
            {"number": number, "holder": holder, "file": str(paper)}
            for number, (holder, paper) in enumerate(zip(HOLDERS, papers), 1)]})
        self.assertEqual(self.json("shares", "status"), {"state": "valid", "made": "2026-11-23", "set": 1, "code": 1,
                                                         "holders": list(HOLDERS), "others": 0})
        trail = self.json("audit", "list")
        self.assertEqual([row["action"] for row in trail[:2]], ["recovery_shares_out", "recovery_shares_make"])
        self.assertEqual(trail[1]["detail"], {"set": 1, "code": 1, "holders": list(HOLDERS)})
        self.assertEqual(self.json("check")["audit"], "ok")

    def test_sheets(self):
        self.create()
        shares = self.print_shares("--holder", "李老师", "--holder", "王校长", "--holder", "保险柜")
        for number, (paper, share) in enumerate(zip(self.papers(), shares), 1):
            text = pdf_text(paper)
            self.assertRegex(share, r"^([A-Z2-7]{4}-){15}[A-Z2-7]{4}$")
            for words in (ORGANISATION, f"恢复码分片 {number}（共 3 张）", "李老师", "王校长", "保险柜", "什么也打不开"):
                self.assertIn(words, text)
            self.assertRegex(text, "第 ?4 ?行")
            self.assertEqual(paper.stat().st_mode & 0o077, 0)
        self.assertEqual(len(set(shares)), 3)
        left = {path.name for path in self.home.iterdir()} - {"secret", "vault"}
        self.assertEqual(left, {paper.name for paper in self.papers()}, "nothing else is left of them")

    def test_a_page_each(self):
        """In every language, with long names."""
        name = "江城市" + "经济技术开发区" * 3 + "第三实验中学附属学校心理健康教育中心"
        for language in ("zh_CN", "zh_TW", "en"):
            self.vault = self.home / language
            self.json("--lang", language, "create", "--name", name)
            papers = self.papers(language)
            self.json("--lang", language, "shares", "print", *papers, *(["--holder", "心理健康教育与咨询中心专职教师欧阳老师"] * 3))
            for paper in papers:
                self.assertRegex(subprocess.run(["pdfinfo", str(paper)], capture_output=True, text=True, check=True).stdout, r"Pages: +1\n")

    def test_every_pair_opens(self):
        self.create()
        shares = self.print_shares()
        for first, second in itertools.permutations(shares, 2):
            self.recover(first.lower().replace("-", " "), second)
            self.assertEqual(self.json("info", password=NEW)["opened_by"], "password")
        row = self.json("audit", "list", password=NEW)[0]
        self.assertEqual((row["action"], row["detail"]), ("password_recovered_shares", {"set": 1, "first": 3, "second": 2}))

    def test_from_a_file(self):
        self.create()
        shares = self.print_shares()
        both = self.home / "both"
        both.write_text(f"{shares[1]}\r\n{shares[2]}\n", encoding="utf-8")
        self.json("recover", "--shares-file", both, "--new-password-file", self.secret(NEW, "new"), password=None)
        self.json("info", password=NEW)
        self.refuse(2, "recover", "--shares-file", self.home / "nowhere", "--new-password-file", self.secret(NEW, "new"), password=None)
        self.refuse(2, "recover", "--shares-file", both, "--code-file", both, "--new-password-file", self.secret(NEW, "new"), password=None)

    def test_not_enough(self):
        self.create()
        shares = self.print_shares()
        self.refuse_shares(shares[0], "", "第二张分片：第 1 行不完整")
        self.refuse_shares(shares[1], shares[1], "两张都是第 2 张分片")
        again = self.print_shares(name="again")
        self.refuse_shares(shares[0], again[1], "不是同一套", "第 1 套", "第 2 套")
        self.assertEqual(self.json("shares", "status")["others"], 1)
        self.recover(shares[0], shares[1])
        self.recover(again[0], again[2])

    def test_mistyped(self):
        self.create()
        shares = self.print_shares()
        for place in (0, 21, 58, 78):
            other = ALPHABET[(ALPHABET.index(shares[0][place]) + 7) % 32]
            line = place // 20 + 1
            self.refuse_shares(shares[2], shares[0][:place] + other + shares[0][place + 1:], f"第二张分片：第 {line} 行与纸上不符")
        self.json("info")

    def test_void_after_a_new_code(self):
        self.create()
        self.json("import", "roster", SAMPLES / "roster-school.xlsx")
        shares = self.print_shares()
        backup = self.home / "old.xqbackup"
        self.json("backup", "create", backup)
        done = self.call("--json", "password", "new-recovery")
        self.assertIn("纸质分片现已作废", done.stderr)
        self.assertEqual(self.json("shares", "status")["state"], "void")
        self.refuse_shares(shares[0], shares[1], "已经作废", "备份")
        opened = self.json("backup", "verify", backup, "--shares-fd", "0", stdin=f"{shares[0]}\n{shares[1]}\n", password=None)
        self.assertTrue(opened["verified"])
        self.json("backup", "restore", backup, self.home / "restored", "--shares-fd", "0", stdin=f"{shares[2]}\n{shares[1]}\n", password=None)
        self.vault = self.home / "restored"
        self.recover(shares[0], shares[2])
        self.json("info", password=NEW)

    def test_another_vault(self):
        self.create()
        shares = self.print_shares()
        self.vault = self.home / "other"
        self.create()
        self.refuse_shares(shares[0], shares[1], "打不开")
        self.json("info")

    def test_refused(self):
        self.create()
        papers = self.papers()
        self.refuse(3, "shares", "print", *papers, password="not this one")
        self.refuse(2, "shares", "print", *papers[:2])
        self.refuse(2, "shares", "print", *papers, "--holder", "李老师")
        self.refuse(1, "shares", "print", papers[0], papers[1], papers[0], saying=[str(papers[0])])
        papers[1].write_text("there already", encoding="utf-8")
        self.refuse(1, "shares", "print", *papers, saying=[str(papers[1])])
        self.assertEqual(self.json("shares", "status")["state"], "none")
        self.assertFalse(papers[0].exists())
        self.refuse(4, "shares", "print", papers[0], papers[2], self.home / "nowhere" / "share.pdf")
        self.assertFalse(papers[0].exists(), "all of them or none")
        self.assertEqual(self.json("shares", "status")["state"], "unfinished")

    def test_custodian_makes_none(self):
        """Whoever has the envelope's password can open, yet hands out nothing further."""
        self.create()
        custodian = "k7vd-ws2x-9qpn-hj4m-tzae-83cf"
        self.json("password", "add-custodian", "--custodian-file", self.secret(custodian, "custodian"))
        self.refuse(3, "shares", "print", *self.papers(), password=custodian)

    def test_holders_of_a_company(self):
        self.create(profile="enterprise")
        self.print_shares()
        self.assertEqual(self.json("shares", "status")["holders"], ["咨询师", "人力资源负责人", "密封信封"])

    def test_weak_password(self):
        self.create()
        shares = self.print_shares()
        self.refuse(1, "recover", "--shares-fd", "0", "--new-password-file", self.secret("1234", "new"), stdin=f"{shares[0]}\n{shares[1]}\n",
                    password=None)
        self.json("info", password=PASSWORD)


if __name__ == "__main__":
    unittest.main()
