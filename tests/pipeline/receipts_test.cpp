#include "pipeline/receipts.hpp"

#include <gtest/gtest.h>

#include <string>

namespace waydiff::pipeline {
namespace {

using storage::Outcome;

TargetReceipt receipt(std::string site, std::map<Outcome, std::size_t> counts) {
  TargetReceipt out;
  out.target.site = std::move(site);
  out.target.kind = "terms";
  out.target.url = "https://" + out.target.site + "/";
  for (const auto& [outcome, count] : counts) out.receipt.listed += count;
  out.receipt.counts = std::move(counts);
  return out;
}

TEST(ReceiptTable, AddsUpToWhatWasListed) {
  TargetReceipt one = receipt("one.example", {{Outcome::fetched, 4}, {Outcome::duplicate, 10}, {Outcome::failed, 1}});
  one.quarantined = 2;
  one.states = 3;
  one.transitions = 2;
  const TargetReceipt two = receipt("two.example", {{Outcome::fetched, 1}, {Outcome::pending, 2}});
  EXPECT_EQ(receipt_table({one, two}),
            "document            listed  fetched  duplicate  failed  pending  quarantined  texts  changes\n"
            "one.example, terms      15        4         10       1        0            2      3        2\n"
            "two.example, terms       3        1          0       0        2            0      0        0\n"
            "all                     18        5         10       1        2            2      3        2\n");
}

TEST(ReceiptTable, LeavesOutTheSumOfASingleTarget) {
  EXPECT_EQ(receipt_table({receipt("one.example", {{Outcome::fetched, 1}})}),
            "document            listed  fetched  quarantined  texts  changes\n"
            "one.example, terms       1        1            0      0        0\n");
}

TEST(ReceiptTable, TellsDocumentsOfOneSiteAndKindApartByTheirAddresses) {
  TargetReceipt first = receipt("one.example", {{Outcome::fetched, 1}});
  TargetReceipt second = receipt("one.example", {{Outcome::fetched, 2}});
  second.target.url = "https://one.example/de/terms";
  EXPECT_EQ(receipt_table({first, second, receipt("two.example", {})}),
            "document                                          listed  fetched  quarantined  texts  changes\n"
            "one.example, terms, https://one.example/               1        1            0      0        0\n"
            "one.example, terms, https://one.example/de/terms       2        2            0      0        0\n"
            "two.example, terms                                     0        0            0      0        0\n"
            "all                                                    3        3            0      0        0\n");
}

TEST(ReceiptJson, NamesEveryOutcome) {
  EXPECT_EQ(
      receipt_json({receipt("one.example", {{Outcome::fetched, 4}, {Outcome::revisit, 2}})}),
      R"([{"site":"one.example","kind":"terms","url":"https://one.example/","listed":6,"fetched":4,"duplicate":0,)"
      R"("revisit":2,"unplayable":0,"excluded":0,"failed":0,"pending":0,"unselected":0,"quarantined":0,)"
      R"("states":0,"transitions":0}])");
}

TEST(Unfinished, CountsWhatARerunMayBring) {
  EXPECT_EQ(
      unfinished({receipt("one.example", {{Outcome::fetched, 4}, {Outcome::pending, 2}, {Outcome::unplayable, 8}}),
                  receipt("two.example", {{Outcome::failed, 3}, {Outcome::unselected, 9}})}),
      5u);
  EXPECT_EQ(unfinished({}), 0u);
}

}  // namespace
}  // namespace waydiff::pipeline
