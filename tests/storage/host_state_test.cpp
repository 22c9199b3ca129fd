#include "storage/host_state.hpp"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>
#include <vector>

#include "tests/storage/scratch.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;
using testing::HasSubstr;

std::string text_of(HostState& state, const std::string& host) {
  std::string text;
  const auto done = state.update(host, [&](std::string_view found) -> core::Result<std::string> {
    text = found;
    return text;
  });
  EXPECT_TRUE(done) << done.error().detail;
  return text;
}

void add_one(HostState& state, const std::string& host) {
  const auto done = state.update(host, [](std::string_view found) -> core::Result<std::string> {
    return std::to_string(1 + (found.empty() ? 0 : std::stoi(std::string(found))));
  });
  EXPECT_TRUE(done) << done.error().detail;
}

core::Error failure_of(const std::filesystem::path& file) {
  auto opened = HostState::open(file);
  return opened ? core::Error{} : opened.error();
}

TEST(HostState, KeepsOneTextForEachHost) {
  const Scratch scratch;
  const auto file = scratch.file("state/waydiff/hosts.db");
  {
    HostState state = got(HostState::open(file));
    EXPECT_EQ(text_of(state, "a.example"), "");
    add_one(state, "a.example");
    add_one(state, "a.example");
    add_one(state, "b.example");
  }
  HostState again = got(HostState::open(file));
  EXPECT_EQ(text_of(again, "a.example"), "2");
  EXPECT_EQ(text_of(again, "b.example"), "1");
}

TEST(HostState, KeepsNothingOfAChangeThatFails) {
  const Scratch scratch;
  HostState state = got(HostState::open(scratch.file()));
  add_one(state, "a.example");
  const auto failed = state.update("a.example", [](std::string_view text) -> core::Result<std::string> {
    return core::fail(Errc::bad_json, "cannot read " + std::string(text));
  });
  EXPECT_EQ(failed.error().code, Errc::bad_json);
  EXPECT_THAT(failed.error().detail, HasSubstr("policies.db: a.example: cannot read 1"));
  EXPECT_EQ(text_of(state, "a.example"), "1");
}

TEST(HostState, LosesNoChangeOfTwoThatWriteAtOnce) {
  const Scratch scratch;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&] {
      HostState state = got(HostState::open(scratch.file()));  // made by whoever is first
      for (int i = 0; i < 250; ++i) add_one(state, "a.example");
    });
  }
  for (std::thread& writer : writers) writer.join();
  HostState state = got(HostState::open(scratch.file()));
  EXPECT_EQ(text_of(state, "a.example"), "1000");
}

TEST(HostState, SurvivesAKilledProcess) {
  const Scratch scratch;
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    HostState state = got(HostState::open(scratch.file()));
    add_one(state, "a.example");
    static_cast<void>(state.update("a.example", [](std::string_view) -> core::Result<std::string> {
      ::kill(::getpid(), SIGKILL);
      return "never";
    }));
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  HostState state = got(HostState::open(scratch.file()));
  EXPECT_EQ(text_of(state, "a.example"), "1");
}

TEST(HostState, IsBusyWhileAnotherHoldsIt) {
  const Scratch scratch;
  HostState state = got(HostState::open(scratch.file()));
  auto other = got(Connection::open(scratch.file(), Access::create));
  const auto scope = got(Transaction::begin(other));
  const auto done = state.update("a.example", [](std::string_view) -> core::Result<std::string> { return "x"; });
  EXPECT_EQ(done.error().code, Errc::store_busy);
  EXPECT_THAT(done.error().detail, HasSubstr("policies.db"));
}

TEST(HostState, RefusesFilesThatAreSomethingElse) {
  const Scratch scratch;
  std::ofstream(scratch.file("garbage")) << std::string(5000, 'x');
  EXPECT_EQ(failure_of(scratch.file("garbage")).code, Errc::store_corrupt);
  std::filesystem::create_directory(scratch.file("folder"));
  EXPECT_EQ(failure_of(scratch.file("folder")).code, Errc::io);
  EXPECT_EQ(failure_of(scratch.file("garbage/hosts.db")).code, Errc::io);

  { const Store store = got(Store::open(scratch.file("store.db"), Mode::write)); }
  const core::Error store = failure_of(scratch.file("store.db"));
  EXPECT_EQ(store.code, Errc::store_corrupt);
  EXPECT_THAT(store.detail, HasSubstr("store.db: not a file of host states; left untouched"));

  { const HostState made = got(HostState::open(scratch.file("later.db"))); }
  meddle(scratch.file("later.db"), "PRAGMA user_version = 2");
  EXPECT_EQ(failure_of(scratch.file("later.db")).code, Errc::store_newer);
}

TEST(HostState, IsAStrictTableInAWalFile) {
  const Scratch scratch;
  HostState state = got(HostState::open(scratch.file()));
  add_one(state, "a.example");
  EXPECT_THAT(select(scratch.file(), "name, state, length(changed_at)", "FROM host"),
              testing::ElementsAre("a.example|1|20"));
  EXPECT_THAT(select(scratch.file(), "journal_mode", "FROM pragma_journal_mode"), testing::ElementsAre("wal"));
  EXPECT_THAT(select(scratch.file(), "strict", "FROM pragma_table_list WHERE name = 'host'"),
              testing::ElementsAre("1"));
}

}  // namespace
}  // namespace waydiff::storage
