"""One term's work in the window, from the first run to the principal's page: what a psychology teacher does."""

import re
import subprocess

import harness

ROSTER = harness.FIXTURES / "samples" / "roster-school.xlsx"
ANSWERS = harness.FIXTURES / "samples" / "answers-phq9-gad7-by-number.xlsx"
PASSWORD = "correct horse battery staple"


class Term(harness.WindowTest):
    def first_run(self, app):
        app.find("text", "Name of the school or company").set_text("江城市第三中学")
        app.click("button", "Continue")
        app.find("password text", "Password").set_text(PASSWORD)
        app.find("password text", "The password once more").set_text(PASSWORD)
        app.click("button", "Make the Vault")
        code = app.find("label", lambda name: bool(re.fullmatch(r"[A-Z2-7]{4}", name)))
        groups = [widget.name for widget in app.find_all("label", lambda name: bool(re.fullmatch(r"[A-Z2-7]{4}", name)))]
        self.assertIsNotNone(code)
        self.assertEqual(len(groups), 14)
        app.click("button", "I Have It on Paper")
        for row in app.until(lambda: app.find_all("text", lambda name: name.startswith("Group ")), "two groups to type"):
            row.set_text(groups[int(row.name.split()[1]) - 1])
        app.click("button", "Continue")

    def import_roster(self, app):
        app.answer_file(ROSTER)
        app.click("button", "Import a Roster…")
        app.wait("label", "New files", timeout=60)
        app.click("button", "Import")
        app.wait("label", "1008 people", timeout=60)

    def go(self, app, page):
        """To a place of the sidebar, by its key."""
        places = app.find_all("list item", within=app.find("list", "Pages"))
        number = next(index for index, place in enumerate(places, 1) if re.match(rf"{page}( \d+)?$", place.name))
        app.key(f"ctrl+{number}")
        app.wait("label", page)

    def triage(self, app):
        self.go(app, "Warnings")
        card = app.find("button", lambda name: "PHQ-9" in name)
        card.act()
        app.find("list", "Why this warning")
        app.find("text", "Reason (optional)").set_text("面谈核实：近两周确有睡眠和情绪困扰")
        app.click("button", "Confirm the warning")
        app.wait("label", "Triage saved, the next follow-up is planned")
        app.find("list", "Triage so far")

    def follow_up(self, app):
        """The follow-up that the triage has planned is done on its day."""
        self.go(app, "Today")

    def refer(self, app):
        self.go(app, "Warnings")
        app.find("button", lambda name: "PHQ-9" in name).act()
        app.click("button", "Refer…")
        app.click("button", "Begin")
