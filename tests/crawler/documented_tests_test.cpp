#include <gtest/gtest.h>

#include <boost/regex.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace waydiff::crawler {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string> all_tests() {
  std::set<std::string> names;
  const boost::regex test(R"(\bTEST(?:_F|_P)?\((\w+),\s*(\w+)\))");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(WAYDIFF_SOURCE_DIR "/tests")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = text_of(entry.path());
    for (boost::sregex_iterator at(text.begin(), text.end(), test), end; at != end; ++at) {
      names.insert((*at)[1].str() + "." + (*at)[2].str());
    }
  }
  return names;
}

TEST(DocumentedTests, ExistForAllThatBreaksRealClients) {
  const std::string page = text_of(WAYDIFF_SOURCE_DIR "/docs/crawling.md");
  const std::size_t begin = page.find("## What breaks real clients");
  ASSERT_NE(begin, std::string::npos);
  const std::string section = page.substr(begin, page.find("\n## ", begin + 1) - begin);
  const std::set<std::string> tests = all_tests();
  const boost::regex item(R"(\n(\d+)\. ([^\n]*))"), name(R"(`([A-Z]\w+\.[A-Z]\w+)`)");
  int number = 0;
  for (boost::sregex_iterator at(section.begin(), section.end(), item), end; at != end; ++at) {
    EXPECT_EQ((*at)[1].str(), std::to_string(++number));
    const std::string line = (*at)[2].str();
    int named = 0;
    for (boost::sregex_iterator test(line.begin(), line.end(), name); test != end; ++test, ++named) {
      EXPECT_TRUE(tests.contains((*test)[1].str())) << "item " << number << ": " << (*test)[1].str();
    }
    EXPECT_TRUE(named > 0 || line.find("Does not apply") != std::string::npos) << "item " << number;
  }
  EXPECT_EQ(number, 60);
}

}  // namespace
}  // namespace waydiff::crawler
