#include "diff/language.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "diff/compare.hpp"
#include "diff/segmentation.hpp"
#include "extract/extract.hpp"

namespace waydiff::diff {
namespace {

core::Document document(const std::string& markdown) {
  return extract::read_markdown(markdown, extract::Telling::later);
}

/// Tells a language, and how often it was asked.
struct Teller {
  std::string answer;
  int asked = 0;
  TellLanguage ask() {
    return [this](const core::Document&) {
      ++asked;
      return answer;
    };
  }
};

std::vector<std::string> texts(const std::vector<core::Clause>& clauses) {
  std::vector<std::string> found;
  for (const core::Clause& clause : clauses) found.push_back(clause.text);
  return found;
}

struct Cut {
  std::vector<core::Clause> before, after;
};

Cut cut(const core::Document& before, const core::Document& after, const TellLanguage& tell) {
  const SegmentedPair both(before, after, tell);
  return {clauses(both.before()), clauses(both.after())};
}

// English begins a sentence with any capital behind a colon; elsewhere nouns have capitals too.
const std::string hidden_start =
    "What you agree to by using it is as follows: Visitors keep all of their data by law. It is so.\n";
const std::string plain = "We keep your data. You may ask for it, e.g. by mail.\n";

TEST(Language, IsNotAskedForWhereNoCutDependsOnIt) {
  Teller teller{"en"};
  const auto both = cut(document(plain), document(plain + "\nWe delete it.\n"), teller.ask());
  EXPECT_EQ(teller.asked, 0);
  EXPECT_EQ(texts(both.after),
            (std::vector<std::string>{"We keep your data.", "You may ask for it, e.g. by mail.", "We delete it."}));
}

TEST(Language, IsAskedForWhereACapitalMayStartASentence) {
  Teller english{"en"};
  EXPECT_EQ(cut(document(hidden_start), document(plain), english.ask()).before.size(), 3);
  EXPECT_EQ(english.asked, 2);
  Teller german{"de"};
  EXPECT_EQ(cut(document(hidden_start), document(plain), german.ask()).before.size(), 2);
}

TEST(Language, OfEachSideCutsIt) {
  // Asked of the older side, told apart of the newer one.
  const core::Document before = document(hidden_start);
  core::Document after = document(hidden_start + "\nAnother.\n");
  after.language = "de";
  Teller teller{"en"};
  const auto both = cut(before, after, teller.ask());
  EXPECT_EQ(both.before.size(), 3);
  EXPECT_EQ(both.after.size(), 3);  // two and "Another."
}

TEST(Language, OfAGreekTextMakesASemicolonItsQuestionMark) {
  const std::string greek = "Τι συλλέγουμε; Τα δεδομένα σας.\n";
  Teller teller{"el"};
  EXPECT_EQ(cut(document(greek), document(greek), teller.ask()).after.size(), 2);
  EXPECT_EQ(teller.asked, 2);
  Teller other{"en"};
  EXPECT_EQ(cut(document(greek), document(greek), other.ask()).after.size(), 1);
}

TEST(Language, ToldLateCutsLikeOneToldAtOnce) {
  const std::string before = hidden_start + "\n" + plain;
  const std::string after = plain + "\n" + hidden_start + "\nIt ends here.We mean it so, all of it.\n";
  for (const std::string code : {"", "en", "en-GB", "de", "el", "elx"}) {
    core::Document old_known = document(before);
    core::Document new_known = document(after);
    old_known.language = new_known.language = code;
    Teller teller{code};
    const auto late = cut(document(before), document(after), teller.ask());
    EXPECT_EQ(late.before, clauses(old_known)) << code;
    EXPECT_EQ(late.after, clauses(new_known)) << code;
  }
}

}  // namespace
}  // namespace waydiff::diff
