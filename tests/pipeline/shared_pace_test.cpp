#include "pipeline/shared_pace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <map>
#include <thread>
#include <vector>

#include "core/url.hpp"
#include "crawler/budget.hpp"
#include "crawler/http_archive.hpp"
#include "storage/host_state.hpp"
#include "storage/sqlite_handle.hpp"
#include "support/fake_archive.hpp"

namespace waydiff::pipeline {
namespace {

using crawler::PaceState;
using crawler::PaceTime;
using test::FakeArchive;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

const std::string terms = "https://example.com/terms";

core::Capture row_of_terms() {
  core::Capture row;
  row.urlkey = core::url_key(terms);
  row.raw_timestamp = "20180203040506";
  row.timestamp = core::Timestamp::parse(row.raw_timestamp).value();
  row.original = terms;
  row.mime = "text/html";
  row.status = 200;
  return row;
}

class SharedPace : public testing::Test {
 protected:
  SharedPace() {
    std::string pattern = (std::filesystem::temp_directory_path() / "waydiff-pace-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
  }
  ~SharedPace() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }

  [[nodiscard]] std::filesystem::path file() const { return folder / "hosts.db"; }
  [[nodiscard]] std::shared_ptr<crawler::PaceKeeper> open() {
    return open_shared_pace(file(), [this](const std::string& text) { warnings.push_back(text); });
  }
  static PaceState state_of(crawler::PaceKeeper& keeper, std::string_view host = "a.example") {
    PaceState copy;
    keeper.with(host, [&](PaceState& state) { copy = state; });
    return copy;
  }

  std::filesystem::path folder;
  std::vector<std::string> warnings;
};

TEST_F(SharedPace, IsWhereEnvironmentOrConfigurationSay) {
  std::map<std::string, std::string> variables;
  const auto environment = [&](const std::string& name) { return variables[name]; };
  config::Config config;
  EXPECT_EQ(host_state_file(config, environment).error().code, core::Errc::not_found);
  variables["HOME"] = "/home/you";
  EXPECT_EQ(host_state_file(config, environment), "/home/you/.local/state/waydiff/hosts.db");
  variables["XDG_STATE_HOME"] = "state";
  EXPECT_EQ(host_state_file(config, environment), "/home/you/.local/state/waydiff/hosts.db") << "must be absolute";
  variables["XDG_STATE_HOME"] = "/state";
  EXPECT_EQ(host_state_file(config, environment), "/state/waydiff/hosts.db");
  config.host_state = "conf/hosts.db";
  EXPECT_EQ(host_state_file(config, environment), "conf/hosts.db");
  variables["WAYDIFF_HOST_STATE"] = "here.db";
  EXPECT_EQ(host_state_file(config, environment), "here.db");
}

TEST_F(SharedPace, IsSeenByAllWhoOpenTheFile) {
  const auto one = open(), other = open();
  one->with("a.example", [](PaceState& state) { state.bans = 2; });
  EXPECT_EQ(state_of(*other).bans, 2);
  other->with("a.example", [](PaceState& state) { state.bans = 3; });
  EXPECT_EQ(state_of(*one).bans, 3);
  EXPECT_EQ(state_of(*one, "b.example"), PaceState{});
  EXPECT_THAT(warnings, IsEmpty());
}

TEST_F(SharedPace, SurvivesTheProcess) {
  open()->with("a.example", [](PaceState& state) {
    crawler::stay_away(state, PaceTime{} + 500000h, core::Errc::refused, "connection refused");
  });
  const PaceState found = state_of(*open());
  EXPECT_EQ(found.not_before, PaceTime{} + 500000h);
  EXPECT_EQ(found.share, 1.0);
}

TEST_F(SharedPace, GoesAloneAtHalfTheBudgetWhenTheFileIsSomethingElse) {
  std::ofstream(file()) << std::string(5000, 'x');
  const auto keeper = open();
  keeper->with("a.example", [](PaceState& state) { state.bans = 1; });
  const PaceState found = state_of(*keeper);
  EXPECT_EQ(found.bans, 1) << "remembered here";
  EXPECT_EQ(found.share, 0.5);
  EXPECT_EQ(state_of(*keeper, "b.example").share, 0.5);
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("hosts.db")));
  EXPECT_EQ(std::filesystem::file_size(file()), 5000u) << "left untouched";
}

TEST_F(SharedPace, GoesAloneWithoutAPlace) {
  const auto keeper = open_shared_pace(core::fail(core::Errc::not_found, "HOME is not set"),
                                       [this](const std::string& text) { warnings.push_back(text); });
  EXPECT_EQ(state_of(*keeper).share, 0.5);
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("HOME is not set")));
}

TEST_F(SharedPace, GoesAloneFromWhatItKnowsWhenTheFileIsDamagedLater) {
  const auto keeper = open();
  keeper->with("a.example", [](PaceState& state) { state.bans = 1; });
  ASSERT_TRUE(storage::HostState::open(file())->update(
      "a.example", [](std::string_view) -> core::Result<std::string> { return "nonsense"; }));
  int calls = 0;
  keeper->with("a.example", [&](PaceState& state) {
    ++calls;
    EXPECT_EQ(state.bans, 1);
    EXPECT_EQ(state.share, 0.5);
  });
  EXPECT_EQ(calls, 1);
  EXPECT_THAT(warnings, ElementsAre(testing::AllOf(HasSubstr("hosts.db: a.example: "), HasSubstr("nonsense"))));
}

TEST_F(SharedPace, GoesAloneWhileAnotherProgramHoldsTheFile) {
  const auto keeper = open();
  auto other = storage::Connection::open(file(), storage::Access::create);
  ASSERT_TRUE(other);
  const auto scope = storage::Transaction::begin(*other);
  ASSERT_TRUE(scope);
  EXPECT_EQ(state_of(*keeper).share, 0.5);
  EXPECT_EQ(state_of(*keeper).share, 0.5);
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("hosts.db")));
}

TEST_F(SharedPace, ChangesOnceWhenTheDiskIsFull) {
  const auto keeper = open();
  keeper->with("a.example", [](PaceState& state) { state.bans = 1; });
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit full{1024, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &full);
  keeper->with("a.example", [](PaceState& state) { ++state.bans; });
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, handler);
  EXPECT_EQ(state_of(*keeper).bans, 2);
  EXPECT_EQ(state_of(*keeper).share, 0.5);
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("hosts.db")));
}

/// A client with a loop of its own, as in a process of its own.
class Client {
 public:
  Client(const FakeArchive& fake, std::shared_ptr<crawler::PaceKeeper> pace, int per_minute) {
    crawler::HttpSettings settings;
    settings.name = "fake";
    settings.index = fake.index();
    settings.playback = fake.playback();
    settings.user_agent = "waydiff-test/1 (+mailto:test@example.org)";
    settings.playback_per_minute = per_minute;
    settings.pace = std::move(pace);
    archive_ = crawler::open_http_archive(io_, std::move(settings));
  }

  /// Plays the terms `times` times, one after the other; how often that went well.
  int play(int times) {
    int good = 0;
    boost::asio::co_spawn(io_, play_into(*archive_, times, good), boost::asio::detached);
    io_.restart();
    io_.run();
    return good;
  }
  [[nodiscard]] crawler::Archive& archive() { return *archive_; }

 private:
  boost::asio::io_context io_;
  std::unique_ptr<crawler::Archive> archive_;

  static boost::asio::awaitable<void> play_into(crawler::Archive& archive, int times, int& good) {
    for (int i = 0; i < times; ++i) {
      const auto playback = co_await archive.play(row_of_terms());
      good += playback ? 1 : 0;
    }
  }
};

TEST_F(SharedPace, HoldsAllProcessesToOneBudget) {
  constexpr int per_minute = 1800;
  constexpr int each = 40;
  FakeArchive fake;
  fake.add({.timestamp = "20180203040506", .original = terms, .body = "<p>You may use it.</p>"});
  const auto start = std::chrono::steady_clock::now();
  std::vector<int> good(3);
  std::vector<std::thread> clients;
  for (int& count : good) {
    // What processes share is the file alone: each thread opens it for itself.
    clients.emplace_back([&] { count = Client(fake, open_shared_pace(file(), {}), per_minute).play(each); });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_THAT(good, ElementsAre(each, each, each));

  // Request number n (from 0) went out no earlier than the budget of one lets it. Arrivals may be late, never early.
  const crawler::Budget budget(per_minute);
  auto requests = fake.requests();
  ASSERT_EQ(requests.size(), 3u * each);
  for (std::size_t n = 0; n < requests.size(); ++n) {
    const auto due = (static_cast<int>(n) - budget.burst() + 1) * budget.space();
    EXPECT_GE(requests[n].at - start, due) << "request " << n;
  }
  EXPECT_LE(std::chrono::steady_clock::now() - start, 30s) << "and it is not wasted: this takes 4 s";
}

TEST_F(SharedPace, HoldsBackOthersWhenOneIsToldToStayAway) {
  FakeArchive fake;
  fake.add({.timestamp = "20180203040506", .original = terms, .body = "<p>You may use it.</p>"});
  Client other(fake, open(), 600);  // under way already
  EXPECT_EQ(other.play(1), 1);
  fake.script("/web/", {test::Fail::too_many(3600s)});
  EXPECT_EQ(Client(fake, open(), 600).play(1), 0);
  ASSERT_EQ(fake.requests().size(), 2u);

  EXPECT_EQ(other.play(3), 0);
  EXPECT_TRUE(other.archive().not_before());
  EXPECT_EQ(fake.requests().size(), 2u) << "it heard of it before it sent anything";
}

TEST_F(SharedPace, HoldsBackTheNextProcessAfterOneThatWasKilled) {
  FakeArchive fake;
  fake.add({.timestamp = "20180203040506", .original = terms, .body = "<p>You may use it.</p>"});
  fake.script("/web/", {test::Fail::too_many(3600s)});
  // Another process, forked before this one opens the file: it is told to stay away, and dies.
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    Client told(fake, open_shared_pace(file(), {}), 600);
    told.play(1);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  ASSERT_EQ(fake.requests().size(), 1u);

  Client later(fake, open(), 600);
  EXPECT_TRUE(later.archive().not_before());
  EXPECT_EQ(later.play(3), 0);
  EXPECT_EQ(fake.requests().size(), 1u);
}

TEST_F(SharedPace, TakesHalfTheBudgetAlone) {
  FakeArchive fake;
  std::ofstream(file()) << "not a database, but long enough to be looked at as one";
  Client client(fake, open(), 600);
  EXPECT_EQ(client.archive().pace().playback_per_minute, 300);
}

}  // namespace
}  // namespace waydiff::pipeline
