"""Warnings, triage, follow-ups, cases, the calendar and the green channel."""

import datetime
import subprocess
import unittest

from xinqiao import NOW, DemoTest

TODAY = NOW[:10]
PERSON = {"id", "code", "name"}


class Warnings(DemoTest):
    def new(self):
        found = self.json("warnings", "list", "--state", "new")
        self.assertTrue(found, "the demo leaves some for today")
        return found

    def test_list(self):
        rows = self.json("warnings", "list")
        self.assertTrue(rows)
        for row in rows:
            self.assertEqual(set(row), {"id", "person", "level", "state", "due", "reasons", "source"})
            self.assertEqual(set(row["person"]), PERSON)
            self.assertIn(row["level"], (1, 2, 3))
            self.assertTrue(row["reasons"])
            for reason in row["reasons"]:
                self.assertEqual(set(reason), {"rule", "text"})
                self.assertTrue(reason["text"])
        closed = [row["state"] in ("dismissed", "closed") for row in rows]
        self.assertEqual(closed, sorted(closed), "open ones first")
        self.assertTrue(any("第9题" in reason["text"] or "PHQ" in reason["text"] for row in rows for reason in row["reasons"]))
        self.assertTrue(all(row["level"] == 2 for row in self.json("warnings", "list", "--level", "2")))

    def test_confirm_makes_a_follow_up(self):
        one = self.new()[0]
        before = len(self.json("follow-ups", "list", "--person", one["person"]["id"]))
        done = self.json("warnings", "triage", one["id"], "--confirm", "--note", "约谈半小时")
        self.assertIn(done["state"], ("confirmed", "in_care"))
        self.assertEqual(done["triage"][-1]["outcome"], "confirmed")
        self.assertEqual(len(self.json("follow-ups", "list", "--person", one["person"]["id"])), before + 1)
        self.refuse(1, "warnings", "triage", one["id"], "--confirm")
        self.assertEqual(self.json("people", "show", one["person"]["id"])["level"], one["level"])

    def test_change(self):
        one = self.new()[0]
        level = 2 if one["level"] == 3 else 3
        self.refuse(1, "warnings", "triage", one["id"], "--change", level)
        done = self.json("warnings", "triage", one["id"], "--change", level, "--reason", "面谈后判断")
        self.assertEqual((done["level"], done["triage"][-1]["outcome"]), (level, "changed"))

    def test_confirm_at_another_level_is_a_change(self):
        one = self.new()[0]
        level = 2 if one["level"] == 3 else 3
        done = self.json("warnings", "triage", one["id"], "--confirm", "--level", level, "--reason", "面谈后判断")
        self.assertEqual((done["level"], done["triage"][-1]["outcome"]), (level, "changed"))

    def test_dismiss(self):
        fresh = next(row for row in self.new() if not self.json("warnings", "show", row["id"])["triage"])
        self.refuse(1, "warnings", "triage", fresh["id"], "--dismiss")
        done = self.json("warnings", "triage", fresh["id"], "--dismiss", "--reason", "填写时没有看清题意")
        self.assertEqual(done["state"], "dismissed")
        self.assertEqual(self.json("people", "show", fresh["person"]["id"])["level"], None)
        self.refuse(1, "warnings", "triage", "999999", "--confirm")

    def test_report(self):
        warned = {row["person"]["id"] for row in self.json("warnings", "list")}
        one = next(row for row in self.json("people", "list") if row["id"] not in warned)
        raised = self.json("warnings", "report", one["code"], "--source", "teacher", "--level", "2", "--text", "上课伏桌")
        self.assertEqual((raised["level"], raised["source"], raised["state"]), (2, "teacher", "new"))
        self.assertIn("上课伏桌", raised["reasons"][0]["text"])


class FollowUps(DemoTest):
    def test_list(self):
        rows = self.json("follow-ups", "list")
        for row in rows:
            self.assertEqual(set(row), {"id", "person", "due", "state", "cause"})
            self.assertIn(row["state"], ("due", "late", "done", "skipped"))
            self.assertEqual(row["state"] == "late", row["state"] in ("due", "late") and row["due"] < TODAY)
        self.assertEqual({"due", "done"} - {row["state"] for row in rows}, set())
        open_ones = [row for row in rows if row["state"] in ("due", "late")]
        self.assertEqual(rows[:len(open_ones)], open_ones, "open ones first")
        self.assertEqual([row["due"] for row in open_ones], sorted(row["due"] for row in open_ones), "the latest on top")
        self.assertEqual(self.json("follow-ups", "list", "--open"), open_ones)

    def test_done_plans_the_next(self):
        one = next(row for row in self.json("follow-ups", "list", "--open") if row["cause"] == "level")
        before = self.json("follow-ups", "list", "--open", "--person", one["person"]["id"])
        self.refuse(1, "follow-ups", "done", one["id"])
        self.assertEqual(self.json("follow-ups", "done", one["id"], "--note", "状态平稳")["state"], "done")
        after = self.json("follow-ups", "list", "--open", "--person", one["person"]["id"])
        self.assertEqual(len(after), len(before))
        self.assertNotIn(one["id"], [row["id"] for row in after])
        self.refuse(1, "follow-ups", "done", one["id"], "--note", "再一次")

    def test_postpone_and_skip(self):
        one, other = self.json("follow-ups", "list", "--open")[:2]
        self.refuse(2, "follow-ups", "postpone", one["id"], "--reason", "月考")
        self.refuse(1, "follow-ups", "postpone", one["id"], "--to", "2026-11-26")
        self.refuse(1, "follow-ups", "postpone", one["id"], "--to", "2026-11-01", "--reason", "月考")
        self.assertEqual(self.json("follow-ups", "postpone", one["id"], "--to", "2026-11-26", "--reason", "月考")["due"], "2026-11-26")
        self.assertEqual(self.json("follow-ups", "skip", other["id"], "--reason", "转学")["state"], "skipped")

    def test_cases(self):
        rows = self.json("cases", "list")
        self.assertTrue(rows)
        for row in rows:
            self.assertEqual(set(row["person"]), PERSON)
        self.assertTrue(all(row["closed"] is None for row in self.json("cases", "list", "--open")))


class Calendar(DemoTest):
    def test_list(self):
        rows = self.json("calendar", "list")
        self.assertTrue(rows)
        for row in rows:
            self.assertEqual(set(row), {"id", "source", "person", "kind", "title", "start", "end", "all_day", "place", "state"})
        self.assertEqual({"appointment", "follow_up"} - {row["source"] for row in rows}, set())
        self.assertTrue(any(row["start"].startswith(TODAY) and row["source"] == "appointment" for row in rows), "today is not empty")
        self.refuse(2, "calendar", "list", "--from", "2026-12-01", "--to", "2026-11-01")

    def test_new_says_clashes(self):
        one = self.json("people", "list")[0]
        first = self.json("calendar", "new", "--person", one["code"], "--at", "2026-12-05T14:30", "--minutes", "40", "--place", "心理辅导室")
        self.assertEqual((first["kind"], first["clashes"]), ("counselling", []))
        second = self.json("calendar", "new", "--kind", "training", "--at", "2026-12-05 15:00", "--title", "培训")
        self.assertEqual([clash["id"] for clash in second["clashes"]], [first["id"]])
        self.refuse(2, "calendar", "new", "--at", "tomorrow-ish")

    def test_ics_names_nobody(self):
        names = [row["person"]["name"] for row in self.json("calendar", "list") if row["person"] is not None]
        self.assertTrue(names)
        text = self.run_ok("calendar", "ics")
        self.assertTrue(text.startswith("BEGIN:VCALENDAR"))
        self.assertGreater(text.count("BEGIN:VEVENT"), 3)
        target = self.home / "out.ics"
        self.json("calendar", "ics", target)
        for written in (text, target.read_text(encoding="utf-8")):
            for name in names:
                self.assertNotIn(name, written)


class Referrals(DemoTest):
    def person(self):
        gone = {row["person"]["id"] for row in self.json("referrals", "list")}
        return next(row for row in self.json("people", "list") if row["id"] not in gone)

    def new(self, lane="routine", **options):
        institution = self.json("institutions", "list")[0]
        return self.json("referrals", "new", self.person()["code"], "--institution", institution["id"], "--lane", lane, "--reason",
                         "情绪持续低落，请协助评估", **options)

    def advance(self, one, *steps):
        for state in steps:
            moved = self.json("referrals", "advance", one["id"], state, "--note", f"到 {state}")
            self.assertEqual(moved["state"], state)
        return moved

    def test_shape(self):
        for row in self.json("referrals", "list"):
            self.assertEqual(set(row), {"id", "person", "institution", "lane", "state", "opened", "clock", "steps"})
            self.assertEqual(set(row["clock"]), {"step", "due", "late"})
            self.assertEqual(set(row["institution"]), {"id", "name"})
            self.assertEqual(row["steps"][0]["state"], "draft")
            self.assertEqual(row["steps"][-1]["state"], row["state"])
            for step in row["steps"]:
                self.assertEqual(set(step), {"state", "at", "note"})

    def test_there_and_back(self):
        one = self.new()
        self.assertEqual((one["state"], one["lane"]), ("draft", "routine"))
        moved = self.advance(one, "consent_asked", "consented", "sent", "accepted", "attended", "result_in", "closed")
        self.assertEqual([step["state"] for step in moved["steps"]],
                         ["draft", "consent_asked", "consented", "sent", "accepted", "attended", "result_in", "closed"])
        self.assertEqual(moved["steps"][3]["note"], "到 sent")

    def test_illegal_steps(self):
        one = self.new()
        for state in ("sent", "attended", "refused", "result_in"):
            self.refuse(1, "referrals", "advance", one["id"], state)
        self.assertEqual(self.json("referrals", "show", one["id"])["state"], "draft")
        self.refuse(2, "referrals", "advance", one["id"], "nowhere")
        self.refuse(1, "referrals", "advance", "999999", "sent")

    def test_refused_declined_missed(self):
        self.advance(self.new(), "consent_asked", "refused", "consent_asked", "consented", "sent", "declined", "sent", "accepted",
                     "missed", "accepted", "attended")

    def test_emergency_goes_on_without_waiting(self):
        one = self.new(lane="emergency")
        done = self.call("--json", "referrals", "advance", one["id"], "sent", password="demo")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotEqual(done.stderr, "", "it says that guardian and principal count as told now")
        self.assertEqual(self.json("referrals", "show", one["id"])["state"], "sent")

    def test_new_refuses(self):
        code = self.person()["code"]
        self.refuse(2, "referrals", "new", code, "--institution", "1")
        self.refuse(1, "referrals", "new", code, "--institution", "没有这家医院", "--reason", "评估")
        self.refuse(1, "referrals", "new", "nobody", "--institution", "1", "--reason", "评估")
        self.refuse(2, "referrals", "new", code, "--institution", "1", "--reason", "评估", "--lane", "fast")

    def test_institutions(self):
        added = self.json("institutions", "add", "江城市第二人民医院", "--kind", "general_hospital", "--hotline", "0700-5550100")
        self.assertEqual((added["kind"], added["hotline"]), ("general_hospital", "0700-5550100"))
        self.assertIn(added["id"], [one["id"] for one in self.json("institutions", "list")])
        self.refuse(1, "institutions", "add", "某医院", "--kind", "circus")

    def test_letter(self):
        one = self.new(lane="urgent")
        self.advance(one, "consent_asked", "consented")
        target = self.home / "letter.pdf"
        done = self.json("referrals", "letter", one["id"], "--pdf", target)
        self.assertEqual(done["file"], str(target))
        text = subprocess.run(["pdftotext", "-layout", str(target), "-"], capture_output=True, text=True, check=True).stdout
        self.assertIn(one["person"]["name"], text)
        self.assertIn("转介单", text.replace(" ", ""))
        self.assertIn("回执", text.replace(" ", ""))
        self.assertIn(done["slip_code"], text)
        self.assertEqual(self.json("audit", "list", "--limit", "1")[0]["action"], "letter_export")
        self.refuse(2, "referrals", "letter", one["id"])
        self.refuse(4, "referrals", "letter", one["id"], "--pdf", self.home / "no" / "such" / "folder.pdf")


class Days(unittest.TestCase):
    def test_the_fixed_day_is_a_monday(self):
        self.assertEqual(datetime.date.fromisoformat(TODAY).weekday(), 0)


if __name__ == "__main__":
    unittest.main()
