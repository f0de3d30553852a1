"""Boards, calendar, referrals and reports by the keyboard: one stop a board, dialogs that begin in their first field, a print that
is given up, an agenda that turns."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import harness


class Boards(harness.WindowTest):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="xinqiao-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        subprocess.run([str(harness.CLI), "demo", str(cls.folder / "demo"), "--students", "1000", "--seed", "1", "--terms", "1"],
                       check=True, capture_output=True,
                       env={**os.environ, "XINQIAO_KDF": "minimum", "XINQIAO_NOW": "2026-11-23T07:30:00", "TZ": "Asia/Shanghai",
                            "LC_ALL": "zh_CN.UTF-8"})

    def setUp(self):
        super().setUp()
        self.vault = self.home / "demo"
        shutil.copytree(self.folder / "demo", self.vault)

    def open_page(self, page):
        app = self.start("--vault", self.vault)
        self.unlock(app, "demo")
        self.go(app, page)
        return app

    def go(self, app, page):
        places = app.find_all("list item", within=app.find("list", "Pages"))
        number = next(index for index, place in enumerate(places, 1) if place.name.startswith(page))
        app.key(f"ctrl+{number}")
        app.wait_gone("button", "Back")
        app.until(lambda: self.focused(app), "something to have the keyboard")

    def focused(self, app):
        """The name of what has the keyboard, or None."""
        found = [widget for widget in app.find_all() if widget.has("FOCUSED")]
        return found[-1].name if found else None

    def wait_focus(self, app, name):
        return app.until(lambda: (focus := self.focused(app)) is not None and name(focus) and focus, "the keyboard to be there")

    def cards(self, app, column):
        """Names of the cards of the column that begins so, from top to bottom."""
        panel = app.find("grouping" if app.has("grouping") else "panel", lambda name: name.startswith(column))
        return [card.name for card in app.find_all("button", within=panel, showing=False)]

    def test_a_page_begins_with_its_first_thing(self):
        app = self.open_page("Referrals")
        self.wait_focus(app, lambda name: name == "Code of a reply slip")
        self.go(app, "Calendar")
        self.wait_focus(app, lambda name: name == "Week before")
        self.assertQuiet(app)

    def test_walk_a_board(self):
        app = self.open_page("Warnings")
        new, confirmed = self.cards(app, "To be triaged"), self.cards(app, "Confirmed")
        self.assertGreater(len(new), 1)
        self.assertGreater(len(confirmed), 1)
        app.key("Tab", "Tab")
        self.wait_focus(app, lambda name: name == new[0])
        app.key("Down")
        self.wait_focus(app, lambda name: name == new[1])
        app.key("Right")
        self.wait_focus(app, lambda name: name == confirmed[1])
        app.key("End")
        self.wait_focus(app, lambda name: name == confirmed[-1])
        app.key("Home")
        self.wait_focus(app, lambda name: name == confirmed[0])
        app.key("Left")
        self.wait_focus(app, lambda name: name == new[0])
        # One stop: Tab leaves, and comes back to the card it left.
        app.key("Down", "shift+Tab")
        self.wait_focus(app, lambda name: name == "Report a concern")
        app.key("Tab")
        self.wait_focus(app, lambda name: name == new[1])
        app.key("Return")
        app.find("list", "Why this warning")
        app.wait("label", new[1].split(",")[0])
        self.assertQuiet(app)

    def test_a_board_keeps_the_card_when_it_is_filled_anew(self):
        app = self.open_page("Referrals")
        app.key("Tab", "Tab", "Right")
        card = self.wait_focus(app, lambda name: name.count(",") > 2)
        app.key("ctrl+shift+h")  # masks names, and so fills every page anew
        self.wait_focus(app, lambda name: "＊" in name and name.split(",")[1:4] == card.split(",")[1:4])
        self.assertQuiet(app)

    def test_dialogs_begin_in_their_first_field(self):
        app = self.open_page("Warnings")
        for page, title in (("Warnings", "Report a concern"), ("Calendar", "New appointment"), ("Referrals", "New referral")):
            self.go(app, page)
            app.key("ctrl+n")
            app.wait("dialog", title)
            self.wait_focus(app, lambda name: name.startswith("Name, pinyin"))
            app.key("Escape")
            app.wait_gone("dialog", title)
        self.assertQuiet(app)

    def test_the_agenda_turns_with_the_weeks(self):
        app = self.open_page("Calendar")
        self.wait_focus(app, lambda name: name == "Week before")
        app.click("page tab", "Agenda")
        app.wait("label", "2026-11-23 – 12-20")
        app.click("button", "Week after")
        app.wait("label", "2026-11-30 – 12-27")
        app.click("page tab", "Week")
        app.wait("label", lambda name: name.endswith("2026-11-30 – 12-06"))
        self.assertQuiet(app)

    def test_many_follow_ups_fold(self):
        app = self.open_page("Calendar")
        app.click("button", lambda name: name.endswith(" more"))
        app.wait("button", "Fewer")
        app.wait_gone("button", lambda name: name.endswith(" more"))
        self.assertQuiet(app)

    def test_walk_the_reports(self):
        """From the verbs over the choices to the paper, page by page, and round; Enter on a report shows it."""
        app = self.open_page("Reports")
        first = app.wait("image", lambda name: name.startswith("Page 1 of"))
        n_pages = int(first.name.split()[-1])
        names = ["CSV…", "PDF…", "Print…", "Excel workbook…"]
        for name in names:
            self.wait_focus(app, lambda focus, name=name: focus == name)
            app.key("Tab")
        reports = [widget.name for widget in app.find_all("list item") if "term" in widget.name]
        self.assertEqual(len(reports), 2)
        for name in (*reports, None, *(f"Page {page} of {n_pages}" for page in range(1, n_pages + 1))):
            self.wait_focus(app, lambda focus, name=name: name is None or focus == name)
            app.key("Tab")
        self.wait_focus(app, lambda focus: focus == "Lock")
        app.key(*["shift+Tab"] * (n_pages + 2))
        self.wait_focus(app, lambda focus: focus == reports[1])
        app.key("Return")
        app.until(lambda: app.find_all("image", lambda name: name.startswith("Page 1 of") and name != first.name)
                  or len(app.find_all("image", lambda name: name.startswith("Page "))) != n_pages, "the other report")
        self.assertQuiet(app)

    def test_today_is_read_in_one_breath(self):
        app = self.open_page("Today")
        row = app.find("list item", lambda name: " late" in name and "Level" in name)
        parts = row.name.split(", ")
        self.assertGreaterEqual(len(parts), 4, row.name)
        self.assertRegex(parts[2], r"^Level [123]$")
        self.assertFalse([widget.name for widget in app.find_all() if widget.name.startswith("Avatar of")])

    def test_a_print_that_is_given_up(self):
        app = self.open_page("Reports")
        app.wait("image", lambda name: name.startswith("Page 1 of"))
        app.click("button", "Print…")
        app.click("button", "Cancel")
        app.wait_gone("button", "Cancel")
        time.sleep(0.3)
        self.assertQuiet(app)


def tearDownModule():
    harness.Stage.end()
