"""Whole processes on the same pair of files: waydiff diff beside git's word diff and wdiff.

    compare_differs.py DIFF_BENCH WAYDIFF [ROUNDS]

The files are made by `diff_bench --write`. The programs take turns, so that a busy machine slows all alike: medians
of wall-clock milliseconds, and of how many times as long as each other program waydiff took in the same turn. The time
of `waydiff --version` tells how much of it is starting a process.

What a linker or a copy has just written lies in the page cache in other pieces than what was read from a disk, which
takes a tenth longer or less to start. So all programs are put out of the cache first, and read anew.
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def timed(argv):
    start = time.perf_counter()
    run = subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    elapsed = (time.perf_counter() - start) * 1000
    if run.returncode not in (0, 1):
        sys.exit("%s ended with status %d" % (" ".join(argv), run.returncode))
    return elapsed


def read_anew(program):
    file = os.open(program, os.O_RDONLY)
    os.fsync(file)
    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(file)


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    bench, waydiff = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) == 4 else 15
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([bench, "--write", folder], check=True)
        sizes = sorted(int(name.split(".")[0]) for name in os.listdir(folder) if name.endswith(".old.md"))
        programs = {"waydiff diff": [waydiff, "diff", "--format", "json"],
                    "git word diff": ["git", "diff", "--no-index", "--word-diff"],
                    "wdiff": ["wdiff"]}
        programs = {name: argv for name, argv in programs.items() if shutil.which(argv[0])}
        for argv in programs.values():
            read_anew(shutil.which(argv[0]))
        start = statistics.median(timed([waydiff, "--version"]) for _ in range(rounds))
        print("median milliseconds of %d runs; starting waydiff takes %.1f" % (rounds, start))
        others = [name for name in programs if name != "waydiff diff"]
        print("%8s" % "KB" + "".join("%16s" % name for name in programs) +
              "".join("%24s" % ("times " + name) for name in others))
        for size in sizes:
            old, new = (os.path.join(folder, "%d.%s.md" % (size, side)) for side in ("old", "new"))
            times = {name: [] for name in programs}
            for _ in range(rounds):
                for name, argv in programs.items():
                    times[name].append(timed([*argv, old, new]))
            ratios = {name: statistics.median(a / b for a, b in zip(times["waydiff diff"], times[name]))
                      for name in others}
            print("%8d" % size + "".join("%16.2f" % statistics.median(times[name]) for name in programs) +
                  "".join("%24.2f" % ratios[name] for name in others))


if __name__ == "__main__":
    main()
