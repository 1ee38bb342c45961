"""Finds contradictions among any number of articles on Apache Spark.

    job.py ARTICLES FOLDER [--clinlint PROGRAM] [--partitions N] [--master URL] [--compare OPTIONS]

ARTICLES are JSON lines, {"path": "a.md", "text": "..."}: a file, a folder or a pattern that Spark can read. FOLDER
takes `findings.jsonl` (sorted), `findings.parquet` and `claims.parquet`.

Articles are read partition by partition, claims are shuffled by key, and each key is compared once. Both steps run the
program with lines on its standard input; whatever a lost worker had done is done again elsewhere.
"""

import argparse
import itertools
import json
import shlex
import subprocess
import sys
import threading
import zlib
from pathlib import Path

from pyspark import StorageLevel
from pyspark.sql import SparkSession, functions

JUDGED = '{"judged":'
# A claim states one of these.
KINDS = ["dose", "titration", "numberneeded", "rate", "onset", "contraindication", "line"]


def piped(command, good, lines):
    """The lines that a program makes of lines; it has to end with a status that is good."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    failures = []

    def feed():
        try:
            with process.stdin as stdin:
                for line in lines:
                    stdin.write(line.encode() + b"\n")
        except Exception as error:  # Told below: an error in a thread is seen by nobody.
            failures.append(error)

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    with process.stdout as stdout:
        for line in stdout:
            yield line.decode().rstrip("\n")
    feeder.join()
    status = process.wait()
    if status not in good or failures:
        raise RuntimeError(f"{' '.join(command)}: status {status} {failures}")


def key(line):
    """The key of a line of claims, with its kind."""
    (kind, part), = json.loads(line).items()
    return json.dumps([kind, part["key"]])


def compared(lines, judged, command, partitions):
    """The findings, one JSON object a line."""
    by_key = lines.filter(lambda line: not line.startswith(JUDGED)).map(lambda line: (line, zlib.crc32(key(line).encode())))
    # The hash is the value, so that it is reckoned once; lines sort by themselves.
    shuffled = by_key.map(lambda pair: ((pair[1], pair[0]), None)).repartitionAndSortWithinPartitions(
        partitions, lambda pair: pair[0] % partitions, keyfunc=lambda pair: pair[1]
    )
    parts = shuffled.map(lambda pair: pair[0][1])
    # Nothing found is status 0, something is 1.
    return parts.mapPartitions(lambda part: piped(command, (0, 1), itertools.chain(judged.value, part)))


def claims_table(spark, lines):
    """The claims as a table: each claim once, under its own subject."""
    parts = spark.read.json(lines.filter(lambda line: line.startswith('{"part":'))).select("part.*")
    rows = parts.select("key", "article.path", "article.dated", "article.places", functions.explode("article.claims").alias("claim"))
    rows = rows.where("claim.drugs = key")
    known = [kind for kind in KINDS if kind in rows.select("claim.value.*").columns]
    kind = functions.coalesce(*[functions.when(functions.col(f"claim.value.{kind}").isNotNull(), functions.lit(kind)) for kind in known])
    line = functions.expr("filter(places, place -> place.offset = claim.span.start)[0].line")
    return rows.select("path", line.alias("line"), "claim.drugs", kind.alias("kind"), "claim.quote", "claim.value", "claim.context", "claim.citations", "claim.section")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clinlint", default="clinlint", help="the program, in the same place on every worker")
    parser.add_argument("--partitions", type=int, default=64)
    parser.add_argument("--master", help="else what spark-submit says")
    parser.add_argument("--compare", default="", metavar="OPTIONS", help="options of `clinlint compare`: '--confidence low'")
    arguments = parser.parse_args()

    builder = SparkSession.builder.appName("clinlint")
    spark = (builder.master(arguments.master) if arguments.master else builder).getOrCreate()
    reading = [arguments.clinlint, "claims", "--stdin-jsonl", "--threads", "1"]
    # A wrong configuration fails here and not in every partition; after that, status 2 means a lost article, which
    # the log of its worker names.
    trial = subprocess.run(reading, input=b'{"path": "a.md", "text": ""}\n', check=False)
    if trial.returncode != 0:
        sys.exit(f"{arguments.clinlint} fails with status {trial.returncode}")

    articles = spark.sparkContext.textFile(arguments.articles, arguments.partitions).repartition(arguments.partitions)
    lines = articles.mapPartitions(lambda part: piped(reading, (0, 2), part)).persist(StorageLevel.DISK_ONLY)
    judged = spark.sparkContext.broadcast(lines.filter(lambda line: line.startswith(JUDGED)).distinct().collect())
    command = [arguments.clinlint, "compare", *shlex.split(arguments.compare)]
    findings = compared(lines, judged, command, arguments.partitions).persist(StorageLevel.DISK_ONLY)

    arguments.folder.mkdir(parents=True, exist_ok=True)
    found = sorted(findings.collect())
    (arguments.folder / "findings.jsonl").write_text("".join(f"{line}\n" for line in found))
    write = lambda table, name: table.write.mode("overwrite").parquet((arguments.folder / name).resolve().as_uri())
    write(claims_table(spark, lines), "claims.parquet")
    if found:
        write(spark.read.json(findings), "findings.parquet")
    print(f"{len(found)} findings")
    spark.stop()


if __name__ == "__main__":
    main()
