#!/usr/bin/env python3
"""Merges the results of a large suite, and says how long that took and with how much memory.

  ci/merge_scale.py PROGRAM IMAGE.elf FOLDER [COUNT [PARTS]]

The plan is a real one; one instance of it is run, and its reports are copied for all others, with
result.json changed to name them. Every tenth has failed, with four kilobytes of evidence.
"""
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import time

MOST_INSTANCES = 1000  # of one matrix


def write_scenarios(folder, image, count):
    for number in range(-(-count // MOST_INSTANCES)):
        values = [f"{16 + i}M" for i in range(min(MOST_INSTANCES, count - number * MOST_INSTANCES))]
        (folder / f"s{number}.yaml").write_text(
            f"name: s{number}\nimage: {{kernel: {image}}}\nboots: 1\nmachine: {{vga: false}}\n"
            f"matrix: {{memory: [{', '.join(values)}]}}\n")


def clone(source, target, result, name, fails):
    shutil.copytree(source, target)
    result = dict(result, name=name, attempts=[dict(result["attempts"][0])])
    if fails:
        result["attempts"][0].update(verdict="fail", reason="a check failed", evidence="x" * 4096)
    (target / "result.json").write_text(json.dumps(result))


def main():
    program, image, folder = sys.argv[1], os.path.abspath(sys.argv[2]), pathlib.Path(sys.argv[3])
    count, parts = (int(word) for word in (sys.argv[4:] + ["10000", "40"][len(sys.argv) - 4:])[:2])
    program = os.path.abspath(program)
    folder.mkdir()
    write_scenarios(folder, image, count)
    run = lambda *words: subprocess.run([program, *words], cwd=folder, check=True,
                                        stdout=subprocess.DEVNULL)
    run("plan", *sorted(file.name for file in folder.glob("s*.yaml")), "-q")
    names = [one["name"] for one in json.loads((folder / "plan.json").read_text())["instances"]]
    (folder / "first").write_text(names[0] + "\n")
    run("run", "--plan", "plan.json", "--instances", "first", "--out", "one", "-q")
    source = folder / "one" / names[0].replace("[", "-").replace("]", "")
    result = json.loads((source / "result.json").read_text())
    for i, name in enumerate(names):
        part = folder / f"part-{i % parts}"
        clone(source, part / name.replace("[", "-").replace("]", ""), result, name, i % 10 == 9)

    begin = time.monotonic()
    status = subprocess.run(
        [program, "merge", *(f"part-{i}" for i in range(parts)), "--plan", "plan.json",
         "--out", "all"], cwd=folder, stdout=subprocess.DEVNULL).returncode
    seconds = time.monotonic() - begin
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    counts = json.loads((folder / "all/summary.json").read_text())["counts"]
    size = (folder / "all/summary.md").stat().st_size
    print(f"{len(names)} instances in {parts} parts: {seconds:.2f} s, peak of any command "
          f"{peak:,} KiB, status {status}, {counts}, summary.md {size:,} bytes")


main()
