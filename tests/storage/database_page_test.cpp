#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "tests/storage/example_history.hpp"

namespace waydiff::storage {
namespace {

std::string database_page() {
  std::ifstream in(WAYDIFF_SOURCE_DIR "/docs/database.md");
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(DatabasePage, HasExamplesThatWork) {
  const Scratch scratch;
  ExampleStore example(scratch);
  done(example.store.put_history(example.target, example.history, {1, 1}));
  auto db = got(Connection::open(scratch.file(), Access::read_only));
  const std::string page = database_page();
  const std::string fence = "```sql\n";
  int examples = 0;
  for (auto at = page.find(fence); at != std::string::npos; at = page.find(fence, at + 1)) {
    const auto first = at + fence.size();
    const std::string sql = page.substr(first, page.find("```", first) - first);
    EXPECT_TRUE(db.run(sql)) << sql;
    ++examples;
  }
  EXPECT_EQ(examples, 5);
}

TEST(DatabasePage, NamesEveryTableViewAndColumn) {
  const Scratch scratch;
  { open(scratch); }
  const std::string page = database_page();
  for (const std::string& name :
       select(scratch.file(), "c.name",
              "FROM pragma_table_list t, pragma_table_info(t.name) c WHERE t.schema = 'main' AND t.type <> 'shadow' "
              "AND t.name NOT LIKE "
              "'sqlite%' UNION SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow'"
              " AND name NOT LIKE 'sqlite%'")) {
    EXPECT_THAT(page, testing::ContainsRegex("[^a-z_]" + name + "[^a-z_]"));
  }
}

}  // namespace
}  // namespace waydiff::storage
