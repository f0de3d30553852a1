"""The demo: the same school for the same seed, and a believable one."""

import json
import unittest

from xinqiao import CliTest, DemoTest

REFERRAL_STATES = {"draft", "consent_asked", "consented", "refused", "sent", "accepted", "declined", "attended", "missed", "result_in",
                   "closed"}


class Same(CliTest):
    LISTS = (("people", "list"), ("warnings", "list"), ("follow-ups", "list"), ("referrals", "list"), ("cases", "list"),
             ("calendar", "list"), ("institutions", "list"), ("campaign", "list"))

    def everything(self, name, seed, env=None, **options):
        self.vault = self.home / name
        self.json("demo", self.vault, "--students", 150, "--seed", seed, "--terms", 2, vault=False, password=None, env=env, **options)
        told = {" ".join(words): self.json(*words, password="demo") for words in self.LISTS}
        report = self.json("report", "run", "bureau-term", password="demo")
        report.pop("audit_head")
        told["report"] = report
        told["rows"] = self.json("info", password="demo")["rows"]
        return json.dumps(told, ensure_ascii=False, sort_keys=True)

    def test_same_seed_same_school(self):
        first = self.everything("first", 5)
        self.assertEqual(first, self.everything("second", 5))
        self.assertNotEqual(first, self.everything("third", 6))

    def test_neither_the_hour_nor_the_language_matters(self):
        first = self.everything("first", 5)
        later = self.everything("second", 5, env={"XINQIAO_NOW": "2026-11-23T20:30:00", "LC_ALL": "en_US.UTF-8", "LANGUAGE": "en"})
        self.assertEqual(first, later)


class Believable(DemoTest):
    students = 300
    terms = 3

    def test_answer(self):
        self.assertEqual((self.made["people"], self.made["password"], self.made["seed"]), (self.students, "demo", self.seed))

    def test_sound(self):
        self.assertEqual(self.json("check"), {"cipher": "ok", "integrity": "ok", "foreign_keys": "ok", "audit": "ok", "dangling": 0})
        at = [row["at"] for row in self.json("audit", "list") if row["action"] not in ("unlock", "open")]
        self.assertEqual(at, sorted(at, reverse=True), "what happened later was written later")

    def test_every_state_of_a_referral(self):
        self.assertEqual({row["state"] for row in self.json("referrals", "list")}, REFERRAL_STATES)
        self.assertEqual({row["lane"] for row in self.json("referrals", "list")}, {"emergency", "urgent", "routine"})

    def test_screening(self):
        campaigns = self.json("campaign", "list")
        self.assertEqual(len(campaigns), self.terms + 1)
        self.assertEqual({one["state"] for one in campaigns}, {"open", "closed"})
        full = [one for one in campaigns if one["state"] == "closed"]
        for one in full:
            self.assertGreater(one["coverage"], 0.9, one["title"])
        warned = {row["person"]["id"] for row in self.json("warnings", "list")}
        self.assertLess(len(warned), self.students * 0.4)
        self.assertGreater(len(warned), self.students * 0.05)

    def test_something_is_left_for_today(self):
        self.assertTrue(self.json("warnings", "list", "--state", "new"))
        states = {row["state"] for row in self.json("follow-ups", "list")}
        self.assertEqual({"due", "late", "done"} - states, set())

    def test_rows(self):
        rows = self.json("info")["rows"]
        for table in ("contact", "person_tag", "session_note", "case_file", "appointment", "activity", "team_member", "consent",
                      "triage", "institution"):
            self.assertGreater(rows[table], 0, table)
        self.assertEqual(rows["person"], self.students)
        self.assertGreater(rows["membership"], self.students, "classes have moved up")

    def test_moving_up(self):
        one = next(row for row in self.json("people", "list") if row["unit"][1] == "九年级")
        history = self.json("people", "show", one["id"])["memberships"]
        self.assertEqual(len(history), 2)


class Others(CliTest):
    def test_profiles_and_sizes(self):
        for profile, students in (("college", 100), ("enterprise", 100), ("school", 1), ("school", 7)):
            with self.subTest(profile=profile, students=students):
                self.vault = self.home / f"{profile}{students}"
                made = self.demo(students=students, profile=profile, terms=1)
                self.assertEqual(made["people"], students)
                people = self.demo_json("people", "list")
                self.assertEqual({one["kind"] for one in people}, {"employee" if profile == "enterprise" else "student"})
                self.assertEqual(self.demo_json("check")["audit"], "ok")

    def test_any_day_of_the_year(self):
        """In a holiday, on a first day of term, on a Sunday, and beyond the calendar that is shipped."""
        for day in ("2026-02-14", "2026-09-01", "2026-11-22", "2027-07-20", "2029-04-10"):
            with self.subTest(day=day):
                self.now = f"{day}T09:00:00"
                self.vault = self.home / day
                self.assertEqual(self.demo(students=60, terms=2)["people"], 60)
                self.demo_json("report", "run", "bureau-term")

    def test_only_into_an_empty_folder(self):
        self.demo(students=5, terms=1)
        self.refuse(1, "demo", self.vault, vault=False, password=None, saying=[str(self.vault)])


if __name__ == "__main__":
    unittest.main()
