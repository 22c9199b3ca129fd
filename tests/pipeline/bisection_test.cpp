#include "pipeline/bisection.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "captures.hpp"

namespace waydiff::pipeline {
namespace {

using Known = Sighting::Known;

/// A past that is known to the test alone: each capture's text, as a letter. "-" is not fit to compare, "!" is not
/// given out. The same text has the same bytes, unless the page has something of the day in it.
struct Past {
  std::string texts;
  bool digests_tell = true;
  std::vector<std::int64_t> lengths{};
};

std::uint32_t number(char text) {
  return static_cast<unsigned char>(text);
}

Sighting sighting(const Past& past, std::size_t at) {
  Sighting out;
  out.time = core::Timestamp(pipeline::at("2000").time() + std::chrono::days(20) * static_cast<int>(at));
  const char text = past.texts[at];
  if (past.digests_tell && text != '!' && text != '-') out.digest = number(text);
  if (!past.digests_tell) out.digest = static_cast<std::uint32_t>(1000 + at);
  if (!past.lengths.empty()) out.length = past.lengths[at];
  return out;
}

/// What is known once next_captures() asks for nothing more.
struct Found {
  std::vector<Sighting> rows;
  std::size_t fetches = 0;
  std::size_t rounds = 0;
};

Found explored(const Past& past) {
  Found found;
  for (std::size_t at = 0; at < past.texts.size(); ++at) found.rows.push_back(sighting(past, at));
  for (;;) {
    const std::vector<std::size_t> next = next_captures(found.rows);
    if (next.empty()) break;
    ++found.rounds;
    for (const std::size_t at : next) {
      Sighting& row = found.rows.at(at);
      EXPECT_EQ(row.known, Known::open) << past.texts << " row " << at << " is asked for again";
      if (row.known != Known::open) return found;
      ++found.fetches;
      const char text = past.texts[at];
      row.known = text == '-' ? Known::unfit : text == '!' ? Known::withheld : Known::good;
      if (row.known == Known::good) row.state = number(text);
    }
  }
  // Equal digests share the body.
  for (std::size_t at = 0; at < found.rows.size(); ++at) {
    Sighting& row = found.rows[at];
    if (row.known != Known::open || row.digest == 0) continue;
    for (const Sighting& other : found.rows) {
      if (other.known == Known::good && other.digest == row.digest) row.known = Known::good, row.state = other.state;
    }
  }
  return found;
}

/// The captures asked for, as "0 5 2", round by round.
std::string rounds(const Past& past) {
  std::vector<Sighting> rows;
  for (std::size_t at = 0; at < past.texts.size(); ++at) rows.push_back(sighting(past, at));
  std::string out;
  for (;;) {
    const auto next = next_captures(rows);
    if (next.empty()) return out;
    out += out.empty() ? "" : " |";
    for (const std::size_t at : next) {
      out += " " + std::to_string(at);
      const char text = past.texts[at];
      rows[at].known = text == '-' ? Known::unfit : text == '!' ? Known::withheld : Known::good;
      if (rows[at].known == Known::good) rows[at].state = number(text);
    }
  }
}

TEST(Bisection, AsksForFirstAndLastAndIsContentWhenTheySayTheSame) {
  EXPECT_EQ(rounds({"AAAAAAA", true}), " 0");
  EXPECT_EQ(rounds({"AAAAAAA", false}), " 0 6");
}

TEST(Bisection, HalvesBetweenDifferentTexts) {
  EXPECT_EQ(rounds({"AAAAABBB", false}), " 0 7 | 4 | 6 | 5");
}

TEST(Bisection, NeedsOneRequestATextWhereDigestsTell) {
  EXPECT_EQ(explored({"AAAABBBBBBCCCDD", true}).fetches, 4u);
}

TEST(Bisection, FindsATextThatWasThereForAWhile) {
  const Found found = explored({"AAAAAAABBAAAAAA", true});
  EXPECT_EQ(found.fetches, 2u);
  EXPECT_EQ(found.rows[7].state, number('B'));
}

TEST(Bisection, PassesOverWhatIsUnfitOrWithheld) {
  EXPECT_EQ(rounds({"A---B", false}), " 0 4 | 2 | 3 | 1");
  EXPECT_EQ(rounds({"A!!!B", true}), " 0 4 | 2 | 3 | 1");
}

TEST(Bisection, LooksForTheFirstGoodCaptureByHalving) {
  Past past{std::string(200, '-') + std::string(200, 'A'), false};
  const Found found = explored(past);
  EXPECT_EQ(found.rows[200].known, Known::good);
  EXPECT_LT(found.fetches, 60u);
}

TEST(Bisection, IsHintedByLengthsWhereEachCaptureHasItsOwnBytes) {
  Past past{"AAAAABBBAAAAA", false};
  for (const char text : past.texts) past.lengths.push_back(text == 'A' ? 10000 : 11000);
  EXPECT_EQ(explored(past).rows[5].state, number('B'));
}

TEST(Bisection, AsksForNothingOfNothing) {
  EXPECT_TRUE(next_captures({}).empty());
  EXPECT_EQ(rounds({"!", true}), " 0");
}

/// Texts that last for 1 to 30 captures, some coming back, with captures that are no good among them.
Past random_past(std::mt19937& random) {
  const auto below = [&](int most) { return std::uniform_int_distribution<int>(0, most - 1)(random); };
  Past past;
  const int texts = 1 + below(12);
  char last = 0;
  for (int n = 0; n < texts; ++n) {
    const char text = static_cast<char>('A' + below(8));
    if (text == last) continue;
    last = text;
    const int stay = 1 + below(30);
    for (int capture = 0; capture < stay; ++capture) {
      while (below(12) == 0) past.texts += below(2) == 0 ? '-' : '!';
      past.texts += text;
    }
  }
  return past;
}

TEST(Bisection, FindsEveryTextThatLastsAndPinsEachChangeAsNarrowlyAsTheListingAllows) {
  std::mt19937 random(20240607);
  std::size_t fetches = 0, captures = 0;
  for (int history = 0; history < 2000; ++history) {
    const Past past = random_past(random);
    const Found found = explored(past);
    captures += past.texts.size();
    fetches += found.fetches;
    const Sighting* before = nullptr;
    std::size_t open = 0;
    for (const Sighting& row : found.rows) {
      if (row.known == Known::open) ++open;
      if (row.known != Known::good) continue;
      if (before && before->state != row.state) {
        EXPECT_EQ(open, 0u) << past.texts << ": a change is not pinned";
      }
      before = &row;
      open = 0;
    }
    // Runs of one text, whatever stands between their captures.
    for (std::size_t begin = 0; begin < past.texts.size();) {
      std::size_t end = begin, size = 0;
      bool known = false;
      const char text = past.texts[begin];
      while (end < past.texts.size() && (past.texts[end] == text || past.texts[end] == '-' || past.texts[end] == '!')) {
        size += past.texts[end] == text;
        known = known || (past.texts[end] == text && found.rows[end].known == Known::good);
        ++end;
      }
      if (text != '-' && text != '!' && size >= 2) {
        EXPECT_TRUE(known) << past.texts << ": the text from " << begin << " is missing";
      }
      begin = end;
    }
  }
  std::cout << fetches << " of " << captures << " captures were asked for\n";
  EXPECT_LT(fetches * 4, captures);
}

TEST(Bisection, PinsWhatItFindsWhereDigestsSayNothing) {
  std::mt19937 random(7);
  std::size_t fetches = 0, captures = 0;
  for (int history = 0; history < 500; ++history) {
    Past past = random_past(random);
    past.digests_tell = false;
    const Found found = explored(past);
    captures += past.texts.size();
    fetches += found.fetches;
    const Sighting* before = nullptr;
    std::size_t open = 0;
    for (const Sighting& row : found.rows) {
      if (row.known == Known::open) ++open;
      if (row.known != Known::good) continue;
      if (before && before->state != row.state) {
        EXPECT_EQ(open, 0u) << past.texts;
      }
      before = &row;
      open = 0;
    }
  }
  EXPECT_LT(fetches * 10, captures * 6);
}

}  // namespace
}  // namespace waydiff::pipeline
