#include "support/faults.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/fake_answers.hpp"

namespace waydiff::test {
namespace {

std::string bytes_of(const WireScript& script) {
  std::string bytes;
  for (const WireScript::Piece& piece : script.pieces) bytes += piece.bytes;
  return bytes;
}

TEST(FaultPlan, IsTheSameForTheSameSeed) {
  const FaultPlan one(7), same(7), other(8);
  int different = 0;
  for (std::size_t n = 1; n <= 300; ++n) {
    const std::string address = "/web/" + std::to_string(n % 60);
    EXPECT_EQ(one.fate(n, address, 1).kind, same.fate(n, address, 1).kind);
    different += one.fate(n, address, 1).kind != other.fate(n, address, 1).kind;
  }
  EXPECT_GT(different, 0);
}

TEST(FaultPlan, LeavesAnAddressAloneAfterAFewTries) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (int n = 0; n < 200; ++n) {
      EXPECT_EQ(FaultPlan(seed).fate(100000, "/web/" + std::to_string(n), 6).kind, Misdeed::none);
    }
  }
}

TEST(FaultPlan, KnowsEveryMisdeed) {
  std::set<Misdeed> seen;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    for (std::size_t n = 1; n <= 200; ++n) {
      seen.insert(FaultPlan(seed).fate(n, "/web/" + std::to_string(n), 1).kind);
    }
  }
  for (int kind = 0; kind <= static_cast<int>(Misdeed::repeated_rows); ++kind) {
    EXPECT_TRUE(seen.contains(static_cast<Misdeed>(kind))) << name(static_cast<Misdeed>(kind));
  }
}

TEST(FaultPlan, CallsAllPagesOfAListingOneAddress) {
  EXPECT_EQ(FaultPlan::address_of("/cdx/search/cdx?url=a.example%2Fp&from=2000&limit=10"),
            FaultPlan::address_of("/cdx/search/cdx?url=a.example%2Fp&limit=5&resumeKey=x"));
  EXPECT_NE(FaultPlan::address_of("/cdx/search/cdx?url=a.example%2Fp&limit=10"),
            FaultPlan::address_of("/cdx/search/cdx?url=b.example%2Fp&limit=10"));
  EXPECT_EQ(FaultPlan::address_of("/web/2018id_/http://a.example/"), "/web/2018id_/http://a.example/");
}

TEST(Spoiled, CutsRepeatsAndMislabelsTheRightAnswer) {
  const FakeAnswer rows{
      200, {{"Content-Type", "application/json"}}, "[[\"a\",\"b\"],\n[\"1\",\"2\"],\n[\"3\",\"4\"]]\n", false};
  EXPECT_TRUE(bytes_of(spoiled({Misdeed::repeated_rows, 0}, rows, true))
                  .ends_with("\r\n\r\n[[\"a\",\"b\"],\n[\"1\",\"2\"],\n[\"1\",\"2\"],\n[\"3\",\"4\"]]\n"));
  EXPECT_TRUE(bytes_of(spoiled({Misdeed::cut_rows, 0}, rows, true))
                  .ends_with("Content-Length: 17\r\n\r\n" + rows.body.substr(0, 17)));
  EXPECT_NE(bytes_of(spoiled({Misdeed::gzip_lie, 0}, rows, true)).find("Content-Encoding: gzip\r\n"),
            std::string::npos);
  EXPECT_EQ(bytes_of(spoiled({Misdeed::drip, 0}, rows, true)), bytes_of(spoiled({}, rows, true)));
  EXPECT_EQ(spoiled({Misdeed::reset_before, 0}, rows, true).end, WireScript::End::reset);
}

}  // namespace
}  // namespace waydiff::test
