"""Runs job.py on a cluster of this machine, kills one of its two workers in the middle, and holds the findings to those
of one machine.

cluster.py PROGRAM ARTICLES.jsonl FOLDER

Needs Java 17 and pyspark; the ports are those of the loopback device that are free.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
HERE = "127.0.0.1"
PARTITIONS = 12
OPTIONS = ["--confidence", "low"]


def free_port():
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return probe.getsockname()[1]


def environment(work):
    return {**os.environ, "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": HERE, "PYSPARK_PYTHON": sys.executable,
            "SPARK_WORKER_DIR": str(work), "SPARK_LOCAL_DIRS": str(work), "SPARK_DAEMON_MEMORY": "512m"}


def daemon(work, name, *arguments):
    """A part of the cluster, with everything that it starts in a group of its own."""
    log = open(work / f"{name}.log", "wb")
    command = [HOME / "bin" / "spark-class", f"org.apache.spark.deploy.{name.split('-')[0]}", *arguments]
    return subprocess.Popen(command, env=environment(work), stdout=log, stderr=log, start_new_session=True)


def kill(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def asked(url):
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return json.load(answer)
    except (OSError, ValueError):  # Not up yet.
        return None


def until(happened, seconds=90):
    """Waits for something, and gives it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := happened():
            return found
        time.sleep(0.2)
    raise TimeoutError("the cluster does not get on")


def first_task_done(port):
    """Whether a first task of the application is done while others run."""
    application = f"http://{HERE}:{port}/api/v1/applications"
    for known in asked(application) or []:
        for stage in asked(f"{application}/{known['id']}/stages") or []:
            if stage["status"] == "ACTIVE" and 0 < stage["numCompleteTasks"] < stage["numTasks"]:
                return stage
    return None


def one_machine(program, articles):
    command = [program, "check", "--stdin-jsonl", "--format", "json", *OPTIONS]
    with open(articles, "rb") as lines:
        report = json.loads(subprocess.run(command, stdin=lines, stdout=subprocess.PIPE, check=False).stdout)
    return sorted(json.dumps(finding, sort_keys=True) for finding in report["diagnostics"])


def main(program, articles, folder):
    work = Path(folder)
    work.mkdir(parents=True, exist_ok=True)
    # Slow enough that a worker can be lost in the middle of the articles.
    slow = work / "clinlint"
    slow.write_text(f'#!/bin/sh\nsleep 1\nexec "{Path(program).resolve()}" "$@"\n')
    slow.chmod(0o755)
    port, page = free_port(), free_port()
    master = f"spark://{HERE}:{port}"
    started = []
    try:
        started.append(daemon(work, "master.Master", "--host", HERE, "--port", str(port), "--webui-port", str(page)))
        workers = [daemon(work, f"worker.Worker-{number}", "--host", HERE, "--webui-port", "0", "--cores", "1", "--memory", "1g", master)
                   for number in (1, 2)]
        started += workers
        until(lambda: len((asked(f"http://{HERE}:{page}/json/") or {}).get("workers", [])) == 2)
        print("2 workers are up")
        driver = free_port()
        job = [sys.executable, Path(__file__).with_name("job.py"), Path(articles).resolve(), work / "out", "--clinlint", slow,
               "--partitions", str(PARTITIONS), "--master", master, "--compare", " ".join(OPTIONS)]
        submit = environment(work) | {"PYSPARK_SUBMIT_ARGS": f"--conf spark.ui.port={driver} --conf spark.executor.memory=512m "
                                      f"--conf spark.driver.host={HERE} --conf spark.ui.showConsoleProgress=false pyspark-shell"}
        with open(work / "job.log", "wb") as log:
            running = subprocess.Popen(job, env=submit, stdout=log, stderr=log)
            started.append(running)
            stage = until(lambda: first_task_done(driver))
            print(f"{stage['numCompleteTasks']} of {stage['numTasks']} partitions of articles are read: worker 2 is killed")
            kill(workers[1])
            status = running.wait(timeout=600)
        log = (work / "job.log").read_text(errors="replace")
        lost = [line for line in log.splitlines() if "Lost executor" in line or "Lost task" in line]
        print("\n".join(line[line.index("WARN" if "WARN" in line else "ERROR"):][:110] for line in lost[:4]))
        if status != 0 or not lost:
            sys.exit(f"status {status}, {len(lost)} losses\n{log[-3000:]}")
        found = [json.dumps(json.loads(line), sort_keys=True) for line in (work / "out" / "findings.jsonl").open()]
        expected = one_machine(program, articles)
        print(f"{len(found)} findings on the cluster, {len(expected)} on one machine")
        if sorted(found) != expected:
            sys.exit("they differ")
        print("they are the same")
    finally:
        for process in reversed(started):
            kill(process) if process.poll() is None and process.pid == os.getpgid(process.pid) else process.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
