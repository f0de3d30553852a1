"""Nothing that was typed is lost: after a crash, a lock, a closed dialog it is there again; saved or thrown away, it is gone."""

import json
import os
import signal
import subprocess
import time
import unittest

import harness

PASSWORD = "trustno1 but me"
NAMES = ("褚琬珺", "卫珞琪")
NOTE = "她说夜里听见风铃就想起搬家那天"
WITHIN = 3  # seconds after the last key: two as promised, and one for a busy machine


class Drafts(harness.WindowTest):
    def setUp(self):
        super().setUp()
        self.vault = self.make_vault(password=PASSWORD)
        roster = self.home / "roster.csv"
        rows = [f"{20260001 + number},{name},女,2013-05-{number + 1:02},初一(1)班" for number, name in enumerate(NAMES)]
        roster.write_text("\n".join(["学号,姓名,性别,出生年月,班级", *rows]), encoding="utf-8-sig")
        self.cli("import", "roster", roster)

    def cli(self, *arguments):
        done = subprocess.run([str(harness.CLI), "--vault", str(self.vault), "--password-file", str(self.home / "password"), "--json",
                               *map(str, arguments)], check=True, capture_output=True, text=True,
                              env={**os.environ, "XINQIAO_KDF": "minimum", "XINQIAO_NOW": "2026-11-23T09:00:00"})
        return json.loads(done.stdout)

    def opened(self, **options):
        app = self.start("--vault", self.vault, **options)
        self.unlock(app, PASSWORD)
        return app

    def crash(self, app):
        """As a power cut: no chance to write anything more."""
        app.process.send_signal(signal.SIGKILL)
        app.process.wait()

    def drafts(self, app):
        """How many there are, asked of the vault once the window is gone."""
        app.stop()
        return self.cli("info")["rows"]["draft"]

    def find_person(self, app, pinyin, name):
        app.key("ctrl+k")
        app.type(pinyin)
        app.find("list item", lambda text: name in text, within=app.find("list", "Results"))
        app.key("Return")
        app.wait_gone("list", "Results")
        app.wait("label", name)  # the page before had that button, too
        app.wait("button", "Write a note")

    def write_note(self, app):
        self.find_person(app, "chuwan", NAMES[0])
        app.click("button", "Write a note")
        app.find("text", "Note").set_text(NOTE)

    def restore(self, app):
        app.click("button", "Show…")
        app.screenshot("drafts")
        app.click("button", "Restore")

    def test_note_survives_a_crash(self):
        app = self.opened()
        self.write_note(app)
        time.sleep(WITHIN)
        self.crash(app)

        app = self.opened(now="2026-11-23T09:41:00")
        app.wait("label", "“Session note” was not saved last time; what was typed is kept, as of 9:00.")
        app.screenshot("drafts-banner")
        self.restore(app)
        app.wait("label", "What was not saved last time is here again, kept at 9:00.")
        app.until(lambda: app.find("text", "Note").text == NOTE, "what was typed")
        app.screenshot("drafts-note")
        app.click("button", "Sign")
        app.wait_gone("text", "Note")
        app.wait_gone("label", lambda name: name.startswith("“Session note”"))
        self.assertQuiet(app)
        self.assertEqual(self.drafts(app), 0, "saved, and kept as a draft all the same")

    def test_lock_loses_no_key(self):
        app = self.opened()
        self.write_note(app)
        app.key("ctrl+l")  # at once
        self.unlock(app, PASSWORD)
        self.restore(app)
        app.until(lambda: app.find("text", "Note").text == NOTE, "what was typed")
        app.click("button", "Discard")
        app.until(lambda: app.find("text", "Note").text == "", "an empty note")
        app.wait_gone("label", lambda name: name.startswith("What was not saved last time"))
        app.key("Escape")
        self.assertQuiet(app)
        self.assertEqual(self.drafts(app), 0)

    def test_closing_loses_nothing(self):
        app = self.opened()
        self.write_note(app)
        app.key("Escape")
        app.wait_gone("text", "Note")
        self.find_person(app, "weiluo", NAMES[1])
        app.click("button", "Write a note")
        self.assertEqual(app.find("text", "Note").text, "", "that is another person's")
        app.key("Escape")
        app.wait_gone("text", "Note")
        self.find_person(app, "chuwan", NAMES[0])
        app.click("button", "Write a note")
        app.until(lambda: app.find("text", "Note").text == NOTE, "what was typed")
        app.find("text", "Note").set_text("")
        time.sleep(WITHIN)
        self.assertEqual(self.drafts(app), 0, "what was deleted by hand is no draft")

    def test_cancelled_is_kept_and_said(self):
        app = self.opened()
        app.key("ctrl+4")
        for close in (lambda: app.click("button", "Cancel"), lambda: app.key("Escape")):
            app.key("ctrl+n")
            app.find("text", "What was seen or said").set_text("课间总是一个人")
            close()
            app.wait("label", "Not saved, kept as a draft")
            app.wait_gone("dialog", "Report a concern")
        app.key("ctrl+n")
        app.wait("label", lambda name: name.startswith("What was not saved last time is here again"))
        self.assertEqual(app.find("text", "What was seen or said").text, "课间总是一个人")
        app.click("button", "Discard")
        app.wait_gone("label", lambda name: name.startswith("What was not saved last time"))
        app.key("Escape")
        app.wait_gone("dialog", "Report a concern")
        self.assertQuiet(app)
        self.assertEqual(self.drafts(app), 0)

    def test_form_as_it_was_typed(self):
        app = self.opened()
        app.key("ctrl+2")
        app.key("ctrl+n")
        app.find("text", lambda name: name.startswith("Name")).set_text("蒋霁旸")
        app.find("text", "Birth date").set_text("后天再说")  # wrong, and kept as it is
        time.sleep(WITHIN)
        self.crash(app)

        app = self.opened()
        self.restore(app)
        app.until(lambda: app.find("text", lambda name: name.startswith("Name")).text == "蒋霁旸", "the name")
        self.assertEqual(app.find("text", "Birth date").text, "后天再说")
        app.find("text", "Birth date").set_text("20130501")
        app.click("button", "Save")
        app.wait("label", "蒋霁旸")
        self.assertQuiet(app)
        self.assertEqual(self.drafts(app), 0)

    def test_thrown_away_is_gone(self):
        """One rule for a plain form and for a dialog of its own: "Cancel" asks nothing, and the toast throws away."""
        app = self.opened()
        for page, field in ("ctrl+2", lambda name: name.startswith("Name")), ("ctrl+4", "What was seen or said"):
            app.key(page)
            app.key("ctrl+n")
            app.find("text", field).set_text("蒋霁旸")
            time.sleep(WITHIN)
            app.click("button", "Cancel")
            app.wait_gone("text", field)
            app.wait("label", "Not saved, kept as a draft")
            app.screenshot("drafts-cancelled")
            app.click("button", "Discard")
            app.wait_gone("label", "Not saved, kept as a draft")
            app.key("ctrl+n")
            app.until(lambda: app.find("text", field).text == "", "an empty form")
            app.key("Escape")
            app.wait_gone("text", field)
        self.assertQuiet(app)
        self.assertEqual(self.drafts(app), 0)

    def test_closing_the_window_keeps_the_last_key(self):
        app = self.opened()
        self.write_note(app)
        self.assertEqual(self.drafts(app), 1)  # at once

    def test_discarded_from_the_list(self):
        app = self.opened()
        self.write_note(app)
        time.sleep(WITHIN)
        self.crash(app)
        app = self.opened()
        app.click("button", "Show…")
        app.click("button", "Discard")
        app.wait_gone("label", lambda name: name.startswith("“Session note”"))
        self.assertQuiet(app)
        self.assertEqual(self.drafts(app), 0)

    def test_triage(self):
        app = self.opened()
        self.find_person(app, "chuwan", NAMES[0])
        app.click("button", "Report a concern")
        app.find("text", "What was seen or said").set_text("课间总是一个人")
        app.click("button", "Save")
        app.find("text", "What was found in the interview").set_text("她说是猫抓的")
        app.key("alt+Left")  # out of sight, at once
        app.wait_gone("text", "What was found in the interview")
        app.wait("button", "Write a note")
        self.crash(app)

        app = self.opened()
        self.restore(app)
        app.until(lambda: app.find("text", "What was found in the interview").text == "她说是猫抓的", "what was typed")
        app.click("button", "Confirm the warning")
        app.wait_gone("button", "Confirm the warning")
        self.assertQuiet(app)
        self.assertEqual(self.drafts(app), 0)

    def classes(self, app):
        """Names of the switches for classes, and whether each is on."""
        found = {}
        for switch in app.find_all("check box", lambda name: "年级" in name):
            found[switch.name] = found.get(switch.name, False) or switch.has("CHECKED")
        return found

    def test_classes_of_a_screening(self):
        app = self.opened()
        app.key("ctrl+3")
        app.key("ctrl+n")
        app.find("text", "Name of the screening").set_text("2026秋季普测")
        app.find("list item", "Only these classes or departments").click()
        app.until(lambda: len(self.classes(app)) > 1, "the classes")
        self.assertFalse(any(self.classes(app).values()))
        chosen = next(name for name in self.classes(app) if "班" in name)
        app.find("check box", chosen).click()
        app.until(lambda: self.classes(app)[chosen], "the class that was switched on")
        expected = self.classes(app)
        time.sleep(WITHIN)
        self.crash(app)

        app = self.opened()
        self.restore(app)
        app.until(lambda: self.classes(app) == expected, "the class switched on, and no other")
        app.screenshot("drafts-classes")
        self.assertEqual(app.find("text", "Name of the screening").text, "2026秋季普测")
        app.click("button", "Discard")
        app.until(lambda: not any(self.classes(app).values()), "no class switched on")
        app.key("Escape")
        app.wait_gone("text", "Name of the screening")
        self.assertQuiet(app)
        self.assertEqual(self.drafts(app), 0)

    def test_sheet(self):
        app = self.opened()
        self.find_person(app, "chuwan", NAMES[0])
        app.click("button", "Enter a sheet")
        app.click("button", "Begin")
        app.wait("label", "Item 1 of 10")
        app.type("0123")
        app.wait("label", "Item 5 of 10")
        time.sleep(WITHIN)
        self.crash(app)

        app = self.opened()
        self.restore(app)
        app.wait("label", "Item 5 of 10")
        app.wait("label", "0123")
        app.type("000000")
        app.click("button", "Save")
        app.wait("label", "Saved. A screening result is not a diagnosis.")
        self.assertQuiet(app)
        self.assertEqual(self.drafts(app), 0)


if __name__ == "__main__":
    harness.Stage.begin()
    unittest.main()
