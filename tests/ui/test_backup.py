"""Backups in the window: the folder, one by itself, one by hand, the drill's slip, a stick that is out, a restore."""

import shutil
import time
import unittest

from harness import CLI, WindowTest, tearDownModule  # noqa: F401  (the runner calls tearDownModule)

PASSWORD = "trustno1 but me"


class Backups(WindowTest):
    def setUp(self):
        super().setUp()
        if not CLI.exists():
            self.skipTest("the command line is not built")
        self.vault = self.make_vault(password=PASSWORD)
        self.stick = self.home / "stick"
        self.stick.mkdir()

    def files(self, pattern="*.xqbackup"):
        return sorted(self.stick.glob(pattern))

    def opened(self, **options):
        app = self.start("--vault", self.vault, **options)
        self.unlock(app, PASSWORD)
        return app

    def settings(self, app):
        app.until(lambda: next((row for row in app.find("list", "Pages").children() if row.name.startswith("Settings")), None),
                  "the page Settings").click()
        app.wait("list", "Backups")

    def choose_folder(self, app):
        self.settings(app)
        app.answer_file(self.stick)
        app.click("button", "Choose…", within=app.find("list", "Backups"))

    def test_chosen_folder_gets_todays_backup(self):
        app = self.opened()
        app.wait("label", lambda name: name.startswith("No backups are made"))
        self.choose_folder(app)
        app.wait("label", "Today’s backup was made and verified.")
        app.until(lambda: len(self.files()) == 1, "the file")
        self.assertEqual(self.files("*.part"), [])
        app.wait("label", lambda name: name.startswith("today · "))
        app.wait("label", lambda name: name.startswith("1 in the folder"))
        app.screenshot("backups")
        self.assertQuiet(app)

    def test_missed_days_are_made_up(self):
        app = self.opened()
        self.choose_folder(app)
        app.until(lambda: len(self.files()) == 1, "the first backup")
        app.stop()
        later = self.opened(now="2026-11-27T08:00:00")
        later.wait("label", "Today’s backup was made and verified.")
        self.assertEqual(len(self.files()), 2)
        later.stop()
        again = self.opened(now="2026-11-27T09:00:00")
        time.sleep(2)
        self.assertEqual(len(self.files()), 2, "one a day is enough")
        self.assertQuiet(again)

    def test_by_hand_and_drill(self):
        app = self.opened()
        self.choose_folder(app)
        app.until(lambda: len(self.files()) == 1, "the first backup")
        app.until(lambda: app.find("button", "Back Up Now").sensitive, "the button")
        app.click("button", "Back Up Now")
        app.wait("label", "The backup was made and verified.")
        app.until(lambda: app.find("button", "Try It Out").sensitive, "the drill")
        app.click("button", "Try It Out")
        app.wait("label", "Backup valid")
        time.sleep(1)
        app.screenshot("backup-slip")
        slip = self.home / "slip.pdf"
        app.answer_file(slip)
        app.click("button", "Save as PDF…")
        app.until(slip.exists, "the slip")
        self.assertEqual(slip.read_bytes()[:5], b"%PDF-")
        app.key("Escape")
        app.wait("label", lambda name: name.startswith("Last: today. Next on"))
        self.assertEqual([path.name for path in self.vault.iterdir() if path.name.startswith("drill")], [])
        self.assertQuiet(app)

    def test_stick_is_out(self):
        app = self.opened()
        self.choose_folder(app)
        app.wait("label", lambda name: name.startswith("today · "))
        app.stop()
        away = self.home / "away"
        self.stick.rename(away)
        later = self.opened(now="2026-11-28T08:00:00")
        later.wait("label", lambda name: name.startswith("The folder for backups is not there") and "5 days ago" in name)
        later.screenshot("backup-missing")
        self.settings(later)
        later.wait("label", lambda name: "not there now" in name)
        self.assertFalse(later.find("button", "Back Up Now").sensitive)
        self.assertFalse(self.stick.exists(), "nothing is made where the stick should be")
        self.assertQuiet(later)

    def test_restore_from_settings_keeps_the_old_one(self):
        app = self.opened()
        self.choose_folder(app)
        app.until(lambda: len(self.files()) == 1, "the first backup")
        app.wait("label", lambda name: name.startswith("1 in the folder"))
        app.click("button", "Restore…")
        app.click("button", "Lock and Go On")
        app.wait_gone("list", "Pages")
        self.restore(app)
        app.wait("list", "Pages")
        kept = [path for path in self.home.iterdir() if path.name.startswith("vault-before-restore-")]
        self.assertEqual(len(kept), 1)
        self.assertTrue((kept[0] / "vault.db").exists())
        self.assertQuiet(app)

    def restore(self, app):
        app.answer_file(self.files()[0])
        app.click("button", "Choose…")
        app.wait("label", lambda name: name.startswith("Made "))
        self.assertFalse(app.has("label", "江城市第三中学"), "a name is shown before the password")
        app.find("password text", "Password").set_text("not this one")
        app.click("button", "Open the Backup")
        app.wait("alert", lambda name: name.startswith("The password is not right"))
        app.find("password text", "Password").set_text(PASSWORD)
        app.click("button", "Open the Backup")
        app.wait("label", "江城市第三中学")
        app.screenshot("restore")
        app.click("button", "Restore and Open")

    def test_restore_on_a_new_computer(self):
        app = self.opened()
        self.choose_folder(app)
        app.until(lambda: len(self.files()) == 1, "the first backup")
        app.stop()
        shutil.rmtree(self.vault)
        fresh = self.start("--vault", self.vault)
        fresh.click("button", "Restore a Backup…")
        self.restore(fresh)
        fresh.wait("list", "Pages")
        fresh.wait("label", "江城市第三中学")
        self.assertTrue((self.vault / "vault.db").exists())
        self.assertQuiet(fresh)

    def test_no_backup_at_all_is_refused(self):
        self.vault = self.home / "none"
        junk = self.stick / "junk.xqbackup"
        junk.write_text("not a backup", encoding="utf-8")
        app = self.start("--vault", self.vault)
        app.click("button", "Restore a Backup…")
        app.answer_file(junk)
        app.click("button", "Choose…")
        app.wait("alert", lambda name: "is no backup of Xinqiao" in name)
        self.assertQuiet(app)


if __name__ == "__main__":
    unittest.main()
