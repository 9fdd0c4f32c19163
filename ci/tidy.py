"""clang-tidy on every source that git knows, errors and all; exit status 1 where it found something.

A source is looked at again only when it, a header of ours that it includes, the list of checks or
the flags of the whole build have changed: what was found clean is noted in build/tidy. Most of the
time goes into headers, and the checks look into those of the system too; so files of a folder are
checked together, and one by one only where that finds something or few of them have changed.

Tests are exempt: half of what clang-tidy says of them is about GoogleTest's macros. So are the fuzz
targets, which the release build does not compile as they are.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

CLEAN = pathlib.Path("build/tidy")
DATABASE = CLEAN / "database"
UNITS = CLEAN / "units"
TOGETHER = 2  # so many files are worth a unit
AT_MOST = 40  # in one unit: a clang-tidy takes 1 GB of memory then
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


def flags(entry):
    """How a file is compiled, without its own name and its object's."""
    words = shlex.split(entry["command"])
    return tuple(word for before, word in zip(["", *words], words) if before != "-o" and word != entry["file"])


def units(files):
    """Files of one folder and the same flags, in one file that includes them; and how that is compiled.

    Yields its entry in a database, and the files. Two that give one name to two things do not compile
    together, and so are looked at one by one; as are those of which there are few.
    """
    alike = {}
    for entry in json.loads((DATABASE / "compile_commands.json").read_text()):
        file = os.path.relpath(entry["file"])
        if file in files:
            alike.setdefault((os.path.dirname(file), flags(entry)), {})[file] = entry
    for number, members in enumerate(alike.values()):
        names = sorted(members)
        for begin in range(0, len(names), AT_MOST):
            some = names[begin:begin + AT_MOST]
            unit = UNITS.absolute() / f"{number}_{begin}.cpp"
            unit.write_text("".join(f'#include "{pathlib.Path(name).absolute()}"\n' for name in some))
            like = members[some[0]]
            yield {**like, "file": str(unit), "command": like["command"].replace(like["file"], str(unit))}, some


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
    if not todo:
        return 0
    write_database()
    shutil.rmtree(UNITS, ignore_errors=True)
    UNITS.mkdir()
    together = sorted(units(todo.keys()), key=lambda unit: -len(unit[1]))  # the long ones first
    (UNITS / "compile_commands.json").write_text(json.dumps([entry for entry, _ in together]))
    grouped = {file for _, files in together for file in files}
    alone = todo.keys() - grouped | {file for _, files in together if len(files) < TOGETHER for file in files}
    found = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = {pool.submit(tidy, str(UNITS), entry["file"], *UNIT_OPTIONS): files
                for entry, files in together if not alone.issuperset(files)}
        for run in concurrent.futures.as_completed(runs):
            if run.result():
                alone.update(runs[run])  # which says the same more clearly
        for file in todo.keys() - alone:
            note_clean(todo[file])
        runs = {pool.submit(tidy, str(DATABASE), file): file for file in alone}
        for one in concurrent.futures.as_completed(runs):
            if one.result():
                found += 1
                sys.stderr.write(one.result())
            else:
                note_clean(todo[runs[one]])
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
