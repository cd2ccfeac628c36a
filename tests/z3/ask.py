"""Asks Clausal and Z3 the same random questions: can these conditions hold of one lead?

What a condition means is said here once more, from docs/language.md alone, so that a mistake in Clausal's own reading of it
shows as a disagreement. Each case is a small agreement with a record of random fields, a few scores and definitions; the
question is whether one lead can be all of the definitions.
"""

import argparse
import collections
import pathlib
import random
import subprocess
import sys
import time

import z3

MILLIONTHS = 1_000_000
DAY = 86_400
# 2026-03-02, as a number of days; conditions name days around it.
MARCH_2 = 20_514
# Clausal knows the years 1 to 9999; nothing that is asked here comes near their ends.
FIRST_DAY, LAST_DAY = -700_000, 2_900_000


class Field:
    """A field: whether it is blank, and what it holds if it is not."""

    def __init__(self, name, kind, declared, optional, value):
        self.name, self.kind, self.value = name, kind, value
        self.declared = f"  {name}  {declared}" + ("  optional" if optional and kind != "text_i" else "")
        if kind == "text_i":
            self.declared = f"  {name}  {declared}" + (" optional" if optional else "") + " ignoring case"
        self.blank = z3.Bool(f"{name}?") if optional else z3.BoolVal(False)
        self.facts = []
        self.values = []

    @property
    def filled(self):
        return z3.Not(self.blank)


def number_words(millionths):
    """A number of millionths as the language writes it."""
    sign, n = ("-" if millionths < 0 else ""), abs(millionths)
    whole, part = divmod(n, MILLIONTHS)
    return f"{sign}{whole}" + (f".{part:06d}".rstrip("0") if part else "")


class Case:
    """One random agreement."""

    def __init__(self, rng):
        self.rng = rng
        self.facts = []
        self.fields = {}
        self.now = z3.Int("now")
        self.today = self.now / DAY  # of integers: rounded down
        self.facts += [self.now >= FIRST_DAY * DAY, self.now < LAST_DAY * DAY]
        self.kinds = set()
        for make in (self.numbers, self.truths, self.choices, self.texts, self.days, self.moments):
            make()
        self.scores = {}
        self.score_text = ""
        self.definitions = []

    def field(self, name, kind, declared, value, optional=None):
        if optional is None:
            optional = self.rng.random() < 0.5
        self.fields[name] = Field(name, kind, declared, optional, value)
        return self.fields[name]

    def of(self, *kinds):
        return [field for field in self.fields.values() if field.kind in kinds]

    # ------------------------------------------------------------------------------------------------------- fields

    def numbers(self):
        for name in ("n", "m", "k"):
            value = z3.Int(name)
            low, high = self.rng.choice([(None, None), (0, 9), (0, None), (-3, 5), (1, 4)])
            span = "" if low is None and high is None else f" {'' if low is None else low}..{'' if high is None else high}"
            field = self.field(name, "integer", f"integer{span}", value * MILLIONTHS)
            self.facts += [] if low is None else [z3.Or(field.blank, value >= low)]
            self.facts += [] if high is None else [z3.Or(field.blank, value <= high)]
        for name, kind, declared in (
            ("x", "number", "number"), ("y", "number", "number 0..1"), ("rate", "percent", "percent"),
            ("fee", "money", "money(USD)"), ("cost", "money", "money(USD)"),
        ):
            value = z3.Int(name)
            field = self.field(name, kind, declared, value)
            if name == "y":
                self.facts.append(z3.Or(field.blank, z3.And(value >= 0, value <= MILLIONTHS)))

    def truths(self):
        for name in ("ok", "maybe"):
            self.field(name, "boolean", "boolean", z3.Bool(name), optional=name == "maybe")

    def choices(self):
        names = ["red", "green", "blue", "grey"]
        for name in ("stage", "step", "origin"):
            # Two choices can be compared only if they list the same.
            if name != "step":
                listed = self.rng.sample(names, self.rng.randint(2, 4))
            is_open = name == "origin"
            value = z3.Int(name)
            field = self.field(name, "choice", "choice of " + ", ".join(listed) + (", ..." if is_open else ""), value)
            field.values = listed
            # Numbers above the names are values that nobody has listed.
            known = [value == names.index(one) for one in listed]
            self.facts.append(z3.Or(*known, *([value >= 100] if is_open else [])))
        for name in ("tags", "needs"):
            is_open = self.rng.random() < 0.5
            listed = self.rng.sample(names, 3)
            field = self.field(name, "choices", "choices of " + ", ".join(listed) + (", ..." if is_open else ""), None,
                               optional=False)
            optional = self.rng.random() < 0.5
            field.declared += "  optional" if optional else ""
            field.values = listed
            field.held = {one: z3.Bool(f"{name}:{one}") for one in listed}
            held = list(field.held.values()) + ([z3.Bool(f"{name}:...")] if is_open else [])
            field.blank = z3.Not(z3.Or(*held))
            if not optional:
                self.facts.append(z3.Or(*held))
        self.names = names

    def texts(self):
        for name, kind, declared in (("name", "text_i", "text"), ("code", "text", "text")):
            value = z3.String(name)
            field = self.field(name, kind, declared, value)
            # An empty text is no value.
            self.facts.append(z3.Or(field.blank, z3.Length(value) > 0))

    def days(self):
        for name in ("born", "died", "met"):
            value = z3.Int(name)
            self.field(name, "date", "date", value)
            self.facts += [value >= FIRST_DAY, value < LAST_DAY]

    def moments(self):
        for name in ("seen", "called", "closed"):
            value = z3.Int(name)
            self.field(name, "datetime", "datetime", value)
            self.facts += [value >= FIRST_DAY * DAY, value < LAST_DAY * DAY]

    # ---------------------------------------------------------------------------------------------------- conditions

    ORDERS = {
        "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    }

    def constant(self, kind):
        n = self.rng.randint(-4, 12)
        if kind == "money":
            n = max(n, 0) * MILLIONTHS // self.rng.choice([1, 1, 4])
            return f"${number_words(n)}", n
        if kind == "percent":
            return f"{abs(n)}%", abs(n) * MILLIONTHS
        if kind in ("number", "score") and self.rng.random() < 0.3:
            n = n * MILLIONTHS // 2 + self.rng.choice([0, 0, 1])
            return number_words(n), n
        return str(n), n * MILLIONTHS

    def term(self, kind):
        """A number: words, value, what must be filled."""
        if kind == "score" or kind in ("integer", "number") and self.scores and self.rng.random() < 0.3:
            name = self.rng.choice(list(self.scores))
            return name, self.scores[name], []
        kinds = ("integer", "number") if kind in ("integer", "number") else (kind,)
        field = self.rng.choice(self.of(*kinds))
        return field.name, field.value, [field.filled]

    def comparison(self):
        kind = self.rng.choice(["integer", "integer", "number", "percent", "money"] + ["score"] * 2 * bool(self.scores))
        words, value, filled = self.term(kind)
        sign = self.rng.choice(list(self.ORDERS))
        shape = self.rng.randint(0, 7)
        other = self.rng.choice(["constant", "constant", "constant", "term"])
        if kind == "percent":
            # Nobody calculates with percentages.
            shape = self.rng.choice([0, 1, 6])
        if shape == 0 and other == "constant":
            low, high = self.constant(kind), self.constant(kind)
            both = z3.And(value >= low[1], value <= high[1])
            return f"{words} between {low[0]} and {high[0]}", z3.And(*filled, both)
        if shape == 1 and other == "constant":
            # The words in a list are all different.
            all_of = list(dict(self.constant(kind) for _ in range(self.rng.randint(1, 3))).items())
            one = z3.Or(*[value == n for _, n in all_of])
            if self.rng.random() < 0.4:
                return f"{words} not in [{', '.join(w for w, _ in all_of)}]", z3.Not(z3.And(*filled, one))
            return f"{words} in [{', '.join(w for w, _ in all_of)}]", z3.And(*filled, one)
        if shape in (2, 3):
            more = self.term(kind)
            sum_sign = self.rng.choice("+-")
            words = f"{words} {sum_sign} {more[0]}"
            value = value + more[1] if sum_sign == "+" else value - more[1]
            filled = filled + more[2]
        if shape in (4, 5):
            times = self.rng.choice([2, 3, -2])
            words, value = f"{words} * {times}", value * times
        if other == "term":
            right = self.term(kind)
            return f"{words} {sign} {right[0]}", z3.And(*filled, *right[2], self.ORDERS[sign](value, right[1]))
        right = self.constant(kind)
        return f"{words} {sign} {right[0]}", z3.And(*filled, self.ORDERS[sign](value, right[1]))

    def choice(self):
        field = self.rng.choice(self.of("choice"))
        sign = self.rng.choice(["=", "!="])
        if self.rng.random() < 0.2:
            other = self.rng.choice([f for f in self.of("choice") if f.name != "origin"])
            if field.name != "origin":
                same = self.ORDERS[sign](field.value, other.value)
                return f"{field.name} {sign} {other.name}", z3.And(field.filled, other.filled, same)
        picked = self.rng.sample(field.values, self.rng.randint(1, min(3, len(field.values))))
        one = z3.And(field.filled, z3.Or(*[field.value == self.names.index(v) for v in picked]))
        if len(picked) > 1:
            if self.rng.random() < 0.4:
                return f"{field.name} not in [{', '.join(picked)}]", z3.Not(one)
            return f"{field.name} in [{', '.join(picked)}]", one
        other_than = self.ORDERS[sign](field.value, self.names.index(picked[0]))
        return f"{field.name} {sign} {picked[0]}", z3.And(field.filled, other_than)

    def several(self):
        field = self.rng.choice(self.of("choices"))
        one = self.rng.choice(field.values)
        return f"{field.name} contains {one}", field.held[one]

    def truth(self):
        field = self.rng.choice(self.of("boolean"))
        form = self.rng.randint(0, 2)
        if form == 0:
            return field.name, z3.And(field.filled, field.value)
        return (f"{field.name} = {'true' if form == 1 else 'false'}",
                z3.And(field.filled, field.value if form == 1 else z3.Not(field.value)))

    def text(self):
        field = self.rng.choice(self.of("text", "text_i"))
        words = self.rng.sample(["Ann", "an", "ANNA", "Bo", "b", "ab", "nab", "banana", "na"], 2)
        # Where capitals do not matter, the text is looked at without them.
        value = lambda word: z3.StringVal(word.lower() if field.kind == "text_i" else word)
        form, word = self.rng.randint(0, 4), words[0]
        if form == 0:
            return f'{field.name} = "{word}"', z3.And(field.filled, field.value == value(word))
        if form == 1:
            return f'{field.name} != "{word}"', z3.And(field.filled, field.value != value(word))
        if form == 2:
            one = z3.Or(*[field.value == value(w) for w in words])
            return f"{field.name} in [{', '.join(chr(34) + w + chr(34) for w in words)}]", z3.And(field.filled, one)
        if form == 3:
            return f'{field.name} starts with "{word}"', z3.And(field.filled, z3.PrefixOf(value(word), field.value))
        return f'{field.name} contains "{word}"', z3.And(field.filled, z3.Contains(field.value, value(word)))

    def blank(self):
        field = self.rng.choice(list(self.fields.values()))
        if self.rng.random() < 0.5:
            return f"{field.name} is blank", field.blank
        return f"{field.name} is set", field.filled

    def day(self):
        one, other = self.rng.sample(self.of("date"), 2)
        sign, count = self.rng.choice(list(self.ORDERS)), self.rng.randint(1, 5)
        form = self.rng.randint(0, 5)
        if form == 0:
            day = self.rng.randint(1, 9)
            return f"{one.name} {sign} 2026-03-0{day}", z3.And(one.filled, self.ORDERS[sign](one.value, MARCH_2 + day - 2))
        if form == 1:
            return f"{one.name} {sign} {other.name}", z3.And(one.filled, other.filled, self.ORDERS[sign](one.value, other.value))
        if form == 2:
            return f"{one.name} {sign} today", z3.And(one.filled, self.ORDERS[sign](one.value, self.today))
        unit, days = self.rng.choice([("calendar days", 1), ("weeks", 7)])
        length = count * days
        if form == 3:
            return f"{one.name} older than {count} {unit}", z3.And(one.filled, self.today > one.value + length)
        soon = z3.And(other.value <= one.value, one.value <= other.value + length)
        return f"{one.name} within {count} {unit} of {other.name}", z3.And(one.filled, other.filled, soon)

    def moment(self):
        one, other = self.rng.sample(self.of("datetime"), 2)
        sign, count = self.rng.choice(list(self.ORDERS)), self.rng.randint(1, 5)
        form = self.rng.randint(0, 7)
        if form == 0:
            hour = self.rng.randint(8, 12)
            at = MARCH_2 * DAY + hour * 3600
            return f"{one.name} {sign} 2026-03-02 {hour:02d}:00", z3.And(one.filled, self.ORDERS[sign](one.value, at))
        if form == 1:
            return f"{one.name} {sign} {other.name}", z3.And(one.filled, other.filled, self.ORDERS[sign](one.value, other.value))
        if form == 2:
            return f"{one.name} {sign} now", z3.And(one.filled, self.ORDERS[sign](one.value, self.now))
        unit = self.rng.choice(["hours", "hours", "minutes", "calendar days", "weeks"])
        if unit in ("hours", "minutes"):
            end = lambda start: start + count * {"hours": 3600, "minutes": 60}[unit]
        else:
            # Days on the calendar end at 24:00 of a day; the zone is UTC.
            end = lambda start: (start / DAY + count * {"calendar days": 1, "weeks": 7}[unit] + 1) * DAY
        if form in (3, 4):
            return f"{one.name} older than {count} {unit}", z3.And(one.filled, self.now > end(one.value))
        soon = z3.And(other.value <= one.value, one.value <= end(other.value))
        return f"{one.name} within {count} {unit} of {other.name}", z3.And(one.filled, other.filled, soon)

    def simple(self):
        makers = [self.comparison] * 5 + [self.choice] * 2 + [self.several, self.truth, self.text, self.blank,
                                                             self.day, self.day, self.moment, self.moment]
        return self.rng.choice(makers)()

    def condition(self, depth):
        shape = self.rng.random()
        if depth == 0 or shape < 0.35:
            if self.definitions and self.rng.random() < 0.1:
                place = self.rng.randrange(len(self.definitions))
                return f"d{place}", self.definitions[place][1]
            return self.simple()
        parts = [self.condition(depth - 1) for _ in range(self.rng.randint(2, 4))]
        words, meaning = [w for w, _ in parts], [m for _, m in parts]
        if shape < 0.58:
            return "(" + " and ".join(words) + ")", z3.And(*meaning)
        if shape < 0.80:
            return "(" + " or ".join(words) + ")", z3.Or(*meaning)
        if shape < 0.92:
            return f"not ({words[0]})", z3.Not(meaning[0])
        most = self.rng.randint(1, len(parts))
        count = z3.Sum([z3.If(one, 1, 0) for one in meaning])
        return f"at least {most} of ({', '.join(words)})", count >= most

    # -------------------------------------------------------------------------------------------------------- scores

    def within(self, value, lowest, highest):
        value = value if lowest is None else z3.If(value < lowest * MILLIONTHS, lowest * MILLIONTHS, value)
        return value if highest is None else z3.If(value > highest * MILLIONTHS, highest * MILLIONTHS, value)

    def bounds(self):
        lowest = self.rng.choice([None, None, 0, -5])
        highest = self.rng.choice([None, None, 10, 25, 50])
        words = ("" if lowest is None else f" at least {lowest}", "" if highest is None else f" at most {highest}")
        return words, lowest, highest

    def add_scores(self):
        for name in self.rng.choice([[], ["fit"], ["fit", "heat"]]):
            rows, sums = [], []
            scale = self.rng.choice([1, 3, 5, 5])
            for _ in range(self.rng.choice([2, 4, 8, 16, 30])):
                points = self.rng.choice([-15, -10, -5, 5, 10, 20, 25]) * scale // 5
                form = self.rng.random()
                if form < 0.8:
                    words, holds = self.simple() if form < 0.65 else self.condition(1)
                    if any(score in words for score in ("fit", "heat")):
                        continue
                    rows.append(f"  {points:+d} when {words}")
                    sums.append(z3.If(holds, points * MILLIONTHS, 0))
                elif form < 0.9:
                    words, lowest, highest = self.bounds()
                    added = self.rng.choice(self.of("integer", "number"))
                    if any(row.endswith(f" {added.name}") and row.startswith("  add") for row in rows):
                        continue
                    rows.append(f"  add{words[0]}{words[1]} from {added.name}" if any(words) else f"  add {added.name}")
                    sums.append(self.within(z3.If(added.filled, added.value, 0), lowest, highest))
                else:
                    since, every, most = self.rng.choice(self.of("date")), self.rng.randint(2, 9), self.rng.randint(1, 4)
                    rows.append(f"  {points:+d} for each {every} calendar days since {since.name} at most {most} times")
                    # As often as it is older than once, twice, three times as long.
                    used_up = [z3.If(z3.And(since.filled, self.today > since.value + every * k), points * MILLIONTHS, 0)
                               for k in range(1, most + 1)]
                    sums.append(z3.Sum(used_up))
            if name == "heat":
                words, lowest, highest = self.bounds()
                rows.append(f"  add{words[0]}{words[1]} from fit" if any(words) else "  add fit")
                sums.append(self.within(self.scores["fit"], lowest, highest))
            if not rows:
                continue
            words, lowest, highest = self.bounds()
            if lowest is not None and highest is not None and lowest > highest:
                highest = None
            rows += [f"  total{word}" for word in words if word]
            self.scores[name] = self.within(z3.Sum(sums), lowest, highest)
            self.score_text += f"score {name} of lead {{\n" + "\n".join(rows) + "\n}\n"

    # ---------------------------------------------------------------------------------------------------------- all

    def fill(self):
        self.add_scores()
        for _ in range(self.rng.randint(1, 3)):
            self.definitions.append(self.condition(self.rng.choice([0, 1, 1, 2, 2, 3])))


    def written(self):
        out = ("agreement test { parties a, b  effective 2026-01-01 to 2026-12-31  zone UTC  review every year }\n"
               "party a {}\nparty b {}\nrecord lead {\n  id  key\n")
        out += "\n".join(field.declared for field in self.fields.values()) + "\n}\n" + self.score_text
        for place, (words, _) in enumerate(self.definitions):
            out += f"definition d{place} {{ means lead where {words} }}\n"
        return out

    def meaning(self):
        return self.facts + [meaning for _, meaning in self.definitions]


def by_z3(case, patience):
    solver = z3.Solver()
    solver.set("timeout", patience)
    solver.add(*case.meaning())
    answer = solver.check()
    return {"sat": "possible", "unsat": "impossible"}.get(str(answer), "unknown")


def main():
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--questions", type=int, default=2000)
    said.add_argument("--seed", type=int, default=1)
    said.add_argument("--patience", type=int, default=10_000, help="milliseconds that Z3 may take for one question")
    said.add_argument("--keep-open", action="store_true", help="keep the questions that Clausal leaves open, too")
    said.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("target/z3"))
    options = said.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    asked, answered = options.folder / "questions.txt", options.folder / "answers.txt"

    cases = []
    for number in range(options.questions):
        case = Case(random.Random(f"{options.seed}/{number}"))
        case.fill()
        cases.append(case)
    asked.write_text("\f".join(case.written() for case in cases))
    answered.unlink(missing_ok=True)
    began = time.monotonic()
    subprocess.run(
        ["cargo", "test", "--quiet", "--test", "logic", "asked_from_outside", "--", "--ignored", "--nocapture"],
        check=True, env={**__import__("os").environ, "CLAUSAL_QUESTIONS": str(asked.resolve()),
                         "CLAUSAL_ANSWERS": str(answered.resolve())},
    )
    of_clausal = time.monotonic() - began
    answers = answered.read_text().splitlines()
    assert len(answers) == len(cases), f"{len(answers)} answers to {len(cases)} questions"

    began = time.monotonic()
    table, reasons = collections.Counter(), collections.Counter()
    disagreements, left_open = [], []
    for number, (case, answer) in enumerate(zip(cases, answers)):
        clausal, _, reason = answer.partition(" ")
        other = by_z3(case, options.patience)
        table[clausal, other] += 1
        if clausal == "open":
            reasons[reason] += 1
            left_open.append((number, answer, other))
        if {clausal, other} == {"possible", "impossible"} or clausal == "torn":
            disagreements.append((number, answer, other))
    of_z3 = time.monotonic() - began

    print(f"{len(cases)} questions, seed {options.seed}: Clausal {of_clausal:.1f} s (with the build), Z3 {of_z3:.1f} s")
    for (clausal, other), count in sorted(table.items()):
        print(f"  {count:6}  Clausal: {clausal:10}  Z3: {other}")
    for reason, count in reasons.most_common():
        print(f"  {count:6}  open: {reason}")
    for number, answer, other in disagreements + left_open * options.keep_open:
        path = options.folder / f"{options.seed}-{number}.clause"
        path.write_text(cases[number].written())
        print(f"question {number}: Clausal says {answer}, Z3 says {other}: {path}")
    sys.exit(1 if disagreements else 0)


if __name__ == "__main__":
    main()
