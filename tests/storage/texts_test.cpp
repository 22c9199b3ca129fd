#include <gmock/gmock.h>

#include "core/digest.hpp"
#include "tests/storage/scratch.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;

TEST(Texts, AreKeptOnceUnderTheDigestOfTheirDocument) {
  const Scratch scratch;
  Store store = open(scratch);
  const Id first = put_text(store, R"({"blocks": []})", "Privacy");
  const Id again = put_text(store, R"({"blocks": []})", "Privacy Policy");
  EXPECT_EQ(again, first);
  const TextRow text = got(store.text(first));
  EXPECT_EQ(text.id, first);
  EXPECT_EQ(text.document, R"({"blocks": []})");
  EXPECT_EQ(text.sha256, core::sha256_hex(text.document));
  EXPECT_EQ(text.state_key, R"(key of {"blocks": []})");
  EXPECT_EQ(text.clauses, 3u);
  EXPECT_EQ(text.title, "Privacy Policy") << "what is derived from the text follows the latest derivation";
  EXPECT_EQ(text.language, "en");
  EXPECT_EQ(store.text(77).error().code, Errc::not_found);
}

TEST(Texts, ThatWereDamagedAreReportedAsCorrupt) {
  const Scratch scratch;
  {
    Store store = open(scratch);
    put_text(store, R"({"blocks": []})", "Privacy");
  }
  meddle(scratch.file(), "UPDATE text SET document = x'00112233'");
  EXPECT_EQ(open(scratch, Mode::read).text(1).error().code, Errc::store_corrupt);
}

TEST(Extractions, AreThoseOfATargetsBodiesAndOneGeneration) {
  const Scratch scratch;
  Store store = open(scratch);
  const Id target = example_target(store);
  list(store, target, wayback(store), {captured("20180525103000")});
  CaptureRow capture = got(store.captures(target))[0];
  capture.outcome = Outcome::fetched;
  capture.body = got(store.put_body("<p>One"));
  done(store.update_capture(capture));
  const Id strange = got(store.put_body("<p>A body of no capture"));

  Extraction extraction;
  extraction.body = *capture.body;
  extraction.page_url = "https://example.com/privacy";
  extraction.content_type = "text/html";
  extraction.generation = 1;
  extraction.text = put_text(store, "{}", "Old");
  done(store.put_extraction(extraction));
  extraction.generation = 2;
  extraction.text = put_text(store, "{ }", "New");
  extraction.verdict = {core::Quarantine::soft_404, 0.75, "says \"page not found\""};
  done(store.put_extraction(extraction));
  extraction.body = strange;
  extraction.text.reset();
  done(store.put_extraction(extraction));

  const auto found = got(store.extractions(target, 2));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].body, *capture.body);
  EXPECT_EQ(found[0].page_url, extraction.page_url);
  EXPECT_EQ(found[0].content_type, "text/html");
  EXPECT_EQ(found[0].generation, 2);
  EXPECT_EQ(got(store.text(*found[0].text)).title, "New");
  EXPECT_EQ(found[0].verdict, extraction.verdict);

  const auto heads = got(store.text_heads(target));
  ASSERT_EQ(heads.size(), 2u);
  EXPECT_EQ(heads[0].title, "Old");
  EXPECT_EQ(heads[0].document, "");
}

TEST(Extractions, AreReplacedWhenPutAgain) {
  const Scratch scratch;
  Store store = open(scratch);
  const Id target = example_target(store);
  list(store, target, wayback(store), {captured("20180525103000")});
  CaptureRow capture = got(store.captures(target))[0];
  capture.body = got(store.put_body("<p>One"));
  done(store.update_capture(capture));
  Extraction extraction;
  extraction.body = *capture.body;
  extraction.generation = 1;
  extraction.verdict.reason = core::Quarantine::unreadable;
  done(store.put_extraction(extraction));
  extraction.text = put_text(store, "{}", "Readable after all");
  extraction.verdict = {};
  done(store.put_extraction(extraction));
  const auto found = got(store.extractions(target, 1));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].verdict.good());
  EXPECT_EQ(found[0].text, extraction.text);
}

}  // namespace
}  // namespace waydiff::storage
