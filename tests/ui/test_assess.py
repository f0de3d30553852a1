"""Assessments in the window: a roster, answers from a table with their preview and undo, a sheet from paper, a screening."""

import json
import subprocess
import time
import unittest

import harness

SAMPLES = harness.FIXTURES / "samples"
ROSTER = SAMPLES / "roster-school.xlsx"
ANSWERS = SAMPLES / "answers-phq9-gad7-by-number.xlsx"
FACTS = json.loads((SAMPLES / "facts.json").read_text(encoding="utf-8"))[ANSWERS.name]
PASSWORD = "trustno1 but me"


class Assess(harness.WindowTest):
    def setUp(self):
        super().setUp()
        self.vault = self.make_vault()
        self.cli("import", "roster", ROSTER)

    def cli(self, *arguments):
        done = subprocess.run([str(harness.CLI), "--vault", str(self.vault), "--password-file", str(self.home / "password"), "--json",
                               *map(str, arguments)], check=True, capture_output=True, text=True,
                              env={"PATH": "/usr/bin:/bin", "XINQIAO_KDF": "minimum", "XINQIAO_NOW": "2026-11-23T09:00:00",
                                   "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": str(self.home)})
        return json.loads(done.stdout)

    def open_page(self, **options):
        app = self.start("--vault", self.vault, **options)
        self.unlock(app, PASSWORD)
        places = app.find_all("list item", within=app.find("list", "Pages"))
        number = next(index for index, place in enumerate(places, 1) if place.name.startswith("Assessments"))
        app.key(f"ctrl+{number}")
        app.wait("button", "Import answers…")
        return app

    def preview(self, app):
        app.answer_file(ANSWERS)
        app.click("button", "Import answers…")
        app.wait("label", "What would come of it", timeout=60)

    def import_answers(self, app):
        self.preview(app)
        app.click("button", "Import")
        app.wait_gone("dialog", "Import answers", timeout=60)
        app.wait("label", lambda name: name.startswith(f"{2 * FACTS['rows']} sheets imported"), timeout=60)

    def test_preview_says_what_would_come(self):
        app = self.open_page()
        app.wait("label", "No screening yet")
        self.preview(app)
        for title in ("Rows with answers", "Belonging to somebody", "New sheets of PHQ-9", "New sheets of GAD-7"):
            app.wait("label", str(FACTS["rows"]), within=app.find("list item", title))
        app.screenshot("assess-preview")
        app.key("Escape")
        app.wait_gone("dialog", "Import answers")
        self.assertQuiet(app)
        app.stop()
        self.assertEqual(self.cli("campaign", "list"), [], "a preview must write nothing")

    def test_counts_on_screen(self):
        app = self.open_page()
        self.import_answers(app)
        app.wait("label", f"95% · {FACTS['rows']} of 1008")
        app.click("page tab", "Results")
        app.wait("label", f"{2 * FACTS['rows']} sheets")
        app.screenshot("assess-results")
        app.click("toggle button", "Positive screens only")
        app.wait_gone("label", f"{2 * FACTS['rows']} sheets")
        self.assertQuiet(app)

    def test_undo(self):
        app = self.open_page()
        self.import_answers(app)
        app.click("button", "Undo")
        app.wait("label", "No screening yet", timeout=60)
        self.assertQuiet(app)
        app.stop()
        self.assertEqual(self.cli("campaign", "list"), [])
        self.assertEqual(self.cli("warnings", "list"), [], "a warning that rests on an import alone goes with it")

    def focused(self, app, role, name):
        return any(widget.has("FOCUSED") for widget in app.find_all(role, name))

    def tab_to(self, app, role, name):
        for _ in range(60):
            if self.focused(app, role, name):
                return
            app.key("Tab")
            time.sleep(0.1)
        self.fail(f"Tab does not lead to {role} {name}")

    def choose(self, app, row, typed, chosen):
        """In a row of choices, by keyboard alone: gone to, opened, searched, taken; the row has the keyboard afterwards."""
        self.tab_to(app, "combo box", row)
        app.key("space")
        combo = app.find("combo box", row)
        app.find("entry", within=combo)
        app.type(typed)
        offered = app.find("scroll pane", within=combo)
        app.until(lambda: [label.name for label in app.find_all("label", within=offered)][:1] == [chosen], f"{chosen} alone")
        app.key("Down", "Return")
        app.wait("label", chosen, within=app.find("combo box", row))
        app.until(lambda: self.focused(app, "combo box", row), f"the keyboard to be at “{row}” again")

    def test_columns_are_corrected(self):
        people = self.cli("people", "list")[:3]
        table = self.home / "answers.csv"
        rows = [f"{number},,{person['code']},1,0,1,2,3,0,1,2,3" for number, person in enumerate(people, 1)]
        table.write_text("\n".join(["学号,姓名,档案号,甲,乙,丙,丁,戊,己,庚,辛,壬", *rows]) + "\n", encoding="utf-8")
        app = self.open_page()
        app.answer_file(table)
        app.click("button", "Import answers…")
        app.wait("label", "The columns cannot be told yet")

        # Nine columns for seven items: the user says where they begin, and which is the first one's.
        self.choose(app, "Questionnaire", "GAD", "GAD-7")
        app.wait("label", lambda name: name.startswith("GAD-7 needs 7 columns"))
        self.assertFalse(app.find("button", "Import").sensitive)
        self.tab_to(app, "list item", "GAD-7")
        app.key("space")
        self.choose(app, "First column of its answers", "F", "F · 丙")
        app.wait("label", "0", within=app.find("list item", "Belonging to somebody"))
        self.choose(app, "Student number", "C", "C · 档案号")
        app.wait("label", "3", within=app.find("list item", "Belonging to somebody"))
        item = app.find("combo box", lambda name: name.startswith("1. ")).name
        self.choose(app, item, "K", "K · 辛")
        app.wait("label", "One by one")
        app.screenshot("assess-columns")
        app.click("button", "Import")
        app.wait("label", lambda name: name.startswith("3 sheets imported"))
        app.click("page tab", "Results")
        app.wait("label", "13")
        self.assertQuiet(app)

    def test_sheet_by_digits_alone(self):
        code = self.cli("people", "list")[0]["code"]
        app = self.open_page()
        app.click("button", "Enter a sheet…")
        app.find("text", "Name, pinyin or number").set_text(code)
        app.key("Return")
        app.click("button", "Begin")
        app.wait("label", "Item 1 of 10")
        app.type("333")
        app.wait("label", "Item 4 of 10")
        app.key("BackSpace")
        app.wait("label", "Item 3 of 10")
        app.type("1222222")
        app.key("space")
        app.wait("label", "All items are answered.")
        app.key("BackSpace")
        app.wait("label", "Item 10 of 10, asked beside: may be left blank")
        app.type("1")
        app.key("Return")
        app.wait("label", "Saved. A screening result is not a diagnosis.")
        app.wait("label", "A warning has been raised")
        app.wait("label", "19")
        app.screenshot("assess-entered")
        app.click("button", "Open the warning")
        app.wait("list", "Why this warning")
        self.assertQuiet(app)

    def test_campaign_from_beginning_to_end(self):
        app = self.open_page()
        app.key("ctrl+n")
        app.find("text", "Name of the screening").set_text("2026秋季普测")
        app.click("button", "Begin")
        app.wait("label", "Choose at least one questionnaire.")
        app.key("space")  # the first questionnaire has the focus
        app.click("button", "Begin")
        app.wait("label", "0% · 0 of 1008")
        app.click("button", "Who is missing…")
        app.wait("label", "1008 persons missing")
        app.key("Escape")
        app.wait_gone("label", "1008 persons missing")
        app.click("button", "Close the screening")
        app.click("button", "Close the screening", within=app.find("alert", lambda name: "2026秋季普测" in name))
        app.click("button", "Open it again")
        app.wait("button", "Close the screening")
        self.assertQuiet(app)


if __name__ == "__main__":
    unittest.main()
