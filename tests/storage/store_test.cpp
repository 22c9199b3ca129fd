#include "storage/store.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/storage/scratch.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;
using testing::HasSubstr;

TEST(Store, IsMadeWhenOpenedForWritingAndMissing) {
  const Scratch scratch;
  { open(scratch); }
  EXPECT_TRUE(std::filesystem::exists(scratch.file()));
  EXPECT_TRUE(got(open(scratch, Mode::read).targets()).empty());
}

TEST(Store, SaysWhichFileIsMissingWhenOpenedForReading) {
  const Scratch scratch;
  const auto store = Store::open(scratch.file("none.db"), Mode::read);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Errc::not_found);
  EXPECT_THAT(store.error().detail, HasSubstr("none.db"));
  EXPECT_FALSE(std::filesystem::exists(scratch.file("none.db")));
}

TEST(Store, NamesTheFolderThatIsMissing) {
  const Scratch scratch;
  const auto store = Store::open(scratch.folder() / "none" / "policies.db", Mode::write);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Errc::io);
  EXPECT_THAT(store.error().detail, HasSubstr("none/policies.db"));
}

TEST(Store, IsNotAFolder) {
  const Scratch scratch;
  for (const Mode mode : {Mode::read, Mode::write}) {
    const auto store = Store::open(scratch.folder(), mode);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().code, Errc::io);
  }
}

TEST(Store, HasOneWriterAtATime) {
  const Scratch scratch;
  auto first = std::make_optional(open(scratch));
  const auto second = Store::open(scratch.file(), Mode::write);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::store_busy);
  EXPECT_THAT(second.error().detail, HasSubstr("policies.db: another process (" + std::to_string(::getpid()) + ")"));
  first.reset();
  EXPECT_TRUE(Store::open(scratch.file(), Mode::write));
}

TEST(Store, HasOneWriterUnderAllItsNames) {
  const Scratch scratch;
  const Store first = open(scratch);
  std::filesystem::create_symlink(scratch.file(), scratch.file("other-name.db"));
  const auto second = Store::open(scratch.file("other-name.db"), Mode::write);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::store_busy);
}

TEST(Store, CanBeReadWhileItIsWritten) {
  const Scratch scratch;
  Store writer = open(scratch);
  example_target(writer, "https://example.com/privacy");
  Store reader = open(scratch, Mode::read);
  done(writer.transaction([&]() -> core::Result<void> {
    example_target(writer, "https://example.com/terms");
    EXPECT_EQ(got(reader.targets()).size(), 1u) << "nothing is seen before it is committed";
    return {};
  }));
  EXPECT_EQ(got(reader.targets()).size(), 2u);
}

TEST(Store, GivesAReadersTransactionOneUnmovingView) {
  const Scratch scratch;
  Store writer = open(scratch);
  Store reader = open(scratch, Mode::read);
  done(reader.transaction([&]() -> core::Result<void> {
    EXPECT_EQ(got(reader.targets()).size(), 0u);
    example_target(writer);
    EXPECT_EQ(got(reader.targets()).size(), 0u);
    return {};
  }));
  EXPECT_EQ(got(reader.targets()).size(), 1u);
}

TEST(Store, CannotBeChangedByAReader) {
  const Scratch scratch;
  { open(scratch); }
  Store reader = open(scratch, Mode::read);
  const auto id = reader.put_body("text");
  ASSERT_FALSE(id);
  EXPECT_EQ(id.error().code, Errc::io);
}

/// Whoever is root is nobody while this lives.
class AsNobody {
 public:
  AsNobody() : was_root_(::geteuid() == 0) {
    static constexpr uid_t nobody = 65534;
    if (was_root_) {
      EXPECT_EQ(::seteuid(nobody), 0);
    }
  }
  ~AsNobody() {
    if (was_root_) {
      EXPECT_EQ(::seteuid(0), 0);
    }
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  bool was_root_;
};

TEST(Store, CanBeReadWhereNothingCanBeWritten) {
  const Scratch scratch;
  {
    Store store = open(scratch);
    example_target(store);
  }
  ::chmod(scratch.file().c_str(), 0444);
  ::chmod(scratch.folder().c_str(), 0555);
  const AsNobody root_may_write_everywhere;
  EXPECT_EQ(got(open(scratch, Mode::read).targets()).size(), 1u);
  EXPECT_EQ(Store::open(scratch.file(), Mode::write).error().code, Errc::io);
}

TEST(Store, UndoesWorkThatFails) {
  const Scratch scratch;
  Store store = open(scratch);
  const auto outcome = store.transaction([&]() -> core::Result<void> {
    example_target(store);
    return core::fail(Errc::timed_out, "the work's own reason");
  });
  EXPECT_EQ(outcome.error(), (core::Error{Errc::timed_out, "the work's own reason"}));
  EXPECT_TRUE(got(store.targets()).empty());
  example_target(store);
  EXPECT_EQ(got(store.targets()).size(), 1u);
}

TEST(Store, KeepsNothingOfAnInnerTransactionWhenTheOuterOneFails) {
  const Scratch scratch;
  Store store = open(scratch);
  const auto outcome = store.transaction([&]() -> core::Result<void> {
    done(store.transaction([&]() -> core::Result<void> {
      example_target(store);
      return {};
    }));
    return core::fail(Errc::timed_out, "outer");
  });
  EXPECT_FALSE(outcome);
  EXPECT_TRUE(got(store.targets()).empty());
}

TEST(Store, UndoesOnlyTheInnerTransactionWhenTheOuterOneGoesOn) {
  const Scratch scratch;
  Store store = open(scratch);
  done(store.transaction([&]() -> core::Result<void> {
    example_target(store, "https://example.com/privacy");
    EXPECT_FALSE(store.transaction([&]() -> core::Result<void> {
      example_target(store, "https://example.com/terms");
      return core::fail(Errc::timed_out, "inner");
    }));
    return {};
  }));
  ASSERT_EQ(got(store.targets()).size(), 1u);
  EXPECT_EQ(got(store.targets())[0].url, "https://example.com/privacy");
}

TEST(Store, RecordsRunsNewestFirst) {
  const Scratch scratch;
  Store store = open(scratch);
  RunRow first;
  first.command = "run";
  first.started = at("20240101000000").time();
  first.id = got(store.begin_run(first));
  RunRow second = first;
  second.started = at("20240102000000").time();
  second.id = got(store.begin_run(second));
  second.finished = at("20240102000500").time();
  second.exit_status = 3;
  second.receipt = R"({"listed": 5})";
  done(store.end_run(second));

  const auto runs = got(store.runs());
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].id, second.id);
  EXPECT_EQ(runs[0].finished, second.finished);
  EXPECT_EQ(runs[0].exit_status, 3);
  EXPECT_EQ(runs[0].receipt, R"({"listed": 5})");
  EXPECT_EQ(runs[1].id, first.id);
  EXPECT_EQ(runs[1].finished, std::chrono::sys_seconds{}) << "killed or still going on";
  second.id = 77;
  EXPECT_EQ(store.end_run(second).error().code, Errc::not_found);
}

}  // namespace
}  // namespace waydiff::storage
