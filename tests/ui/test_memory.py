"""After lock, nothing of what was seen is left in the program's memory: looked for from outside, in all of it."""

import json
import os
import subprocess
import time
import unittest

import harness
import memory

PASSWORD = "a password found nowhere else"
ORGANISATION = "云麓县霞蔚初级中学"
SURNAMES = "褚卫蒋沈韩杨朱秦尤许何吕施张"
PEOPLE = [f"{surname}{given}" for surname, given in zip(SURNAMES, (
    "琬珺", "珞琪", "霁旸", "岫昉", "翊旻", "昀菡", "沅骁", "珩彧", "缦婳", "铄祯", "姝懿", "芃骞", "蓁晏", "偲湉"))]
ROSTER_HEAD = "学号,姓名,性别,出生年月,班级,监护人,电话,家庭住址"
CONCERN = "课间总是一个人对着水房的镜子自语"
FINDING = "手腕内侧的旧痕她说是猫抓的"
REMARK = "带上那本蓝封面的素描册"
SCREENING = "霞蔚秋岚心晴普查"
CLASS = "七年级(1)班"
NOTE = "她说夜里听见风铃就想起搬家那天"
SEARCH = "偲湉湉湉"
NUMBER = "XQ86420975"
GUARDIAN = "诸葛澍霖"
PHONE = "13977551864"
# Rows of a table, a title, what was typed into searches and forms, a chart's label, a dialog.
CANARIES = (*PEOPLE, NUMBER, GUARDIAN, PHONE, ORGANISATION, SCREENING, CLASS, SEARCH, CONCERN, FINDING, REMARK, NOTE)


class Memory(harness.WindowTest):
    def setUp(self):
        super().setUp()
        self.vault = self.home / "vault"
        self.secret = self.home / "password"
        self.secret.write_text(PASSWORD + "\n", encoding="utf-8")
        made = self.cli("create", "--profile", "school", "--name", ORGANISATION)
        self.key = memory.key_of(made["recovery_code"])
        roster = self.home / "roster.csv"
        rows = [f"{NUMBER if number == 0 else 20260000 + number},{name},女,2013-05-{number + 1:02},初一(1)班,{GUARDIAN},{PHONE},"
                for number, name in enumerate(PEOPLE)]
        roster.write_text("\n".join([ROSTER_HEAD, *rows]), encoding="utf-8-sig")
        self.cli("import", "roster", roster)
        self.cli("campaign", "new", SCREENING, "--instrument", "phq9")

    def cli(self, *arguments):
        done = subprocess.run([str(harness.CLI), "--vault", str(self.vault), "--password-file", str(self.secret), "--json",
                               *map(str, arguments)], check=True, capture_output=True, text=True,
                              env={**os.environ, "XINQIAO_KDF": "minimum", "XINQIAO_NOW": "2026-11-23T09:00:00"})
        return json.loads(done.stdout)

    def assertSeen(self, app, text):
        """The scan finds what is there: without this, finding nothing later would mean nothing."""
        self.assertTrue(memory.find(app.process.pid, {text: memory.spellings(text)})[text], f"{text} is on the screen, not in memory?")

    def show_all(self, app):
        """Brings every canary onto the screen, one after the other; the last stays open."""
        app.key("ctrl+2")
        app.until(lambda: any(PEOPLE[0] in widget.name for widget in app.find_all()), "the list of people")
        app.key("ctrl+k")
        app.type("chuwan")
        app.find("list item", lambda name: PEOPLE[0] in name, within=app.find("list", "Results"))
        app.key("Return")
        app.wait("label", lambda name: GUARDIAN in name)
        app.key("ctrl+k")
        app.find("entry", "Search people and actions").set_text(SEARCH)
        app.wait("label", "Nothing found")
        self.assertSeen(app, SEARCH)
        app.key("Escape")

        app.click("button", "Report a concern")
        app.find("text", "What was seen or said").set_text(CONCERN)
        app.click("button", "Save")
        app.until(lambda: any(CONCERN in widget.name for widget in app.find_all()), "the warning")
        app.find("text", "What was found in the interview").set_text(FINDING)
        self.assertSeen(app, FINDING)
        app.key("ctrl+3")
        app.until(lambda: any(SCREENING in widget.name for widget in app.find_all()), "the screening")
        app.until(lambda: any(CLASS in widget.name for widget in app.find_all("image") + app.find_all()), "the chart")

        app.key("ctrl+2")
        app.key("alt+Left")
        app.wait("label", lambda name: GUARDIAN in name)
        app.click("button", "Appointment")
        app.find("text", "Remark").set_text(REMARK)
        app.click("button", "Save")
        app.wait_gone("button", "Save")
        app.click("button", "Write a note")
        app.find("text", "Note").set_text(NOTE)
        time.sleep(0.5)

    def test_nothing_is_left(self):
        wanted = {text: memory.spellings(text) for text in CANARIES}
        app = self.start("--vault", self.vault)
        self.unlock(app, PASSWORD)
        self.show_all(app)
        before = memory.find(app.process.pid, {**wanted, "the key": self.key})
        gone = {label for label, places in before.items() if not places}
        self.assertLessEqual(gone, {SEARCH, FINDING}, "only what is no longer shown may be gone before the lock")
        app.key("ctrl+l")
        app.wait("password text", "Password")
        time.sleep(1)  # until the last worker has let go
        after = memory.find(app.process.pid, {**wanted, "the key": self.key, "the password": memory.spellings(PASSWORD)})
        self.assertEqual({label: places for label, places in after.items() if places}, {})
        self.assertQuiet(app)


if __name__ == "__main__":
    harness.Stage.begin()
    unittest.main()
