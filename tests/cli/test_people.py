"""people list, search, show."""

import unittest

from xinqiao import DemoTest

ROW = {"id", "code", "name", "pinyin", "sex", "birth_date", "kind", "unit", "tags", "level", "state"}


class People(DemoTest):
    def test_list(self):
        people = self.json("people", "list")
        self.assertEqual(len(people), self.students)
        for one in people:
            self.assertEqual(set(one), ROW)
            self.assertEqual(one["kind"], "student")
            self.assertIn(one["sex"], ("male", "female", "unknown"))
            self.assertRegex(one["birth_date"], r"^\d{4}-\d\d-\d\d$")
            self.assertEqual(len(one["unit"]), 3, one["unit"])
            self.assertIn(one["level"], (None, 1, 2, 3))
        self.assertEqual(len({one["code"] for one in people}), self.students)

    def test_filters(self):
        people = self.json("people", "list")
        level = [one["id"] for one in people if one["level"] is not None]
        self.assertEqual({one["id"] for one in self.json("people", "list", "--level", "4")}, set(level))
        unit = people[0]["unit"]
        mates = {one["id"] for one in people if one["unit"] == unit}
        self.assertEqual({one["id"] for one in self.json("people", "list", "--unit", unit[1] + unit[2])}, mates)
        self.assertEqual(len(self.json("people", "list", "--limit", "5")), 5)
        tagged = {one["id"] for one in people if "boarding" in one["tags"]}
        self.assertTrue(tagged)
        self.assertEqual({one["id"] for one in self.json("people", "list", "--tag", "boarding")}, tagged)
        codes = [one["code"] for one in self.json("people", "list", "--order", "code")]
        self.assertEqual(codes, sorted(codes))
        self.refuse(1, "people", "list", "--unit", "九十九年级9班")
        self.refuse(2, "people", "list", "--state", "nowhere")

    def test_search(self):
        one = self.json("people", "list")[0]
        pinyin = one["pinyin"].replace(" ", "")
        initials = "".join(syllable[0] for syllable in one["pinyin"].split())
        for text in (one["name"], one["code"], pinyin, initials):
            found = self.json("people", "search", text)
            self.assertIn(one["id"], [row["id"] for row in found], text)
            self.assertEqual(set(found[0]), ROW)
        self.assertEqual(self.json("people", "search", "没有这个人"), [])

    def test_show(self):
        one = self.json("people", "list")[0]
        by_code = self.json("people", "show", one["code"])
        self.assertEqual(by_code["name"], one["name"])
        self.assertEqual(by_code["id"], self.json("people", "show", one["id"])["id"])
        for member in ("contacts", "consents", "tags", "memberships", "phone", "national_id"):
            self.assertIn(member, by_code)
        self.assertTrue(by_code["contacts"])
        self.refuse(1, "people", "show", "99999999", saying=["99999999"])

    def test_opening_a_file_is_written_down(self):
        one = self.json("people", "list")[0]
        self.json("people", "show", one["code"])
        entry = self.json("audit", "list", "--limit", "1")[0]
        self.assertEqual((entry["action"], entry["entity"], entry["entity_id"]), ("open", "person", one["id"]))

    def test_text(self):
        text = self.run_ok("people", "list")
        lines = text.splitlines()
        self.assertEqual(len(lines), self.students + 1)
        self.assertIn(self.json("people", "list")[0]["name"], lines[1])


if __name__ == "__main__":
    unittest.main()
