#include "soak/care.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <thread>

#include "soak/damage.hpp"
#include "soak/stage.hpp"
#include "soak/store_dump.hpp"
#include "storage/store.hpp"

namespace waydiff::soak {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using Words = std::vector<std::string>;

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What stands in a folder under a name that begins so.
Words named(const fs::path& folder, const std::string& beginning) {
  Words names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (std::string name = entry.path().filename().string(); name.starts_with(beginning)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

void remove_all_named(const fs::path& folder, const std::string& beginning) {
  for (const std::string& name : named(folder, beginning)) fs::remove(folder / name);
}

std::string joined(const Words& words) {
  std::string line;
  for (const std::string& word : words) line += " " + word;
  return line;
}

enum class Blow { kill, full_disk };

struct Struck {
  int status = 0;
  bool killed = false;
  std::string said;
};

/// A store that is only read: what it said and was before.
struct Source {
  fs::path file;
  std::string bytes;
};

class Handling {
 public:
  Handling(std::uint64_t seed, const fs::path& folder) : top_(folder), stage_(seed, folder), dice_(~seed) {
    care.seed = seed;
  }

  void carry_out() {
    whole_ = stage_.prepare("whole", quick);
    if (!settles(whole_, {"run"}, "an undisturbed run")) return;
    said_whole_ = said(store_in(whole_));
    for (const std::string shard : {"1", "2"}) {
      const fs::path folder = stage_.prepare("shard" + shard, quick);
      if (!settles(folder, {"run", "--shard", shard + "/2"}, "shard " + shard)) return;
      shards_.push_back({store_in(folder), bytes_of(store_in(folder))});
    }
    merge();
    back_up();
    back_up_beside_a_run();
    mend();
  }

  Care care;

 private:
  static constexpr Blow blows[] = {Blow::kill, Blow::full_disk, Blow::kill, Blow::full_disk, Blow::kill, Blow::kill};

  void problem(const std::string& text) { care.problems.push_back(text); }

  bool settles(const fs::path& folder, const Words& arguments, const std::string& what, int wanted = 0) {
    Child child(folder, "settled", arguments);
    const int status = finish(child);
    if (status != wanted) problem(what + " ends with " + shown(status) + ": " + child.err());
    return status == wanted;
  }

  StoreDump said(const fs::path& store, const Words& except = {}) {
    // Whatever a kill left beside it is brought in: dump() only reads.
    if (const auto opened = storage::Store::open(store, storage::Mode::read); !opened) problem(opened.error().detail);
    auto all = dump(store, except);
    if (!all) problem(all.error().detail);
    return all ? std::move(*all) : StoreDump{};
  }

  /// Nothing but `wanted`, and in order.
  void expect_store(const fs::path& folder, const std::string& name, const StoreDump& wanted, const std::string& what) {
    if (const std::string text = difference(wanted, said(folder / name)); !text.empty()) {
      problem(what + ", " + name + " is not what it should be:\n" + text);
    }
    if (const std::string text = complaint(folder, name); !text.empty()) problem(what + ", verify: " + text);
  }

  void expect_unharmed(const std::vector<Source>& sources, const std::string& what) {
    for (const Source& source : sources) {
      if (bytes_of(source.file) != source.bytes) problem(what + " changed " + source.file.string());
    }
  }

  /// Runs it, and kills it within the time that it usually takes, or gives it a disk that may be too small for what
  /// it usually writes.
  Struck strike(Blow blow, const fs::path& folder, const Words& arguments, Clock::duration usual, std::uintmax_t room) {
    std::optional<long long> disk;
    if (blow == Blow::full_disk) {
      ++care.full_disks;
      disk = static_cast<long long>(dice_() % std::max<std::uintmax_t>(room, 1));
    }
    Child child(folder, "struck", arguments, disk);
    if (blow == Blow::full_disk) {
      const int status = finish(child);
      const std::string complaint = complaint_on_full_disk(status, child.err());
      if (!complaint.empty()) problem(arguments.front() + ": " + complaint);
      return {status, false, child.err()};
    }
    const auto most = std::chrono::duration_cast<std::chrono::microseconds>(usual).count();
    const std::chrono::microseconds patience(dice_() % static_cast<std::uint64_t>(std::max<long>(most, 1)));
    if (const auto status = child.wait_until(Clock::now() + patience)) return {*status, false, child.err()};
    child.kill();
    (void)child.wait_until(Clock::now() + std::chrono::seconds(10));
    ++care.kills;
    return {0, true, child.err()};
  }

  void merge() {
    const fs::path folder = top_ / "merge";
    fs::create_directories(folder);
    Words join = {"merge", "reference.db", shards_[0].file.string(), shards_[1].file.string()};
    const auto begun = Clock::now();
    if (!settles(folder, join, "an undisturbed merge")) return;
    const auto usual = Clock::now() - begun;
    const StoreDump wanted = said(folder / "reference.db", stage_.searched());
    if (const std::string text = difference(said(store_in(whole_), stage_.searched()), wanted); !text.empty()) {
      problem("the merged shards are not the store of one run:\n" + text);
    }
    const StoreDump all = said(folder / "reference.db");
    join[1] = "all.db";
    const std::uintmax_t room = 4 * fs::file_size(folder / "reference.db");
    for (const Blow blow : blows) {
      ++care.merges;
      const Struck struck = strike(blow, folder, join, usual, room);
      expect_unharmed(shards_, "merge");
      if (fs::exists(folder / "all.db")) {
        expect_store(folder, "all.db", all, "after " + after(struck));
        const std::string before = bytes_of(folder / "all.db");
        if (settles(folder, join, "merge over a store", 2) && bytes_of(folder / "all.db") != before) {
          problem("merge changed a store that was there already");
        }
        remove_all_named(folder, "all.db");
      } else if (struck.status == 0 && !struck.killed) {
        problem("merge says that it is done, and there is no store");
      } else if (!struck.killed && !named(folder, "all.db").empty()) {
        problem("merge, " + after(struck) + ", leaves" + joined(named(folder, "all.db")));
      }
    }
    if (!settles(folder, join, "merge once more")) return;
    if (named(folder, "all.db") != Words{"all.db"}) problem("merge leaves" + joined(named(folder, "all.db")));
    expect_store(folder, "all.db", all, "merged once more");
    for (const Source& shard : shards_) {
      if (const std::string text = complaint(top_, shard.file.string()); !text.empty()) problem("a shard: " + text);
    }
  }

  static std::string after(const Struck& struck) {
    return struck.killed ? "a kill" : shown(struck.status) + " (" + struck.said + ")";
  }

  /// Over an older copy that was itself killed while it was written, so that commits wait beside it.
  void back_up() {
    const fs::path folder = top_ / "backup";
    fs::create_directories(folder);
    const std::vector<Source> source = {{store_in(whole_), bytes_of(store_in(whole_))}};
    const Words first = {"backup", "copy.db", "--db", shards_[0].file.string()};
    const Words again = {"backup", "copy.db", "--force", "--db", source[0].file.string()};
    const StoreDump of_shard = said(shards_[0].file);
    const auto begun = Clock::now();
    if (!settles(folder, again, "an undisturbed backup")) return;
    const auto usual = Clock::now() - begun;
    const std::uintmax_t room = fs::file_size(folder / "copy.db") * 5 / 4;
    for (const Blow blow : blows) {
      remove_all_named(folder, "copy.db");
      if (!settles(folder, first, "a first backup")) return;
      (void)strike(Blow::kill, folder, {"process", "--all", "--db", "copy.db"}, usual, 0);
      const StoreDump old = said(folder / "copy.db");
      ++care.backups;
      const Struck struck = strike(blow, folder, again, usual, room);
      expect_unharmed(source, "backup");
      const StoreDump now = said(folder / "copy.db");
      if (!difference(said_whole_, now).empty() && !difference(old, now).empty()) {
        problem("after " + after(struck) + ", the copy is neither the old nor the new");
      }
      if (!struck.killed && struck.status == 0 && !difference(said_whole_, now).empty()) {
        problem("backup says that it is done, but the copy is not the store:\n" + difference(said_whole_, now));
      }
      if (!struck.killed && named(folder, "copy.db.unfinished") != Words{}) {
        problem("backup, " + after(struck) + ", leaves" + joined(named(folder, "copy.db.unfinished")));
      }
      if (const std::string text = complaint(folder, "copy.db"); !text.empty()) {
        problem("verify of the copy, after " + after(struck) + ", " + text);
      }
    }
    remove_all_named(folder, "copy.db");
    if (!settles(folder, again, "backup once more")) return;
    if (named(folder, "copy.db") != Words{"copy.db"}) problem("backup leaves" + joined(named(folder, "copy.db")));
    expect_store(folder, "copy.db", said_whole_, "copied once more");
    expect_unharmed(source, "backup and verify");
  }

  /// Copies of a store at whatever moment of a run, which is killed once and begun again.
  void back_up_beside_a_run() {
    const fs::path folder = stage_.prepare("busy", paced);
    std::vector<std::string> kept;
    bool to_be_killed = true;
    for (int status = for_ever; status != 0;) {
      Child run(folder, "run", {"run"});
      const auto end = Clock::now() + (to_be_killed ? milliseconds(100 + dice_() % 1200) : milliseconds(longest_run));
      for (status = for_ever; status == for_ever && Clock::now() < end;) {
        if (const auto ended = run.wait_until(Clock::now() + milliseconds(10 + dice_() % 150))) {
          status = *ended;
          break;
        }
        const milliseconds patience(dice_() % 2 == 0 ? 150 : 2000);
        const std::string name = "copy" + std::to_string(care.backups++) + ".db";
        const Struck struck = strike(Blow::kill, folder, {"backup", name}, patience, 0);
        const bool no_store_yet = struck.status == 2 && struck.said.find("no s") != std::string::npos;
        if (!struck.killed && struck.status != 0 && !no_store_yet) {
          problem("backup beside a run, " + shown(struck.status) + ": " + struck.said);
        }
        if (fs::exists(folder / name)) kept.push_back(name);
      }
      if (status == for_ever) {
        if (!to_be_killed) return problem("a run beside backups takes for ever");
        run.kill();
        (void)run.wait_until(Clock::now() + std::chrono::seconds(10));
        ++care.kills;
        to_be_killed = false;
      } else if (status != 0) {
        return problem("a run beside backups ends with " + shown(status) + ": " + run.err());
      }
    }
    care.beside_a_run = kept.size();
    const StoreDump wanted = said(store_in(whole_), stage_.searched());
    if (const std::string text = difference(wanted, said(store_in(folder), stage_.searched())); !text.empty()) {
      problem("the store that was copied while it was written:\n" + text);
    }
    for (const std::string& name : kept) {
      if (const std::string text = complaint(folder, name); !text.empty()) problem(name + ": " + text);
    }
    if (kept.empty()) return;
    // A copy is a store: a run that goes on from it ends where the other did.
    const fs::path other = stage_.prepare("continued", quick);
    fs::copy_file(folder / kept[dice_() % kept.size()], store_in(other));
    if (!settles(other, {"run"}, "a run that goes on from a copy")) return;
    if (const std::string text = difference(wanted, said(store_in(other), stage_.searched())); !text.empty()) {
      problem("a run that went on from a copy:\n" + text);
    }
  }

  void mend() {
    const fs::path folder = stage_.prepare("damaged", quick), sample = stage_.prepare("mended", quick);
    fs::copy_file(store_in(whole_), store_in(folder));
    const auto damage = spoil(store_in(folder), dice_);
    if (!damage) return problem(damage.error().detail);
    const std::string damaged = bytes_of(store_in(folder));
    fs::copy_file(store_in(folder), store_in(sample));
    const StoreDump before = said(store_in(folder));
    const auto begun = Clock::now();
    const int usual_status = damage->only_indexes ? 0 : 3;
    if (!settles(sample, {"verify", "--mend"}, "an undisturbed mend of" + damage->what, usual_status)) return;
    const auto usual = Clock::now() - begun;
    const StoreDump after_mend = said(store_in(sample));
    const std::uintmax_t room = 2 * fs::file_size(store_in(sample));
    for (const Blow blow : blows) {
      ++care.mends;
      const Struck struck = strike(blow, folder, {"verify", "--mend"}, usual, room);
      const bool is_mended = complaint(folder).empty();
      const StoreDump now = said(store_in(folder));
      if (const std::string text = difference(is_mended ? after_mend : before, now); !text.empty()) {
        problem("mending, " + after(struck) + ", the store is neither damaged nor mended:\n" + text);
      }
      if (!struck.killed && struck.status == usual_status && !is_mended) problem("mended, it says, but is not");
      if (!is_mended) continue;
      remove_all_named(folder, "policies.db");
      std::ofstream(store_in(folder), std::ios::binary) << damaged;
    }
    if (!settles(folder, {"verify", "--mend"}, "mending once more", usual_status)) return;
    expect_store(folder, "policies.db", after_mend, "mended once more");
    for (const fs::path& mended : {sample, folder}) {
      if (!settles(mended, {"run"}, "a run of a mended store")) return;
      const StoreDump wanted = said(store_in(whole_), stage_.searched());
      if (const std::string text = difference(wanted, said(store_in(mended), stage_.searched())); !text.empty()) {
        problem("mended of" + damage->what + " and run, it is not the store that it was:\n" + text);
      }
      if (const std::string text = complaint(mended); !text.empty()) problem("verify of a mended store, " + text);
    }
  }

  fs::path top_;
  Stage stage_;
  std::mt19937_64 dice_;
  fs::path whole_;
  StoreDump said_whole_;
  std::vector<Source> shards_;
};

}  // namespace

Care take_care(std::uint64_t seed, const fs::path& folder) {
  const auto begun = Clock::now();
  Handling work(seed, folder);
  work.carry_out();
  work.care.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  return work.care;
}

}  // namespace waydiff::soak
