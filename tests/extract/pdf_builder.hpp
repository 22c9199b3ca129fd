#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waydiff::extract {

/// Writes small PDFs by hand: text at places, in Courier, whose letters are all 0.6 of the size wide. Places are points
/// from the upper left corner of a page of 612 by 792. The bytes are Latin-1; byte 1 is the ligature "fi".
class PdfBuilder {
 public:
  PdfBuilder& page() {
    pages_.emplace_back();
    return *this;
  }
  PdfBuilder& text(double left, double top, std::string_view words, double size = 10, bool bold = false) {
    std::string escaped;
    for (const char c : words) {
      if (c == '(' || c == ')' || c == '\\') escaped.push_back('\\');
      escaped.push_back(c);
    }
    pages_.back() += "BT /" + std::string(bold ? "B" : "R") + " " + std::to_string(size) + " Tf " +
                     std::to_string(left) + " " + std::to_string(792 - top - size) + " Td (" + escaped + ") Tj ET\n";
    return *this;
  }
  /// Lines one below the other, 12 points apart; returns the top of the next.
  double lines(double left, double top, const std::vector<std::string>& all) {
    for (const std::string& line : all) {
      text(left, top, line);
      top += 12;
    }
    return top;
  }
  PdfBuilder& title(std::string_view title) {
    title_ = title;
    return *this;
  }
  PdfBuilder& outline(std::vector<std::string> titles) {
    outline_ = std::move(titles);
    return *this;
  }
  PdfBuilder& locked() {
    locked_ = true;
    return *this;
  }

  [[nodiscard]] std::string build() const {
    std::vector<std::string> objects(5);  // catalogue, pages, two fonts, properties
    const std::string encoding = "/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/fi]>>";
    objects[2] = "<</Type/Font/Subtype/Type1/BaseFont/Courier" + encoding + ">>";
    objects[3] = "<</Type/Font/Subtype/Type1/BaseFont/Courier-Bold" + encoding + ">>";
    objects[4] = "<</Title(" + title_ + ")>>";
    std::string kids;
    for (const std::string& content : pages_) {
      objects.push_back(
          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</R 3 0 R/B 4 0 R>>>>/Contents " +
          std::to_string(objects.size() + 2) + " 0 R>>");
      kids += std::to_string(objects.size()) + " 0 R ";
      objects.push_back("<</Length " + std::to_string(content.size()) + ">>\nstream\n" + content + "endstream");
    }
    objects[1] = "<</Type/Pages/Kids[" + kids + "]/Count " + std::to_string(pages_.size()) + ">>";
    objects[0] = "<</Type/Catalog/Pages 2 0 R/Lang(en)";
    if (!outline_.empty()) {
      const std::size_t root = objects.size() + 1;
      objects[0] += "/Outlines " + std::to_string(root) + " 0 R";
      objects.push_back("<</First " + std::to_string(root + 1) + " 0 R/Last " + std::to_string(root + outline_.size()) +
                        " 0 R/Count " + std::to_string(outline_.size()) + ">>");
      for (std::size_t i = 0; i < outline_.size(); ++i) {
        std::string entry = "<</Title(" + outline_[i] + ")/Parent " + std::to_string(root) + " 0 R";
        if (i > 0) entry += "/Prev " + std::to_string(root + i) + " 0 R";
        if (i + 1 < outline_.size()) entry += "/Next " + std::to_string(root + i + 2) + " 0 R";
        objects.push_back(entry + "/Dest[6 0 R/Fit]>>");
      }
    }
    objects[0] += ">>";
    std::string file = "%PDF-1.4\n";
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < objects.size(); ++i) {
      places.push_back(file.size());
      file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::size_t table = file.size();
    file += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (const std::size_t place : places) {
      const std::string digits = std::to_string(place);
      file += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    file += "trailer\n<</Size " + std::to_string(objects.size() + 1) + "/Root 1 0 R/Info 5 0 R";
    if (locked_) {
      const std::string key(64, '7');
      file += "/ID[<" + key.substr(32) + "><" + key.substr(32) + ">]/Encrypt<</Filter/Standard/V 1/R 2/O<" + key +
              ">/U<" + key + ">/P -4>>";
    }
    return file + ">>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
  }

 private:
  std::vector<std::string> pages_;
  std::string title_;
  std::vector<std::string> outline_;
  bool locked_ = false;
};

}  // namespace waydiff::extract
