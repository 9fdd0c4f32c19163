#!/usr/bin/env python3
"""A library of harness/ may include only what it links.

check.py TARGETS SOURCE_DIR

TARGETS is made by CMake, one line for each target of harness/: "target;folder;library library ...".
All of harness/ is on every include path, so the compiler alone would let any file include any
other. Here each `#include "folder/..."` must name a folder of the libraries that its own target
links, directly or through others (tests and *_testing.h: what the tests link), and the links between
libraries must have no cycle.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([a-z0-9_]+)/', re.M)


def read_targets(file):
    links, folder_of = {}, {}
    for line in pathlib.Path(file).read_text().splitlines():
        target, folder, linked = line.split(";", 2)
        links[target], folder_of[target] = linked.split(), folder
    return links, folder_of


def closure_of(target, links, path=()):
    """All targets that `target` links, itself among them. Exits where the links have a cycle."""
    if target in path:
        sys.exit("a cycle of libraries: " + " -> ".join((*path[path.index(target):], target)))
    found = {target}
    for linked in links.get(target, []):
        if linked in links:
            found |= closure_of(linked, links, (*path, target))
    return found


def main(targets, source):
    links, folder_of = read_targets(targets)
    if not links:
        sys.exit(f"{targets} names no targets")
    # By folder: the folders that its library may include, and those that its tests may.
    reachable, by_tests = {}, {}
    for target, folder in folder_of.items():
        linked = {folder_of[one] for one in closure_of(target, links)}
        reachable.setdefault(folder, set())
        by_tests.setdefault(folder, set()).update(linked)
        if not target.endswith("_tests"):
            reachable[folder].update(linked)
    faults, files = [], 0
    for folder, allowed in sorted(reachable.items()):
        for file in sorted(pathlib.Path(source, folder).rglob("*")):
            if file.suffix not in (".cpp", ".h"):
                continue
            files += 1
            is_test = file.stem.endswith(("_test", "_testing")) or not allowed
            may_include = by_tests[folder] if is_test else allowed
            for match in INCLUDE.finditer(file.read_text()):
                named = match[1]
                if named in reachable and named not in may_include:
                    line = file.read_text().count("\n", 0, match.end(1)) + 1
                    faults.append(f"{file}:{line}: includes {named}/, which {folder}/ does not link")
    undeclared = {path.name for path in pathlib.Path(source).iterdir()
                  if any(path.glob("*.cpp"))} - reachable.keys()
    faults += [f"{source}/{name}: belongs to no target" for name in sorted(undeclared)]
    print("\n".join(faults + [f"{files} files, {len(faults)} includes that are not linked"]))
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
