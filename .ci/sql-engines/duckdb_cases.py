"""Runs the cases of a folder on DuckDB and compares every answer with the expected one."""

import pathlib
import sys

import duckdb


def lines(rows):
    return sorted("|".join("" if cell is None else str(cell) for cell in row) for row in rows)


def main(cases):
    count = 0
    for case in sorted(pathlib.Path(cases).iterdir()):
        database = duckdb.connect()
        # A session in another zone: it may not matter.
        database.execute("SET TimeZone = 'Asia/Kathmandu'")
        database.execute((case / "duckdb.sql").read_text(encoding="utf-8"))
        for query in sorted((case / "questions").glob("*.sql")):
            found = lines(database.execute(query.read_text(encoding="utf-8")).fetchall())
            expected = sorted(query.with_suffix(".expected").read_text(encoding="utf-8").splitlines())
            if found != expected:
                print(f"DuckDB says something else in {case.name}/{query.name}")
                for line in sorted(set(expected) - set(found))[:10]:
                    print("expected", line)
                for line in sorted(set(found) - set(expected))[:10]:
                    print("found   ", line)
                sys.exit(1)
            count += len(found)
    print(f"DuckDB {duckdb.__version__}: {count} answers as expected")


main(sys.argv[1])
