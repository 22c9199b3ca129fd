#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "diff/segmentation.hpp"
#include "documents.hpp"

namespace waydiff::diff {
namespace {

/// A document of sentences over a small vocabulary, and edits of it, all from one seed.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::vector<std::string> sentences() {
    std::vector<std::string> made(5 + random_() % 40);
    for (std::string& text : made) text = sentence();
    return made;
  }

  std::vector<std::string> edited(std::vector<std::string> text) {
    for (auto edits = random_() % 12; edits > 0 && !text.empty(); --edits) {
      const std::size_t at = random_() % text.size();
      switch (random_() % 6) {
        case 0:
          text.erase(text.begin() + static_cast<std::ptrdiff_t>(at));
          break;
        case 1:
          text.insert(text.begin() + static_cast<std::ptrdiff_t>(at), sentence());
          break;
        case 2:
          std::swap(text[at], text[random_() % text.size()]);
          break;
        case 3:
          text[at] = "New words and " + text[at];
          break;
        case 4:
          text[at] += " " + sentence();
          break;
        case 5:
          text[at] = std::to_string(random_() % 9) + ". **" + text[at] + "**";
          break;
      }
    }
    return text;
  }

  std::string lines(const std::vector<std::string>& text) {
    std::string out;
    for (const std::string& line : text) {
      switch (random_() % 8) {
        case 0:
          out += "\n# ";
          break;
        case 1:
          out += "\n- ";
          break;
        case 2:
          out += " ";
          break;
        default:
          out += "\n";
      }
      out += line;
    }
    return out;
  }

 private:
  std::string sentence() {
    static const std::vector<std::string> vocabulary = {
        "we",   "may",  "not",     "share", "data", "with", "partners", "for", "30",   "days",
        "your", "the",  "service", "“we”",  "Acme", "and",  "§",        "été", "情報", "cookies",
        "of",   "keep", "Section", "5",     "(a)",  "e.g.", "opt-out",  "$5",  "it’s", "U.S."};
    std::string text = "We";
    for (auto words = 1 + random_() % 14; words > 0; --words) text += " " + vocabulary[random_() % vocabulary.size()];
    return text + ".";
  }

  std::minstd_rand0 random_;
};

std::string side(const core::Change& change, char own) {
  std::string text;
  for (const core::WordOp& op : change.ops) {
    if (op.op == '=' || op.op == own) text += op.text;
  }
  return text;
}

void check(const std::vector<core::Clause>& before, const std::vector<core::Clause>& after,
           const core::ChangeSet& set) {
  std::vector<int> old_seen(before.size(), 0), new_seen(after.size(), 0);
  const auto count = [](std::vector<int>& seen, const std::vector<core::Clause>& clauses,
                        const core::ClauseRange& range) {
    std::string text;
    ASSERT_LE(range.index + range.count, seen.size());
    for (std::size_t i = range.index; i < range.index + range.count; ++i) {
      ++seen[i];
      text += (text.empty() ? "" : " ") + clauses[i].text;
    }
    EXPECT_EQ(range.text, text);
  };
  std::size_t last = 0;
  for (const core::Change& change : set.changes) {
    if (change.before) count(old_seen, before, *change.before);
    if (change.after) {
      count(new_seen, after, *change.after);
      EXPECT_GE(change.after->index, last) << "not in new-document order";
      last = change.after->index;
    }
    EXPECT_EQ(change.kind == core::ChangeKind::added, !change.before);
    EXPECT_EQ(change.kind == core::ChangeKind::removed, !change.after);
    EXPECT_FALSE(change.reason.empty());
    if (change.before && change.after) {
      EXPECT_EQ(side(change, '-'), change.before->text);
      EXPECT_EQ(side(change, '+'), change.after->text);
      for (std::size_t i = 1; i < change.ops.size(); ++i) EXPECT_NE(change.ops[i - 1].op, change.ops[i].op);
    } else {
      EXPECT_TRUE(change.ops.empty());
    }
  }
  EXPECT_TRUE(std::all_of(old_seen.begin(), old_seen.end(), [](int n) { return n <= 1; }));
  EXPECT_TRUE(std::all_of(new_seen.begin(), new_seen.end(), [](int n) { return n <= 1; }));
  // What stands in no change is the same on both sides, in order.
  std::vector<std::string> old_rest, new_rest;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (old_seen[i] == 0) old_rest.push_back(before[i].text);
  }
  for (std::size_t j = 0; j < after.size(); ++j) {
    if (new_seen[j] == 0) new_rest.push_back(after[j].text);
  }
  EXPECT_EQ(old_rest, new_rest);
  EXPECT_EQ(set.unchanged, new_rest.size());
}

TEST(CompareProperties, EveryClauseIsAccountedForOnce) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    Generator generator(seed);
    const std::vector<std::string> text = generator.sentences();
    const auto before = clauses_of(generator.lines(text));
    const auto after = clauses_of(generator.lines(generator.edited(text)));
    check(before, after, compare(before, after));
    EXPECT_EQ(state_key(before) == state_key(after),
              std::equal(before.begin(), before.end(), after.begin(), after.end(),
                         [](const core::Clause& a, const core::Clause& b) { return a.fingerprint == b.fingerprint; }));
  }
}

TEST(SegmentationProperties, TwoDocumentsAreCutAsEachAlone) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    Generator generator(seed);
    const std::vector<std::string> text = generator.sentences();
    const core::Document before = document(generator.lines(text));
    const core::Document after = document(generator.lines(generator.edited(text)), seed % 5 == 0 ? "de" : "en");
    const SegmentedPair both(before, after);
    EXPECT_EQ(clauses(both.before()), clauses(before));
    EXPECT_EQ(clauses(both.after()), clauses(after));
  }
}

TEST(CompareProperties, IdenticalDocumentsHaveNoChanges) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    Generator generator(seed);
    const auto clauses = clauses_of(generator.lines(generator.sentences()));
    EXPECT_TRUE(compare(clauses, clauses).changes.empty());
  }
}

TEST(CompareProperties, TakesArbitraryBytes) {
  std::minstd_rand0 random(3);
  for (int round = 0; round < 200; ++round) {
    std::string left(random() % 400, ' '), right;
    for (char& c : left) c = static_cast<char>(random() % 256);
    right = left.substr(left.size() / 3);
    for (int k = 0; k < 5 && !right.empty(); ++k) right[random() % right.size()] = static_cast<char>(random() % 256);
    core::Document a, b;
    a.blocks.push_back(block(core::BlockKind::paragraph, left));
    b.blocks.push_back(block(core::BlockKind::paragraph, right));
    const auto before = clauses(a), after = clauses(b);
    check(before, after, compare(before, after));
  }
}

}  // namespace
}  // namespace waydiff::diff
