#include <gmock/gmock.h>

#include "crawl_scene.hpp"
#include "diff/compare.hpp"
#include "extract/render.hpp"
#include "storage/store.hpp"

namespace waydiff::cli {
namespace {

using storage::Id;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// "may", then "will", then as before; an earlier generation of the program took the caption of a menu for a part of
/// each text, and in the last capture another one.
class Generations : public testing::Test {
 protected:
  Generations() {
    scene.capture("20180101", policy("We may share your data with advertisers."));
    scene.capture("20190101", policy("We will share your data with advertisers."));
    scene.capture("20200101", policy("We will share your data with advertisers.") + "<!-- anew -->");
    if (const Ended ended = scene.run(); ended.status != 0) ADD_FAILURE() << ended.err;
    make_former();
    processed = scene.waydiff({"process"});
  }

  Id with_caption(storage::Store& store, Id text, const std::string& caption) {
    core::Document document = extract::from_json(store.text(text)->document).value();
    core::Block block;
    block.runs.push_back({});
    block.runs.back().text = caption;
    document.blocks.insert(document.blocks.begin() + 1, block);
    storage::TextRow row;
    const auto clauses = diff::clauses(document);
    row.state_key = diff::state_key(clauses);
    row.clauses = clauses.size();
    row.title = document.title;
    row.document = extract::to_json(document);
    return store.put_text(row).value();
  }

  /// Writes what a program of generation 1.1 would have.
  void make_former() {
    auto store = storage::Store::open(scene.folder.path() / "policies.db", storage::Mode::write).value();
    const Id target = store.targets().value().front().id;
    storage::History history = store.history(target).value();
    const auto captures = store.captures(target).value();
    ASSERT_EQ(history.placements.size(), 3u);
    const Id may = with_caption(store, history.placements[0].text, "In this article");
    const Id will = with_caption(store, history.placements[1].text, "In this article");
    const Id will_again = with_caption(store, history.placements[2].text, "On this page");
    const Id texts[] = {may, will, will_again};
    history.states = {{0, 1, store.text(may)->state_key, 9},
                      {0, 2, store.text(will)->state_key, 9},
                      {0, 3, store.text(will_again)->state_key, 9}};
    for (std::size_t at = 0; at < 3; ++at) {
      history.placements[at].state = static_cast<int>(at) + 1;
      history.placements[at].text = texts[at];
      const storage::CaptureRow& row = captures[at];
      ASSERT_TRUE(store.put_extraction({0, *row.body, row.capture.original, row.content_type, 1, texts[at], {}}));
    }
    ASSERT_EQ(history.transitions.size(), 1u);
    storage::TransitionRow& first = history.transitions[0];
    first.old_text = may;
    first.new_text = will;
    storage::TransitionRow second = first;
    second.sequence = 2;
    second.old_state = 2;
    second.new_state = 3;
    second.old_text = will;
    second.new_text = will_again;
    second.old_capture = captures[1].id;
    second.new_capture = captures[2].id;
    second.not_before = captures[1].capture.timestamp;
    second.not_after = captures[2].capture.timestamp;
    core::Change change;
    change.kind = core::ChangeKind::modified;
    change.reason = "reworded";
    change.before = core::ClauseRange{1, 1, {}, "In this article"};
    change.after = core::ClauseRange{1, 1, {}, "On this page"};
    change.ops = {{'-', "In"}, {'+', "On"}, {'=', " this "}, {'-', "article"}, {'+', "page"}};
    second.changes.changes = {change};
    history.transitions.push_back(second);
    history.key = "made by an earlier program";
    history.lines = {};
    ASSERT_TRUE(store.put_history(target, history, {1, 1}));
  }

  CrawlScene scene;
  Ended processed;
};

TEST_F(Generations, StandBesideEachOtherOnceProcessed) {
  EXPECT_EQ(processed.status, 0);
  EXPECT_THAT(processed.err, HasSubstr("1 history that an earlier version of the program made is made anew"));
  const Ended list = scene.waydiff({"generations"});
  EXPECT_EQ(list.status, 0) << list.err;
  EXPECT_THAT(list.out,
              AllOf(HasSubstr("present: 1 document, 3 good captures, 2 texts, 1 transition, 1 change\n"),
                    HasSubstr("1.1  kept: 1 document, 3 good captures, 3 texts, 2 transitions, 2 changes\n")));
  EXPECT_EQ(scene.waydiff({"verify"}).status, 0);
  // A rerun has nothing to tell.
  EXPECT_THAT(scene.waydiff({"process"}).err, Not(HasSubstr("earlier version")));
}

TEST_F(Generations, TellWhatTheProgramAndNotTheDocumentChanged) {
  const Ended told = scene.waydiff({"generations", "--compare", "1.1"});
  EXPECT_EQ(told.status, 0) << told.err;
  EXPECT_THAT(told.out,
              AllOf(HasSubstr("captures good to both: 3, 0 of them with the same clauses, 3 read otherwise"),
                    HasSubstr("transitions seen by both: 1, 0 of them with other changes of clauses; seen only then: 1,"
                              " only now: 0"),
                    HasSubstr("2 captures of 1 document  - In this article"),
                    HasSubstr("1 capture of 1 document  - On this page"),
                    HasSubstr("transition seen only then: after 2019-01-01T12:00:00Z, not after "
                              "2020-01-01T12:00:00Z")));
  const auto lines = lines_of(scene.waydiff({"generations", "--compare", "1.1", "--json", "shop.example"}));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].at("captures").to_number<int>(), 3);
  EXPECT_EQ(lines[0].at("differing").as_array().size(), 3u);
  EXPECT_EQ(lines[0].at("transitions_only_then").as_array().size(), 1u);
  EXPECT_THAT(lines[0].at("transitions_only_now").as_array(), IsEmpty());
}

TEST_F(Generations, CanBothBeAsked) {
  const Ended former = scene.waydiff({"log", "shop.example", "--generation", "1.1"});
  EXPECT_EQ(former.status, 0) << former.err;
  EXPECT_THAT(former.out, HasSubstr("3 texts, 2 transitions, as generation 1.1 of the program saw them"));
  EXPECT_THAT(scene.waydiff({"log", "shop.example"}).out, HasSubstr("2 texts, 1 transitions\n"));
  EXPECT_THAT(scene.waydiff({"show", "shop.example@2018", "--generation", "1.1"}).out, HasSubstr("In this article"));
  EXPECT_THAT(scene.waydiff({"show", "shop.example@2018"}).out, Not(HasSubstr("In this article")));

  const Ended none = scene.waydiff({"log", "shop.example", "--generation", "1.9"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("there is no history of generation \"1.9\"; there is "));
  EXPECT_EQ(scene.waydiff({"generations", "--compare", "first"}).status, 2);
}

TEST_F(Generations, AreDroppedWhenToldTo) {
  const Ended dropped = scene.waydiff({"generations", "--drop", "1.1"});
  EXPECT_EQ(dropped.status, 0) << dropped.err;
  EXPECT_THAT(dropped.err, HasSubstr("1 former history dropped"));
  EXPECT_THAT(scene.waydiff({"generations"}).out, Not(HasSubstr("1.1")));
  EXPECT_EQ(scene.waydiff({"verify"}).status, 0);
  const Ended again = scene.waydiff({"generations", "--drop", "1.1"});
  EXPECT_EQ(again.status, 2);
  EXPECT_THAT(again.err, HasSubstr("no history of generation 1.1 is kept"));
}

}  // namespace
}  // namespace waydiff::cli
