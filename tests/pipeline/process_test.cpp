#include "pipeline/process.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "core/url.hpp"
#include "extract/extract.hpp"
#include "extract/render.hpp"
#include "tests/pipeline/captures.hpp"

namespace waydiff::pipeline {
namespace {

using testing::HasSubstr;
using testing::Not;

class Quiet final : public Observer {
 public:
  void warning(const std::string& text) override { ADD_FAILURE() << text; }
  void detail(const std::string&) override {}
  void progress(const std::string&, std::size_t, std::size_t) override {}
};

/// A store with a site's documents, whose captures have bodies.
class Process : public testing::Test {
 protected:
  Process()
      : folder_(std::filesystem::temp_directory_path() /
                ("waydiff-process-" + std::to_string(::getpid()) + "-" +
                 testing::UnitTest::GetInstance()->current_test_info()->name())),
        store_(open()) {
    archive_ = store_.put_archive({0, "a", "wayback", "http://i", "http://p", {}}).value();
  }
  ~Process() override { std::filesystem::remove_all(folder_); }

  storage::Store open() const {
    std::filesystem::create_directories(folder_);
    return storage::Store::open(folder_ / "s.db", storage::Mode::write).value();
  }

  storage::Id target(const std::string& page, const std::string& kind = "privacy policy",
                     const std::string& language = "") {
    const std::string url = "https://tern.example/" + page;
    return store_.put_target({0, url, core::url_key(url), "tern.example", kind, {}, language}).value();
  }

  void capture(storage::Id target, const std::string& digits, const std::string& body,
               const std::string& cut_short = "") {
    storage::CaptureRow row = pending(digits);
    storage::ListingRow listing;
    listing.target = target;
    listing.archive = archive_;
    listing.complete = true;
    listing.rows = 1;
    ASSERT_TRUE(store_.put_listing(listing, {row.capture}));
    auto rows = store_.captures(target).value();
    for (storage::CaptureRow& known : rows) {
      if (known.capture.raw_timestamp != row.capture.raw_timestamp) continue;
      known.outcome = storage::Outcome::fetched;
      known.http_status = 200;
      known.content_type = "text/html; charset=utf-8";
      known.cut_short = cut_short;
      known.body = store_.put_body(body).value();
      ASSERT_TRUE(store_.update_capture(known));
    }
  }

  static std::string page(const std::string& rest, const std::string& more = "") {
    return "<html><head><title>Privacy policy</title></head><body><h1>Privacy policy</h1><p>This policy explains which "
           "personal data we collect and why we do so. We keep your name, your address and your orders.</p><p>You may "
           "ask us which data we hold about you, and have them deleted. " +
           more + "</p>" + rest + "</body></html>";
  }

  static std::string german() {
    std::string out = "<html><head><title>Datenschutz</title></head><body><h1>Datenschutzerklärung</h1>";
    for (const char* const sentence :
         {"Wir erheben nur die Daten, die Sie uns geben.", "Wir speichern Ihren Namen und Ihre Anschrift.",
          "Die Daten werden nicht an Dritte weitergegeben.", "Sie können jederzeit Auskunft verlangen.",
          "Auf Wunsch löschen wir Ihre Daten.", "Wir setzen Cookies nur mit Ihrer Einwilligung.",
          "Die Einwilligung können Sie widerrufen.", "Fragen beantwortet unser Datenschutzbeauftragter.",
          "Wir sichern unsere Server gegen Zugriffe von außen.", "Diese Erklärung gilt für alle unsere Seiten.",
          "Änderungen geben wir hier bekannt."}) {
      out += "<p>" + std::string(sentence) + "</p>";
    }
    return out + "</body></html>";
  }

  static std::string english() {
    std::string out = "<html><head><title>Privacy</title></head><body><h1>Privacy policy</h1>";
    for (const char* const sentence :
         {"We only collect the data that you give us.", "We keep your name and your address.",
          "Your data are not given to any third party.", "You may ask at any time what we hold.",
          "If you wish, we delete your data.", "We set cookies only with your consent.",
          "You may withdraw your consent.", "Our data protection officer answers your questions.",
          "We protect our servers against access from outside.", "This policy applies to all of our pages.",
          "We announce changes to it here."}) {
      out += "<p>" + std::string(sentence) + "</p>";
    }
    return out + "</body></html>";
  }

  void process_all() {
    const auto done = process(store_, quiet_);
    ASSERT_TRUE(done) << done.error().detail;
  }
  std::size_t states(storage::Id target) { return store_.history(target).value().states.size(); }
  std::string last_text(storage::Id target) {
    const auto history = store_.history(target).value();
    if (history.placements.empty()) return "";
    return extract::to_text(extract::from_json(store_.text(history.placements.back().text).value().document).value());
  }

  std::filesystem::path folder_;
  storage::Store store_;
  storage::Id archive_ = 0;
  Quiet quiet_;
};

TEST_F(Process, LeavesOutACounterAsSoonAsThreeCapturesTellAndTakesNoChangeFromIt) {
  const storage::Id one = target("privacy");
  capture(one, "20190101", page("<p>Visitor 10</p>"));
  capture(one, "20190105", page("<p>Visitor 23</p>"));
  process_all();
  EXPECT_EQ(states(one), 2u) << "two may be a change";
  EXPECT_THAT(last_text(one), HasSubstr("Visitor"));

  capture(one, "20190109", page("<p>Visitor 31</p>"));
  process_all();
  EXPECT_EQ(states(one), 1u);
  EXPECT_TRUE(store_.history(one).value().transitions.empty());
  EXPECT_THAT(last_text(one), Not(HasSubstr("Visitor")));
  EXPECT_THAT(last_text(one), HasSubstr("Privacy policy"));
}

TEST_F(Process, TakesALineBackInOnceALaterCaptureShowsThatItLasts) {
  const storage::Id one = target("privacy");
  for (const char* const day : {"20190101", "20190105", "20190109"}) {
    capture(one, day, page("<p>Fee " + std::string(day) + "</p>"));
  }
  process_all();
  EXPECT_THAT(last_text(one), Not(HasSubstr("Fee")));
  capture(one, "20190801", page("<p>Fee 20190105</p>"));
  process_all();
  EXPECT_THAT(last_text(one), HasSubstr("Fee 20190105"));
  EXPECT_EQ(states(one), 3u);
  EXPECT_EQ(process(store_, quiet_).value().histories, 0u) << "a rerun has nothing to do";
}

TEST_F(Process, LeavesOutAMenuThatAnotherDocumentOfTheSiteHasToo) {
  const std::string menu = "<p><a href=\"/jobs\">Jobs at Tern</a></p>";
  const storage::Id privacy = target("privacy");
  capture(privacy, "20190101", page(menu));
  process_all();
  const bool alone = last_text(privacy).find("Jobs") != std::string::npos;
  const storage::Id terms = target("terms", "terms of service");
  capture(terms, "20190301",
          "<html><head><title>Terms</title></head><body><h1>Terms of service</h1><p>These terms apply when you use our "
          "services. You agree to them by ordering.</p><p>Our liability is limited as far as the law permits it.</p>" +
              menu + "</body></html>");
  process_all();
  EXPECT_TRUE(alone);
  EXPECT_THAT(last_text(privacy), Not(HasSubstr("Jobs")));
  EXPECT_THAT(last_text(terms), Not(HasSubstr("Jobs")));
}

TEST_F(Process, GivesTheSameHistoryInWhateverOrderCapturesCame) {
  const std::vector<std::pair<std::string, std::string>> captures = {
      {"20190101", page("<p>Visitor 10</p>")},
      {"20190105", page("<p>Visitor 23</p>", "We sell nothing.")},
      {"20190109", page("<p>Visitor 31</p>", "We sell nothing.")},
      {"20190113", page("<p>Visitor 47</p>", "We sell nothing.")},
  };
  const storage::Id forwards = target("privacy");
  const storage::Id backwards = target("privacy", "the same backwards");
  for (const auto& [day, body] : captures) {
    capture(forwards, day, body);
    process_all();
  }
  for (auto one = captures.rbegin(); one != captures.rend(); ++one) {
    capture(backwards, one->first, one->second);
    process_all();
  }
  EXPECT_EQ(states(forwards), 2u);
  EXPECT_EQ(states(backwards), 2u);
  EXPECT_EQ(last_text(forwards), last_text(backwards));
  ASSERT_EQ(store_.history(backwards).value().transitions.size(), 1u);
  EXPECT_EQ(store_.history(backwards).value().transitions[0].changes.changes.size(), 1u);
}

TEST_F(Process, QuarantinesACaptureInAnotherLanguageBetweenOthers) {
  const storage::Id one = target("privacy");
  capture(one, "20190101", english());
  capture(one, "20190201", german());
  capture(one, "20190301", english());
  process_all();
  EXPECT_EQ(states(one), 1u);
  const auto history = store_.history(one).value();
  EXPECT_EQ(history.placements.size(), 2u);
  bool told = false;
  const auto extractions = store_.extractions(one, extract::generation).value();
  for (const auto& extraction : extractions) {
    told = told || extraction.verdict.reason == core::Quarantine::wrong_language;
  }
  EXPECT_TRUE(told);

  capture(one, "20190401", german());
  capture(one, "20190501", german());
  process_all();
  EXPECT_EQ(states(one), 2u) << "now most are German, and the English ones between are the strays";
}

TEST_F(Process, HoldsToTheLanguageThatTheTargetIsToBeIn) {
  const storage::Id one = target("privacy", "privacy policy", "de");
  capture(one, "20190101", english());
  capture(one, "20190201", german());
  process_all();
  EXPECT_EQ(store_.history(one).value().placements.size(), 1u);
}

TEST_F(Process, ComparesNoBodyOfWhichAPartIsMissing) {
  const storage::Id one = target("privacy");
  capture(one, "20190101", english());
  capture(one, "20190201", page(""), "400 of 90000 bytes");
  process_all();
  EXPECT_EQ(store_.history(one).value().placements.size(), 1u);
}

}  // namespace
}  // namespace waydiff::pipeline
