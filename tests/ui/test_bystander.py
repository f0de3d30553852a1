"""Somebody stands by: one key blanks, another masks every name, on every page, until the password is given."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

import harness

PASSWORD = "demo"
STUDENTS = 60


class Bystander(harness.WindowTest):
    """One demo school for all tests; each gets a copy."""

    @classmethod
    def setUpClass(cls):
        if not harness.CLI.exists():
            raise unittest.SkipTest("the command line is not built")
        cls.school = pathlib.Path(tempfile.mkdtemp(prefix="xinqiao-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.school, ignore_errors=True)
        cls.environment = {**os.environ, "XINQIAO_KDF": "minimum", "XINQIAO_NOW": "2026-11-23T09:00:00"}
        (cls.school / "password").write_text(PASSWORD + "\n", encoding="utf-8")
        subprocess.run([str(harness.CLI), "demo", str(cls.school / "vault"), "--students", str(STUDENTS), "--seed", "1"], check=True,
                       capture_output=True, env=cls.environment)
        cls.people = cls.cli("people", "list")
        cls.cli("referrals", "new", cls.people[0]["code"], "--institution", "1", "--lane", "routine", "--reason", "听见没有人说话的声音")
        cls.names = {one["name"] for one in cls.people}
        cls.write_names(cls.people[1], cls.people[2]["name"])
        for one in cls.people:
            cls.names |= {contact["name"] for contact in cls.cli("people", "show", one["id"])["contacts"]}

    @classmethod
    def write_names(cls, one, other):
        """What a counsellor writes: somebody's name in the middle of a reason, a title, a remark."""
        cls.cli("warnings", "report", one["code"], "--source", "teacher", "--level", "1", "--text", f"和{other}打架以后不肯回教室")
        cls.cli("calendar", "new", "--at", "2026-11-23T15:00", "--title", f"与{other}的班主任谈话", "--place", f"{other}家")
        cls.cli("referrals", "new", one["code"], "--institution", "2", "--lane", "routine", "--reason", f"和{other}打架")
        cls.cli("disclosures", "add", f"{other}的近况", "--person", one["code"], "--recipient", f"{other}的母亲", "--ground", "consent")

    @classmethod
    def cli(cls, *arguments):
        done = subprocess.run([str(harness.CLI), "--vault", str(cls.school / "vault"), "--password-file", str(cls.school / "password"),
                               "--json", *map(str, arguments)], check=True, capture_output=True, text=True, env=cls.environment)
        return json.loads(done.stdout)

    def setUp(self):
        super().setUp()
        vault = self.home / "vault"
        shutil.copytree(self.school / "vault", vault)
        self.app = self.start("--vault", vault, size=(1500, 950))
        self.unlock(self.app, PASSWORD)

    # -- looking

    def words(self):
        """Everything that a screen reader could say, hidden or not."""
        found = []
        for widget in self.app.root().walk():
            try:
                found += [widget.name, widget.node.get_description() or ""]
                if widget.role in ("text", "entry", "label"):
                    found.append(widget.text)
            except Exception:  # gone meanwhile
                pass
        return found

    def named(self):
        return sorted({f"{name}: {text[:80]}" for text in self.words() for name in self.names if name in text})

    def assertMasked(self, where):
        time.sleep(0.5)
        self.assertEqual(self.named(), [], f"named on {where}")

    def mask(self):
        self.app.key("ctrl+shift+h")
        self.app.until(self.masked, "the masks")

    def masked(self):
        """As its switch says: a toast may be gone before it is looked for."""
        switch = self.app.find("toggle button", "Mask names")
        return switch.has("PRESSED") or switch.has("CHECKED")

    def go(self, number):
        self.app.key(f"ctrl+{number}")
        time.sleep(0.7)

    def open_person(self, one):
        self.app.key("ctrl+k")
        self.app.type(one["code"])
        rows = self.app.until(lambda: self.app.find_all("list item", within=self.app.find("list", "Results")), "somebody found")
        self.assertMasked("the results of a search")
        self.app.key("Return")
        self.app.wait("button", "Write a note")
        return rows

    # -- masks

    def test_places_and_views(self):
        app = self.app
        self.go(2)
        self.assertTrue(self.named(), "names are seen at first")
        app.find("entry", "Search people").set_text(self.people[0]["name"])
        app.find("entry", "Search people and actions").set_text(self.people[1]["name"])
        self.mask()
        for number, place in enumerate((row.name for row in app.find("list", "Pages").children()), 1):
            self.go(number)
            self.assertMasked(place)
            app.screenshot(f"masked-{number}")
            for tab in ("Results", "Week", "Agenda", "Institutions"):
                if app.find_all("page tab", tab):
                    app.click("page tab", tab)
                    self.assertMasked(f"{place}, {tab}")

    def test_files(self):
        app = self.app
        self.mask()
        warned = next(one for one in self.people if one["level"] is not None)
        self.open_person(warned)
        self.assertMasked("the file")
        for button in app.find_all("toggle button"):
            if button.name.startswith("Show"):
                button.act()
        app.screenshot("masked-person")
        for tab in ("Assessments", "Contacts and consents", "Overview"):
            app.click("page tab", tab)
            self.assertMasked(f"the file, {tab}")
        for button, title in (("Write a note", "Session note"), ("Appointment", "New appointment"), ("Report a concern", "Report a concern"),
                              ("Enter a sheet", "Enter a sheet"), ("Refer…", "New referral")):
            app.click("button", button)
            app.wait("dialog", title)
            self.assertMasked(title)
            app.key("Escape")
            app.wait_gone("dialog", title)
        app.click("button", "Change the cover")
        app.wait("dialog", "Show Names")
        self.assertMasked("the question for the password")

    def test_boards_and_papers(self):
        app = self.app
        self.mask()
        for number, button in ((4, "warning"), (6, "referral")):
            self.go(number)
            first = app.until(lambda: next((row for row in app.find_all("table row") + app.find_all("list item") + app.find_all("button")
                                            if "＊" in row.name), None), f"a {button}")
            first.act()
            time.sleep(1)
            self.assertMasked(f"a {button}")
            app.screenshot(f"masked-{button}")
        app.click("page tab", "Letter")
        app.wait("label", "Names are masked: the letter is not shown.")
        app.screenshot("masked-letter")

    def test_only_the_password_shows_them_again(self):
        app = self.app
        self.go(2)
        self.mask()
        app.key("ctrl+shift+h")
        app.find("password text", "Password").set_text("not this one")
        app.click("button", "Show")
        app.wait("label", lambda name: name.startswith("The password is not right"))
        app.screenshot("unmask")
        self.assertMasked("a wrong password")
        app.key("Escape")
        app.wait_gone("dialog", "Show Names")
        self.assertMasked("giving up")
        app.click("toggle button", "Mask names")
        app.find("password text", "Password").set_text(PASSWORD)
        app.click("button", "Show")
        app.until(lambda: not self.masked(), "the end of the masks")
        app.until(self.named, "names")
        self.assertQuiet(app)

    def test_masking_closes_what_cannot_be_masked(self):
        app = self.app
        self.open_file_unmasked()
        app.click("button", "Change the cover")
        app.wait("dialog", "Cover of the file")
        app.find("text", "Remark").set_text("坐第三排")
        self.mask()
        app.wait_gone("dialog", "Cover of the file")
        self.assertMasked("a form that was open")

    def test_a_draft_waits_for_the_password(self):
        app = self.app
        self.open_file_unmasked()
        app.click("button", "Write a note")
        note = f"她和{self.people[3]['name']}谈过了"
        app.find("text", "Note").set_text(note)
        app.key("Escape")
        app.wait_gone("dialog", "Session note")
        self.mask()
        app.click("button", "Write a note")
        app.wait("dialog", "Session note")
        app.wait("label", lambda name: name.startswith("A draft is kept here"))
        self.assertMasked("a form with a draft")
        app.type("x")
        self.assertEqual(app.find("text", "Note").text, "", "there is nothing to write over")
        app.screenshot("masked-draft")
        app.click("button", "Show", within=app.find("dialog", "Session note"))
        question = app.find("dialog", "Show Names")
        question.find("password text", "Password").set_text(PASSWORD)
        app.click("button", "Show", within=question)
        app.until(lambda: app.find("text", "Note").text == note, "the note as it was")
        self.assertQuiet(app)

    def open_file_unmasked(self):
        self.app.key("ctrl+k")
        self.app.type(self.people[0]["code"])
        self.app.until(lambda: self.app.find_all("list item", within=self.app.find("list", "Results")), "somebody found")
        self.app.key("Return")
        self.app.wait("button", "Change the cover")

    # -- blank

    def test_blank(self):
        app = self.app
        self.open_file_unmasked()
        app.click("button", "Write a note")
        app.find("text", "Note").set_text("她说夜里听见风铃")
        app.find("text", "Note").click()
        app.key("F9")
        app.wait("label", "Paused")
        time.sleep(0.5)
        app.screenshot("blank")
        self.assertEqual(self.named(), [])
        self.assertFalse([text for text in self.words() if "风铃" in text or "Session note" in text or "Today" in text])
        app.key("ctrl+k")
        app.key("a")
        app.wait("label", "F9 goes on, Ctrl+L locks.")
        self.assertFalse(app.has("list", "Pages"))
        app.key("F9")
        app.wait_gone("label", "Paused")
        app.until(lambda: app.find("text", "Note").text == "她说夜里听见风铃", "the note as it was")
        app.type("x")
        app.until(lambda: "x" in app.find("text", "Note").text, "the keyboard where it was")
        app.screenshot("blank-over")
        self.assertQuiet(app)

    def test_blank_then_lock(self):
        app = self.app
        app.key("F9")
        app.wait("label", "Paused")
        app.key("ctrl+l")
        app.wait("password text", "Password")
        self.assertFalse(app.has("label", "Paused"))
        self.unlock(app, PASSWORD)
        self.assertQuiet(app)


if __name__ == "__main__":
    harness.Stage.begin()
    unittest.main()
