"""`score`, and the instruments that it scores by; no vault is needed."""

import csv
import json
import unittest
from collections import defaultdict

from xinqiao import FIXTURES, CliTest

VECTORS = json.loads((FIXTURES / "instruments" / "vectors.json").read_text(encoding="utf-8"))["vectors"]


def beside(vector):
    """Answers to what is asked beside the items proper."""
    meta = vector.get("meta") or {}
    asked = meta.get("aux") or [meta.get(name) for name in ("item10_dysthymia", "item11_difficulty", "item12_month", "item13_lifetime")]
    return [value if value is None else int(value) for value in asked] if meta else []


class Score(CliTest):
    def score(self, instrument, rows, *arguments):
        table = self.home / f"{instrument}.csv"
        with open(table, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([["" if value is None else value for value in row] for row in rows])
        return self.json("score", instrument, table, *arguments, vault=False, password=None)

    def check(self, vector, scored):
        for member, wanted in vector["expected"].items():
            if member in scored["scores"] and isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
                self.assertAlmostEqual(scored["scores"][member], wanted, delta=1e-4, msg=f"{vector['name']}: {member}")
            elif member == "band" and isinstance(wanted, str):
                self.assertIn(wanted, scored["bands"].values(), vector["name"])
            elif member in scored.get("flags", {}):
                self.assertEqual(scored["flags"][member], wanted, f"{vector['name']}: {member}")

    def test_every_vector(self):
        """All vectors of an instrument go through one table, a row each."""
        by_instrument = defaultdict(list)
        known = {one["id"] for one in self.json("instruments", "list", vault=False, password=None)}
        for vector in VECTORS:
            by_instrument[vector["instrument"]].append(vector)
        self.assertGreaterEqual(len(known), 18)
        checked = 0
        for instrument, vectors in by_instrument.items():
            if instrument not in known:
                continue
            with self.subTest(instrument=instrument):
                # A row that is blank throughout is no row of a table.
                vectors = [vector for vector in vectors if any(value is not None for value in vector["answers"])]
                rows = [vector["answers"] + beside(vector) for vector in vectors]
                longest = max(map(len, rows))
                rows = [row + [None] * (longest - len(row)) for row in rows]
                scored = self.score(instrument, rows)
                self.assertEqual(len(scored), len(vectors))
                for vector, one in zip(vectors, scored):
                    self.check(vector, one)
                    checked += 1
        self.assertGreater(checked, 100)

    def test_shape(self):
        scored = self.score("phq9", [[0, 1, 2, 3, 0, 1, 2, 3, 1], [0, 1, 2, 3, None, 1, 2, 3, 1]])
        for member in ("scores", "bands", "critical", "valid", "missing"):
            self.assertIn(member, scored[0])
        self.assertEqual(scored[0]["scores"]["total"], 13)
        self.assertEqual(scored[0]["bands"]["total"], "moderate")
        self.assertEqual(scored[0]["critical"], [9])
        self.assertIs(scored[0]["valid"], True)
        self.assertEqual((scored[0]["missing"], scored[1]["missing"]), (0, 1))
        self.assertEqual(scored[1]["scores"], {}, "incomplete answers give no score")
        self.assertEqual(scored[1]["critical"], [9], "yet a critical item that was answered is told")

    def test_standard_input(self):
        done = self.json("score", "gad7", vault=False, password=None, stdin="1,1,1,1,1,1,1\n")
        self.assertEqual(done[0]["scores"]["total"], 7)

    def test_what_is_no_answer(self):
        table = self.home / "wrong.csv"
        table.write_text("0,1,2,3,0,1,2,9,1\n", encoding="utf-8")
        self.refuse(1, "score", "phq9", table, saying=["wrong.csv"], vault=False, password=None)
        self.refuse(1, "score", "phq99", table, saying=["phq99"], vault=False, password=None)


class Instruments(CliTest):
    def instruments(self, *arguments):
        return self.json("instruments", *arguments, vault=False, password=None)

    def test_list_and_show(self):
        listed = self.instruments("list")
        self.assertEqual({"phq9", "phq2", "phq_a", "gad7", "who5", "cesd", "dass21", "k10", "k6", "pss10", "rses", "audit", "scl90",
                          "sds", "sas", "mht", "mssmhs", "upi"} - {one["id"] for one in listed}, set())
        for one in listed:
            shown = self.instruments("show", one["id"])
            self.assertEqual(shown["id"], one["id"])
            self.assertEqual(sum(not item["extra"] for item in shown["items"]), one["items"])
            self.assertTrue(shown["scales"])
            self.assertIn("licence", shown)
            for note in shown["notes"]:
                self.assertEqual(set(note), {"en", "zh_CN", "zh_TW"})
        self.refuse(1, "instruments", "show", "nothing", saying=["nothing"], vault=False, password=None)

    def test_show_speaks_the_language(self):
        for language, words in (("zh_CN", "限非商业用途"), ("zh_TW", "限非商業用途"), ("en_US", "non-commercial")):
            done = self.call("instruments", "show", "who5", vault=False, password=None,
                             env={"LC_ALL": f"{language}.UTF-8", "LANGUAGE": language})
            self.assertEqual(done.returncode, 0)
            self.assertIn(words, done.stdout)
            self.assertEqual("non-commercial" in done.stdout, language == "en_US")

    def test_show_is_a_page_to_read(self):
        page = self.call("--lang", "zh_CN", "instruments", "show", "phq9", vault=False, password=None).stdout.splitlines()
        self.assertEqual(page[0], "PHQ-9 · 患者健康问卷-9项")
        self.assertIn("    20–27 重度（筛查阳性）", page)
        self.assertIn("  分段依据发布者的规定，都不是诊断。", page)
        self.assertEqual(sum(line.startswith("     0 ") for line in page), 2)  # the tenth item has answers of its own
        scored_only = self.call("--lang", "zh_CN", "instruments", "show", "scl90", vault=False, password=None).stdout
        self.assertNotIn("\n题目\n", scored_only)

    def test_check(self):
        sound = self.home / "own.json"
        sound.write_text(json.dumps({
            "id": "own", "short": "OWN", "main": "total", "missing": {"rule": "complete"}, "name": {"en": "Own"}, "respondent": "self", "items": 2,
            "options": [{"value": 0, "label": {"en": "no"}}, {"value": 1, "label": {"en": "yes"}}],
            "scales": [{"id": "total", "label": {"en": "Total"}, "method": "sum", "items": [1, 2]}],
            "licence": {"class": "A", "may_ship": True, "status": "own", "text": "own"}, "sources": ["own"]}), encoding="utf-8")
        self.assertEqual(self.instruments("check", sound), {"file": str(sound), "sound": True, "problems": []})
        broken = self.home / "broken.json"
        broken.write_text('{\n "id": "own",\n "items": }\n', encoding="utf-8")
        done = self.call("--json", "instruments", "check", broken, vault=False, password=None)
        self.assertEqual(done.returncode, 1)
        found = json.loads(done.stdout)
        self.assertEqual(found["problems"][0]["line"], 3)
        self.assertIn("broken.json", done.stderr)
        self.refuse(1, "instruments", "check", self.home / "not-there.json", saying=["not-there.json"], vault=False, password=None)


if __name__ == "__main__":
    unittest.main()
