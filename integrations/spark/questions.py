"""Asks the tables of job.py with Spark SQL and with DuckDB, and holds the answers to each other.

questions.py FOLDER
"""

import sys
from pathlib import Path

import duckdb
from pyspark.sql import SparkSession

QUESTIONS = {
    "Claims by kind": "SELECT kind, count(*) AS claims FROM claims GROUP BY kind ORDER BY claims DESC, kind",
    "The drugs with most starting doses, and how many different ones": """
        SELECT drugs[{first}] AS drug, count(*) AS claims, count(DISTINCT value.dose.amount.range.low) AS doses
        FROM claims WHERE value.dose.phase = 'start' AND {size}(drugs) = 1
        GROUP BY drugs[{first}] ORDER BY claims DESC, drug LIMIT 5""",
    "Findings by lint": "SELECT code, count(*) AS findings FROM findings GROUP BY code ORDER BY findings DESC, code",
}


def main(folder):
    tables = {name: str(Path(folder).resolve() / f"{name}.parquet") for name in ("claims", "findings")}
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    duck = duckdb.connect()
    for name, path in tables.items():
        spark.read.parquet(f"file://{path}").createOrReplaceTempView(name)
        duck.execute(f"CREATE VIEW {name} AS SELECT * FROM '{path}/*.parquet'")
    for title, question in QUESTIONS.items():
        # Lists begin at 0 in Spark SQL, at 1 in DuckDB.
        of_spark = [tuple(row) for row in spark.sql(question.format(first=0, size="size")).collect()]
        of_duck = duck.execute(question.format(first=1, size="len")).fetchall()
        print(f"{title}\n" + "\n".join(f"  {' '.join(str(value) for value in row)}" for row in of_duck))
        if of_spark != of_duck or not of_duck:
            sys.exit(f"Spark SQL answers {of_spark}")
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1])
