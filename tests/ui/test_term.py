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
        app.wait_gone("button", "Back")

    def triage(self, app):
        self.go(app, "Warnings")
        card = app.find("button", lambda name: "PHQ-9" in name)
        self.person = card.name.split(",")[0]
        card.act()
        app.find("list", "Why this warning")
        app.find("text", "Reason (optional)").set_text("面谈核实：近两周确有睡眠和情绪困扰")
        app.click("button", "Confirm the warning")
        app.wait("label", "Triage saved, the next follow-up is planned")
        app.find("list", "Triage so far")

    def follow_up(self, app):
        """What the triage has planned is due a week later; it is done in the person's file, and the next one is planned."""
        self.go(app, "Warnings")
        app.click("button", lambda name: name.startswith(self.person))
        app.click("button", "Open the file")
        app.click("button", "Done…")
        dialog = app.find("dialog")
        dialog.find("text", "Note").set_text("睡眠好转，约定下周再见")
        app.click("button", "Done", within=dialog)
        app.wait("label", "Follow-up done.")
        app.wait("label", lambda name: name.startswith("2026-11-30"))

    def import_answers(self, app):
        self.go(app, "Assessments")
        app.answer_file(ANSWERS)
        app.click("button", "Import answers…")
        app.click("button", "Import", within=app.find("dialog", timeout=60), timeout=60)
        app.wait("label", "175", timeout=60)  # the warnings, beside their page

    def add_institution(self, app):
        self.go(app, "Settings")
        app.click("button", "New Institution")
        dialog = app.find("dialog")
        dialog.find("text", lambda name: name.startswith("Name")).set_text("江城市精神卫生中心")
        app.click("button", "Save", within=dialog)
        app.wait("label", "江城市精神卫生中心")

    def step(self, app, verb, state):
        """Takes a referral's next step: the button on its page, then the one in the dialog that asks for what it needs."""
        app.click("button", verb)
        app.click("button", verb, within=app.find("dialog", verb))
        app.wait_gone("dialog", verb)
        app.wait("label", state)

    def refer(self, app):
        self.go(app, "Warnings")
        app.click("button", lambda name: "PHQ-9" in name)
        app.click("button", "Refer…")
        reason = app.find("text", lambda name: name.startswith("Reason for the referral"))
        reason.set_text("近两周情绪低落，夜间睡眠不足四小时，建议专科评估")
        app.click("button", "Begin")
        app.click("page tab", "Letter")
        app.wait("label", lambda name: name.startswith("Nothing is released yet"))
        self.step(app, "Ask for consent", "Consent asked")
        self.step(app, "Consent given", "Consented")
        self.step(app, "Send the letter", "Sent")

    def letter(self, app):
        pdf = self.home / "letter.pdf"
        app.answer_file(pdf)
        app.click("page tab", "Letter")
        app.wait("label", lambda name: name.startswith("Left out, because it was not released: "))
        app.click("button", "Save as PDF…")
        dialog = app.find("dialog", "Before It Leaves")
        dialog.find("text", "Your password").set_text(PASSWORD)
        app.click("button", "Continue", within=dialog)
        app.until(pdf.exists, "the letter")
        text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
        self.assertIn("江城市精神卫生中心", text)
        self.assertIn("夜间睡眠不足四小时", text.replace("\n", ""))

    def reports(self, app):
        self.go(app, "Reports")
        for button, name in (("Excel workbook…", "term.xlsx"), ("PDF…", "term.pdf"), ("CSV…", "term.csv")):
            path = self.home / name
            app.wait("image", lambda label: label.startswith("Page 1 of"))
            app.answer_file(path)
            app.click("button", button)
            app.until(path.exists, name)

    def test_first_run_to_letter(self):
        app = self.start("--vault", self.home / "vault", now="2026-11-16T09:00:00")
        self.first_run(app)
        self.import_roster(app)
        self.import_answers(app)
        self.add_institution(app)
        self.triage(app)
        app.screenshot("warning")
        self.refer(app)
        self.letter(app)
        self.assertQuiet(app)
        app.stop()

        app = self.start("--vault", self.home / "vault", now="2026-11-23T09:00:00")
        self.unlock(app, PASSWORD)
        self.follow_up(app)
        self.reports(app)
        self.assertQuiet(app)
