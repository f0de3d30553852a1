"""The way in and out: first run, wrong password, lock and unlock, recovery, the sidebar by keyboard, search, masks."""

import re
import subprocess
import time
import unittest

from harness import CLI, Stage, WindowTest, tearDownModule  # noqa: F401  (the runner calls tearDownModule)

PASSWORD = "trustno1 but me"


class FirstRun(WindowTest):
    def fill_in(self, app, name="江城市第三中学"):
        app.find("text", "Name of the school or company").set_text(name)
        app.click("button", "Continue")
        app.find("password text", "Password").set_text(PASSWORD)
        app.find("password text", "The password once more").set_text(PASSWORD)
        app.click("button", "Make the Vault")
        app.wait("button", "I Have It on Paper")
        return dict(cell.name.split() for cell in app.find_all("table cell"))

    def confirm(self, app, groups):
        app.click("button", "I Have It on Paper")
        rows = app.until(lambda: len(found := app.find_all("text", lambda name: name.startswith("Group"))) == 2 and found,
                         "the two groups to type")
        for row in rows:
            row.set_text(groups[re.search(r"\d+", row.name)[0]].lower())
        app.click("button", "Continue")

    def test_new_vault(self):
        app = self.start("--vault", self.home / "vault")
        app.wait("label", "Welcome to Xinqiao")
        app.screenshot("first-run")
        groups = self.fill_in(app)
        self.assertEqual(len(groups), 14)

        sheet = self.home / "sheet.pdf"
        app.answer_file(sheet)
        app.click("button", "Save as PDF…")
        app.wait("label", lambda name: name.startswith("Saved."))
        text = subprocess.run(["pdftotext", str(sheet), "-"], capture_output=True, text=True, check=True).stdout
        for group in groups.values():
            self.assertIn(group, text)
        self.assertEqual(sheet.stat().st_mode & 0o077, 0, "others may read the recovery sheet")
        app.screenshot("recovery-sheet")

        self.confirm(app, groups)
        app.click("button", "Start Empty")
        app.wait("list", "Pages")
        app.wait("label", "江城市第三中学")
        self.assertQuiet(app)

        # The code on the sheet is the vault's key.
        app.stop()
        code = "-".join(groups[str(number)] for number in range(1, 15))
        again = self.start("--vault", self.home / "vault")
        again.click("button", "Forgot Password…")
        again.wait_gone("button", "Forgot Password…")
        again.find("text", "Recovery code").set_text(code.lower().replace("-", " "))
        again.find("password text", "New password").set_text("another three words")
        again.find("password text", "The new password once more").set_text("another three words")
        again.click("button", "Set the New Password and Open")
        again.wait("list", "Pages")
        self.assertQuiet(again)

    def test_wrong_group_is_refused(self):
        app = self.start("--vault", self.home / "vault")
        groups = self.fill_in(app)
        self.confirm(app, {number: "AAAA" for number in groups})
        app.wait("alert", "Both groups differ from the code. Read them again.")
        self.assertFalse(app.has("button", "Start Empty"))

    def test_weak_password_is_not_taken(self):
        app = self.start("--vault", self.home / "vault")
        app.find("text", "Name of the school or company").set_text("江城市第三中学")
        app.click("button", "Continue")
        first = app.find("password text", "Password")
        second = app.find("password text", "The password once more")
        for password, again in (("12345678", "12345678"), (PASSWORD, PASSWORD[:-1])):
            first.set_text(password)
            second.set_text(again)
            time.sleep(0.3)
            self.assertFalse(app.find("button", "Make the Vault").sensitive, password)
        app.wait("label", "The two are not the same.")
        second.set_text(PASSWORD)
        app.until(lambda: app.find("button", "Make the Vault").sensitive, "the button")

    def test_without_a_name_nothing_goes_on(self):
        app = self.start("--vault", self.home / "vault")
        app.find("text", "Name of the school or company").set_text("   ")
        time.sleep(0.3)
        self.assertFalse(app.find("button", "Continue").sensitive)


class Shell(WindowTest):
    def setUp(self):
        super().setUp()
        if not CLI.exists():
            self.skipTest("the command line is not built")
        self.vault = self.make_vault(password=PASSWORD)

    def opened(self, *arguments, **options):
        app = self.start("--vault", self.vault, *arguments, **options)
        self.unlock(app, PASSWORD)
        return app

    def places(self, app):
        return [row.name for row in app.find("list", "Pages").children()]

    def shown(self, app):
        return next((row.name for row in app.find("list", "Pages").children() if row.has("SELECTED")), None)

    def test_wrong_password(self):
        app = self.start("--vault", self.vault)
        app.find("password text", "Password").set_text("not this one")
        app.click("button", "Open")
        app.wait("alert", lambda name: name.startswith("The password is not right"))
        app.screenshot("wrong-password")
        self.assertEqual(app.find("password text", "Password").text, "", "the wrong password is still there")
        self.unlock(app, PASSWORD)
        self.assertQuiet(app)

    def test_wrong_passwords_make_it_wait(self):
        app = self.start("--vault", self.vault)
        for _ in range(3):
            app.find("password text", "Password").set_text("not this one")
            app.click("button", "Open")
            app.wait("alert", lambda name: name.startswith("The password is not right"))
        app.find("password text", "Password").set_text(PASSWORD)
        app.click("button", "Open")
        app.wait("label", lambda name: name.startswith("Waiting after wrong passwords"))
        app.wait("list", "Pages")
        self.assertQuiet(app)

    def test_lock_takes_everything_away(self):
        app = self.opened()
        app.key("ctrl+question")
        app.wait("label", "Keyboard Shortcuts")
        app.key("ctrl+l")
        app.wait("password text", "Password")
        self.assertFalse(app.has("list", "Pages"))
        self.assertNotIn("江城市第三中学", app.outline())
        self.assertNotIn("Keyboard Shortcuts", app.outline())
        # Nothing holds the vault any more: somebody else may open it.
        secret = self.home / "password"
        done = subprocess.run([str(CLI), "--vault", str(self.vault), "--password-file", str(secret), "info"], check=False,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.unlock(app, PASSWORD)
        self.assertQuiet(app)

    def test_pages_by_keyboard(self):
        app = self.opened()
        places = self.places(app)
        self.assertGreaterEqual(len(places), 5)
        for number, place in enumerate(places[:9], 1):
            app.key(f"ctrl+{number}")
            app.until(lambda: self.shown(app) == place, f"page {place}")
        app.key("ctrl+comma")
        app.until(lambda: self.shown(app) == "Settings", "the settings")
        self.assertQuiet(app)

    def test_settings_by_the_menu(self):
        app = self.opened()
        app.key("F10")
        # The toolkit gives the items no names: the third is the settings.
        item = app.until(lambda: app.find_all("menu item", within=app.find("menu", "Menu"))[2:3], "the menu")[0]
        self.assertTrue(item.sensitive)
        item.act()
        app.until(lambda: self.shown(app) == "Settings", "the settings")
        self.assertQuiet(app)

    def test_a_new_vault_says_what_belongs_here(self):
        app = self.opened("--page", "today")
        app.wait("label", lambda name: name.startswith("Nothing waits."))
        app.wait("label", "No appointments today.")
        self.assertQuiet(app)

    def stops(self, app, count):
        """Where Tab leads, one after the other."""
        names = []
        for _ in range(count):
            app.key("Tab")
            time.sleep(0.15)
            names.append(next((widget.name for widget in app.root().walk() if widget.has("FOCUSED")), None))
        return names

    def test_tab_passes_through_today(self):
        app = self.opened("--page", "today")
        app.wait("label", "No appointments today.")
        names = self.stops(app, 12)
        for tile in ("Warnings to triage", "Appointments today", "Referrals under way", "Screening"):
            self.assertTrue(any(name and name.startswith(tile) for name in names), f"{tile} is not among {names}")
        self.assertEqual(self.shown(app), "Today", "Tab has changed the page")

    def test_a_form_begins_at_its_first_field(self):
        app = self.opened("--page", "people")
        app.key("ctrl+n")
        name = app.find("text", lambda name: name.startswith("Name"), within=app.find("dialog"))
        app.until(lambda: name.has("FOCUSED"), "the keyboard to be in the name")
        self.assertQuiet(app)

    def test_page_is_named_on_the_command_line(self):
        app = self.opened("--page", "settings")
        app.until(lambda: self.shown(app) == "Settings", "the settings")

    def test_search_finds_pages(self):
        app = self.opened()
        app.key("ctrl+k")
        app.type("setti")
        app.wait("list item", "Settings", within=app.find("list", "Results"))
        app.screenshot("search")
        app.key("Return")
        app.until(lambda: self.shown(app) == "Settings", "the settings")
        app.key("ctrl+k")
        app.type("nowhere")
        app.wait("label", "Nothing found")
        app.key("Escape")
        app.wait_gone("label", "Nothing found")

    def test_second_start_raises_the_first(self):
        app = self.opened()
        second = subprocess.run([app.process.args[0], "--vault", str(self.vault)], env=app.environment, timeout=20, check=False)
        self.assertEqual(second.returncode, 0)
        self.assertIsNone(app.process.poll())
        self.assertTrue(app.has("list", "Pages"), "the first window is still open")

    def test_change_the_password(self):
        app = self.opened("--page", "settings")
        app.click("button", "Change the Password…")
        app.find("password text", "Present password").set_text("wrong")
        app.find("password text", "New password").set_text("a quite different one")
        app.find("password text", "The new password once more").set_text("a quite different one")
        app.click("button", "Change")
        app.wait("alert", lambda name: "not right" in name)
        app.find("password text", "Present password").set_text(PASSWORD)
        app.find("password text", "New password").set_text("a quite different one")
        app.find("password text", "The new password once more").set_text("a quite different one")
        app.click("button", "Change")
        app.wait_gone("password text", "Present password")
        app.key("ctrl+l")
        self.unlock(app, "a quite different one")
        self.assertQuiet(app)

    def test_check_and_verify(self):
        app = self.opened("--page", "settings")
        app.click("button", "Check")
        app.wait("label", lambda name: name.startswith("Sound:"))
        app.click("button", "Audit trail")
        app.until(lambda: self.shown(app) == "Audit", "the audit page")
        app.click("button", "Verify the trail")
        app.wait("label", lambda name: name.startswith("Unbroken:"))
        self.assertQuiet(app)

    def test_institution_by_form(self):
        app = self.opened("--page", "settings")
        app.click("button", "New Institution")
        app.click("button", "Save")
        app.wait("label", "This must not be empty.")
        app.find("text", lambda name: name.startswith("Name")).set_text("江城市精神卫生中心")
        app.find("text", "Agreement until").set_text("后天再说")
        app.click("button", "Save")
        app.until(lambda: any("后天再说" in label.name for label in app.find_all("label")), "what is wrong with the date")
        app.screenshot("form-error")
        app.find("text", "Agreement until").set_text("20270831")
        app.click("button", "Save")
        app.wait_gone("button", "Save")
        app.wait("list item", lambda name: name.startswith("江城市精神卫生中心"))
        app.click("button", "Delete “江城市精神卫生中心”")
        app.click("button", "Delete")
        app.wait_gone("list item", lambda name: name.startswith("江城市精神卫生中心"))
        self.assertQuiet(app)

    def test_chinese_words(self):
        app = self.start("--vault", self.vault, language="zh_CN")
        app.until(lambda: app.find_all("password text"), "the password")
        app.find("password text").set_text(PASSWORD)
        app.key("Return")
        app.until(lambda: any("江城市第三中学" == label.name for label in app.find_all("label")), "the shell")
        self.assertQuiet(app)


if __name__ == "__main__":
    Stage.begin()
    unittest.main()
