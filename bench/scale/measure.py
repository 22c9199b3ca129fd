"""A made store of many captures, and what it costs to work with it.

    measure.py MAKE_STORE WAYDIFF FOLDER CAPTURES TARGETS

Prints what MAKE_STORE says, captures a second of `waydiff process` on one thread and on two with the memory at their most, and
medians of 15 runs of the commands about one target, as processes.
"""
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time


def timed(argv):
    start = time.perf_counter()
    run = subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if run.returncode != 0:
        sys.exit("%s ended with status %d: %s" % (" ".join(argv), run.returncode, run.stderr))
    return time.perf_counter() - start


def with_memory(argv):
    """Seconds, and the most memory in MB, of this one child."""
    start = time.perf_counter()
    child = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit("%s ended with status %d" % (" ".join(argv), status))
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main():
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    make_store, waydiff, folder, captures, targets = sys.argv[1:]
    store = os.path.join(folder, "made.db")
    subprocess.run([make_store, store, captures, targets], check=True)

    # A tenth of the targets says it of all, and leaves the store as it was for the other figure.
    part = os.path.join(folder, "part.db")
    few = str(max(int(targets) // 10, 10))
    subprocess.run([make_store, part, str(int(captures) // 10), few], check=True, stdout=subprocess.DEVNULL)
    for threads in ("1", "2"):
        copy = os.path.join(folder, "copy.db")
        shutil.copyfile(part, copy)
        seconds, most = with_memory([waydiff, "process", "--db", copy, "--threads", threads, "--quiet"])
        again, _ = with_memory([waydiff, "process", "--all", "--db", copy, "--threads", threads, "--quiet"])
        print("process, %s captures, %s thread%s: %.0f captures/s, --all %.0f captures/s, %.0f MB"
              % (int(captures) // 10, threads, "" if threads == "1" else "s", int(captures) / 10 / seconds,
                 int(captures) / 10 / again, most))
        os.remove(copy)
    os.remove(part)

    seconds, most = with_memory([waydiff, "process", "--db", store, "--quiet"])
    print("process, %s captures: %.0f captures/s, %.0f MB; the store has %.0f MB"
          % (captures, int(captures) / seconds, most, os.path.getsize(store) / 1e6))
    address = "https://www.site%d.example/privacy" % (int(targets) // 2)
    for argv in (["log", address], ["blame", address], ["status", address],
                 ["search", "biometric", "--site", "site%d.example" % (int(targets) // 2)],
                 ["search", "biometric"], ["search", "--changes", "biometric consent"]):
        took = statistics.median(timed([waydiff, *argv, "--db", store]) for _ in range(15))
        print("%-44s %7.1f ms" % (" ".join(argv), took * 1000))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
