"""clang-tidy on every source that git knows, errors and all; exit status 1 where it found something.

A source is looked at again only when it, a header of ours that it includes, the list of checks or
the flags of the whole build have changed: what was found clean is noted in build/tidy. Most of the
time goes into headers, and the checks look into those of the system too; so files that build/asan
compiles together are checked together, and one by one only where that finds something or few of
them have changed.

Tests are exempt: half of what clang-tidy says of them is about GoogleTest's macros. So are the fuzz
targets, which the release build does not compile as they are.
"""

import concurrent.futures
import hashlib
import os
import pathlib
import re
import subprocess
import sys

CLEAN = pathlib.Path("build/tidy")
DATABASE = CLEAN / "database"
TOGETHER = 3  # so many changed files of one unit are worth the whole unit
# A unit includes sources, and diagnostics in them are not in the main file.
UNIT_OPTIONS = ["--checks=-bugprone-suspicious-include",
                r"--header-filter=(harness|kernel_lib|unikernel)/.*\.(h|cpp)$"]


def lines_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()


def sources():
    return lines_of("git", "ls-files", "--", "harness/*.cpp", "kernel_lib/*.cpp", "unikernel/*.cpp",
                    ":!*_test.cpp", ":!harness/fuzz/*", ":!unikernel/jit/corpus/*",
                    ":!unikernel/jit/bitcode/fuzz/*", ":!unikernel/jit/bitcode/testdata/*", ":!unikernel/jit/llama/*",
                    ":!unikernel/jit/selfhost/compiler_program.cpp",
                    ":!unikernel/jit/selfhost/without_interpreter.cpp")


def dependencies():
    """Of each source the files of ours that the last build saw it read, alone or in a unit."""
    root, build = pathlib.Path.cwd(), pathlib.Path("build/release").resolve()
    of, read = {}, set()
    for line in lines_of("ninja", "-C", str(build), "-t", "deps"):
        if not line.startswith(" "):
            read = set()
            continue
        path = pathlib.Path(os.path.normpath(build / line.strip()))
        if not path.is_relative_to(root) or path.is_relative_to(build):
            continue
        read.add(str(path.relative_to(root)))
        if path.suffix == ".cpp":
            of.setdefault(str(path.relative_to(root)), []).append(read)
    return {source: set().union(*reads) for source, reads in of.items()}


def digest(path):
    try:
        return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
    except FileNotFoundError:
        return "gone"


def stamps(files):
    """Of each file the note that says it was found clean as it is now."""
    of, known = dependencies(), {}
    for file in files:
        all_of_it = hashlib.sha256()
        for path in [".clang-tidy", "CMakeLists.txt", *sorted(of.get(file, set()) | {file})]:
            known.setdefault(path, digest(path))
            all_of_it.update(f"{path} {known[path]}\n".encode())
        yield file, CLEAN / f"{file.replace('/', '_')}.{all_of_it.hexdigest()[:16]}"


def units():
    """The files that CMake made of several sources, with these."""
    for unit in pathlib.Path("build/asan").glob("harness/**/unity_*_cxx.cxx"):
        included = re.findall(r'^#include "(.*)"', unit.read_text(), re.MULTILINE)
        yield str(unit), {os.path.relpath(one) for one in included}


def tidy(database, file, *options):
    """What clang-tidy finds, or nothing."""
    run = subprocess.run(["clang-tidy-19", "--quiet", "-p", database, *options, file],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return run.stdout or f"{file}: clang-tidy failed\n" if run.returncode else ""


def write_database():
    """How each source is compiled by itself: the release build compiles those of a library together."""
    subprocess.run(["cmake", "--preset", "release", "-B", str(DATABASE), "-DUNIHARNESS_UNITY=OFF",
                    "-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON"], check=True, stdout=subprocess.DEVNULL)


def note_clean(stamp):
    for old in CLEAN.glob(stamp.stem + ".*"):
        old.unlink()
    stamp.touch()


def main():
    CLEAN.mkdir(parents=True, exist_ok=True)
    todo = {file: stamp for file, stamp in stamps(sources()) if not stamp.exists()}
    found = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        together = {}
        for unit, members in units():
            if len(members & todo.keys()) >= TOGETHER:
                together[pool.submit(tidy, "build/asan", unit, *UNIT_OPTIONS)] = members
        for unit in concurrent.futures.as_completed(together):
            if unit.result():
                continue  # its files are looked at one by one, which says the same more clearly
            for file in together[unit] & todo.keys():
                note_clean(todo.pop(file))
        if todo:
            write_database()
        alone = {pool.submit(tidy, str(DATABASE), file): file for file in todo}
        for one in concurrent.futures.as_completed(alone):
            if one.result():
                found += 1
                sys.stderr.write(one.result())
            else:
                note_clean(todo[alone[one]])
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
