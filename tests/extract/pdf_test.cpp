#include "extract/pdf.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "extract/inline_text.hpp"
#include "tests/extract/pdf_builder.hpp"
#include "tests/extract/shown.hpp"

#if defined(__SANITIZE_ADDRESS__)
// The font library that poppler asks for fonts keeps its tables to the end.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig\n";
}
#endif

namespace waydiff::extract {
namespace {

/// The Markdown of a PDF without its title.
std::string body_of(const PdfBuilder& pdf) {
  const std::string text = shown(pdf.build(), "application/pdf");
  return text;
}

// Lines of 78 letters fill the column from 72 to 540.
const std::string full = "We collect the data that you give us when you open an account or write to us,";

TEST(Pdf, JoinsTheLinesOfAParagraph) {
  PdfBuilder pdf;
  double top = pdf.page().lines(72, 100, {full, full, "and nothing else."});
  pdf.lines(72, top + 8, {full, "and the next paragraph ends here."});
  EXPECT_EQ(body_of(pdf), full + " " + full + " and nothing else.\n\n" + full + " and the next paragraph ends here.");
}

TEST(Pdf, TellsParagraphsByFirstLinesThatStandIn) {
  PdfBuilder pdf;
  pdf.page();
  double top = 100;
  std::string wanted;
  for (int i = 0; i < 6; ++i) {
    top = pdf.lines(90, top, {full.substr(0, 74) + "."});
    top = pdf.lines(72, top, {full, full.substr(0, 60) + "."});
    wanted += (i > 0 ? "\n\n" : "") + full.substr(0, 74) + ". " + full + " " + full.substr(0, 60) + ".";
  }
  EXPECT_EQ(body_of(pdf), wanted);
}

TEST(Pdf, GoesOnOverPagesWithoutHeadsAndFeet) {
  PdfBuilder pdf;
  std::string wanted;
  for (int i = 1; i <= 4; ++i) {
    const std::string page = std::string(1, static_cast<char>('a' + i)) + full.substr(1);
    const std::string rest = std::string(1, static_cast<char>('p' + i)) + full.substr(1);
    pdf.page().text(72, 40, "Example Corp. Privacy Policy", 8);
    pdf.lines(72, 100, {page, rest});
    pdf.text(280, 750, "Page " + std::to_string(i) + " of 4", 8);
    wanted += page + " " + rest + " ";
  }
  pdf.lines(72, 124, {"and that is all."});
  const core::Document document = document_of(pdf.build(), "application/pdf");
  ASSERT_EQ(document.blocks.size(), 1u);
  EXPECT_EQ(plain_text(document.blocks[0]), wanted + "and that is all.");
  EXPECT_EQ(document.notes, std::vector<std::string>{
                                "left out at the edges of pages: \"Example Corp. Privacy Policy\", \"Page # of #\""});
}

TEST(Pdf, KeepsASentenceThatRepeatsWithinPages) {
  PdfBuilder pdf;
  for (int i = 1; i <= 4; ++i) {
    pdf.page();
    const double top = pdf.lines(72, 100, {full.substr(0, 60 - static_cast<std::size_t>(i)) + ".", "You may object."});
    pdf.lines(72, top + 10 * i, {full.substr(0, 50 + static_cast<std::size_t>(i)) + "."});
  }
  const std::string text = body_of(pdf);
  std::size_t times = 0;
  for (std::size_t at = text.find("You may object."); at != std::string::npos;
       at = text.find("You may object.", at + 1)) {
    ++times;
  }
  EXPECT_EQ(times, 4u);
}

TEST(Pdf, TakesOnlyTheLinesOwnHyphensAway) {
  PdfBuilder pdf;
  pdf.page().lines(72, 100,
                   {"A long-term plan, and the information that we keep, and how long we keep infor-",
                    "mation of this kind, is what you read of below, as well as of any other long-",
                    "term storage of a kind that is not told by law or by the rules of the market."});
  EXPECT_EQ(
      body_of(pdf),
      "A long-term plan, and the information that we keep, and how long we keep information of this kind, is what "
      "you read of below, as well as of any other long-term storage of a kind that is not told by law or by the "
      "rules of the market.");
}

TEST(Pdf, ReadsColumnsOneAfterTheOther) {
  PdfBuilder pdf;
  pdf.page().text(72, 60, "A heading over both columns", 18);
  const std::string left = "left text goes on and on and so";
  const std::string right = "right text goes on and on and so";
  pdf.lines(72, 100, {left, left, left, left, left, left});
  pdf.lines(320, 105, {right, right, right, right, right, right});
  const std::string text = body_of(pdf);
  const std::string all = text.substr(text.find("left"));
  EXPECT_EQ(all.rfind("left text"), 5 * (left.size() + 1));
  EXPECT_EQ(all.find("right text"), 6 * (left.size() + 1));
}

TEST(Pdf, TellsHeadingsByTheirFont) {
  PdfBuilder pdf;
  pdf.page().text(72, 60, "Privacy Policy", 20, true);
  pdf.text(72, 100, "1. What we collect", 14, true);
  pdf.lines(72, 130, {full, full});
  pdf.text(72, 170, "Cookies", 10, true);
  pdf.lines(72, 190, {full, full});
  pdf.text(72, 230, "2. Your rights", 14, true);
  pdf.lines(72, 260, {full, full});
  const std::string text = full + " " + full;
  EXPECT_EQ(body_of(pdf), "# Privacy Policy\n\n## 1. What we collect\n\n" + text + "\n\n### Cookies\n\n" + text +
                              "\n\n## 2. Your rights\n\n" + text);
}

TEST(Pdf, TellsHeadingsByTheOutline) {
  PdfBuilder pdf;
  pdf.outline({"Scope", "Liability"}).page();
  pdf.lines(72, 100, {"1. Scope"});
  pdf.lines(72, 124, {full, full});
  pdf.lines(72, 160, {"2. Liability"});
  pdf.lines(72, 184, {full, full});
  const core::Document document = document_of(pdf.build(), "application/pdf");
  ASSERT_EQ(document.blocks.size(), 4u);
  EXPECT_EQ(document.blocks[0].kind, core::BlockKind::heading);
  EXPECT_EQ(plain_text(document.blocks[0]), "1. Scope");
  EXPECT_EQ(document.blocks[2].kind, core::BlockKind::heading);
}

TEST(Pdf, ReadsListsWithTheirDepth) {
  PdfBuilder pdf;
  pdf.page().lines(72, 100, {full, "for these ends:"});
  pdf.text(90, 130, "\x95").text(108, 130, "to serve you, as long as you are a customer of ours and have not left");
  pdf.text(108, 142, "us for good;");
  pdf.text(90, 154, "\x95").text(108, 154, "to bill you:");
  pdf.text(126, 166, "-").text(144, 166, "by card;");
  pdf.text(126, 178, "-").text(144, 178, "by mail;");
  pdf.text(90, 190, "\x95").text(108, 190, "to obey the law.");
  pdf.text(90, 214, "1.").text(108, 214, "First of all.");
  pdf.text(90, 226, "2.").text(108, 226, "Second of all.");
  pdf.lines(72, 250, {full, "is the end."});
  EXPECT_EQ(body_of(pdf), full +
                              " for these ends:\n\n"
                              "  * to serve you, as long as you are a customer of ours and have not left us for good;\n"
                              "  * to bill you:\n"
                              "    * by card;\n"
                              "    * by mail;\n"
                              "  * to obey the law.\n"
                              "  1. First of all.\n"
                              "  2. Second of all.\n\n" +
                              full + " is the end.");
}

TEST(Pdf, ReadsTablesRowByRow) {
  PdfBuilder pdf;
  pdf.page().lines(72, 60, {full, "as the table shows."});
  pdf.text(72, 100, "Data", 10, true).text(300, 100, "Purpose", 10, true);
  pdf.lines(72, 120, {"Your name and the", "address of your home"});
  pdf.lines(300, 120, {"Delivery of what", "you have ordered"});
  pdf.lines(72, 152, {"Your card's number"});
  pdf.lines(300, 152, {"Payment"});
  EXPECT_EQ(body_of(pdf), full +
                              " as the table shows.\n\n| Data | Purpose |\n| --- | --- |\n"
                              "| Your name and the address of your home | Delivery of what you have ordered |\n"
                              "| Your card's number | Payment |");
}

TEST(Pdf, MarksBoldRunsAndOpensLigatures) {
  PdfBuilder pdf;
  pdf.page().text(72, 100, "Your").text(102, 100, "pro\x01le", 10, true).text(150, 100, "is yours to keep.");
  pdf.lines(72, 112, {"It stays so."});
  EXPECT_EQ(body_of(pdf), "Your **profile** is yours to keep. It stays so.");
}

TEST(Pdf, BelievesOnlySensibleTitles) {
  const auto title = [](const char* given) {
    PdfBuilder pdf;
    pdf.title(given).page().text(72, 60, "Privacy Policy", 20);
    pdf.lines(72, 100, {full, full});
    return document_of(pdf.build(), "application/pdf").title;
  };
  EXPECT_EQ(title("Terms of the Example Corporation"), "Terms of the Example Corporation");
  EXPECT_EQ(title("Microsoft Word - policy_v3.doc"), "Privacy Policy");
  EXPECT_EQ(title("untitled"), "Privacy Policy");
  EXPECT_EQ(title("privacy-policy-2018"), "Privacy Policy");
  EXPECT_EQ(title(""), "Privacy Policy");
}

TEST(Pdf, SaysThatItAsksForAPassword) {
  PdfBuilder pdf;
  pdf.page().lines(72, 100, {full});
  const auto document = extract(pdf.locked().build(), {"https://example.org/p.pdf", "application/pdf"});
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, core::Errc::bad_document);
  EXPECT_EQ(document.error().detail, "https://example.org/p.pdf: PDF cannot be opened: it asks for a password");
}

TEST(Pdf, ReadsWhatIsLeftOfADamagedFile) {
  PdfBuilder pdf;
  pdf.page().lines(72, 100, {full, "is here."});
  std::string bytes = pdf.build();
  bytes.resize(bytes.find("xref"));
  const core::Document document = document_of(bytes, "application/pdf");
  ASSERT_EQ(document.blocks.size(), 1u);
  EXPECT_EQ(plain_text(document.blocks[0]), full + " is here.");
  EXPECT_EQ(document.notes, std::vector<std::string>{"the PDF is damaged: what could be found was read"});
}

TEST(Pdf, QuarantinesPagesOfPictures) {
  PdfBuilder pdf;
  pdf.page().page();
  const core::Document document = document_of(pdf.build(), "application/pdf");
  EXPECT_EQ(document.verdict.reason, core::Quarantine::empty);
  EXPECT_EQ(document.notes, std::vector<std::string>{"no text in the PDF: 2 pages of pictures at most"});
}

TEST(Pdf, FailsOnWhatIsNoPdf) {
  EXPECT_FALSE(read_pdf("%PDF-1.4\nnothing"));
  EXPECT_FALSE(read_pdf(""));
}

}  // namespace
}  // namespace waydiff::extract
