#include <gtest/gtest.h>
#include <iconv.h>

#include <string>
#include <string_view>
#include <vector>

#include "extract/charset.hpp"
#include "extract/extract.hpp"
#include "tests/extract/shown.hpp"

namespace waydiff::extract {
namespace {

/// `text` in another charset, as the C library writes it: not by the library that is tested.
std::string in(const char* charset, std::string_view text) {
  const iconv_t converter = iconv_open(charset, "UTF-8");
  EXPECT_NE(converter, reinterpret_cast<iconv_t>(-1)) << charset;
  std::string input(text);
  std::string output(text.size() * 4 + 16, '\0');
  char* from = input.data();
  char* to = output.data();
  std::size_t left = input.size();
  std::size_t room = output.size();
  EXPECT_NE(iconv(converter, &from, &left, &to, &room), static_cast<std::size_t>(-1)) << charset;
  iconv(converter, nullptr, nullptr, &to, &room);
  iconv_close(converter);
  output.resize(output.size() - room);
  return output;
}

struct Sentence {
  const char* charset;  ///< the C library's name
  const char* label;    ///< as pages declare it
  std::string text;
};

const std::vector<Sentence>& sentences() {
  static const std::vector<Sentence> all{
      {"KOI8-R", "koi8-r", "Мы обрабатываем персональные данные пользователей только с их согласия."},
      {"CP1251", "windows-1251", "Настоящая Политика конфиденциальности действует с 1 июня 2018 года."},
      {"CP1250", "windows-1250", "Zpracováváme osobní údaje našich zákazníků a řídíme se příslušnými zákony."},
      {"ISO-8859-2", "iso-8859-2", "Administratorem danych osobowych jest spółka z siedzibą w Łodzi, źródło: umowa."},
      {"CP1252", "windows-1252", "L’utilisateur accepte les conditions générales – « sans réserve » – à 10 € près."},
      {"CP1253", "windows-1253", "Επεξεργαζόμαστε τα προσωπικά σας δεδομένα σύμφωνα με την πολιτική απορρήτου."},
      {"CP1254", "iso-8859-9", "Kişisel verilerinizi gizlilik politikamıza uygun olarak işliyoruz ve saklıyoruz."},
      {"CP1255", "windows-1255", "אנו אוספים מידע אישי בהתאם למדיניות הפרטיות שלנו ולחוק החל."},
      {"CP1256", "windows-1256", "نجمع المعلومات الشخصية وفقا لسياسة الخصوصية الخاصة بنا والقانون المعمول به."},
      {"CP1257", "windows-1257", "Mes tvarkome jūsų asmens duomenis pagal šią privatumo politiką ir įstatymus."},
      {"GB18030", "gb2312", "我们按照本隐私政策收集、使用和保护您的个人信息。如有疑问请与我们联系。"},
      {"BIG5", "big5", "我們依據本隱私權政策蒐集、處理及利用您的個人資料,並受相關法律規範。"},
      {"SHIFT_JIS", "shift_jis", "当社は、お客様の個人情報をこのプライバシーポリシーに従って取り扱います。"},
      {"EUC-JP", "euc-jp", "当社は、法令に基づく場合を除き、個人情報を第三者に提供しません。"},
      {"ISO-2022-JP", "iso-2022-jp", "利用規約は予告なく変更されることがあります。最終更新日をご確認ください。"},
      {"EUC-KR", "ks_c_5601-1987", "회사는 이용자의 개인정보를 개인정보처리방침에 따라 수집하고 이용합니다."},
      {"TIS-620", "tis-620", "เราเก็บรวบรวมข้อมูลส่วนบุคคลของคุณตามนโยบายความเป็นส่วนตัวนี้"},
  };
  return all;
}

TEST(Encodings, ReadsEachByTheLabelOfThePage) {
  for (const Sentence& sentence : sentences()) {
    const std::string page =
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=" + std::string(sentence.label) +
        "\"></head><body><p>" + in(sentence.charset, sentence.text);
    const Decoded decoded = decode(page, "text/html", true);
    EXPECT_TRUE(decoded.text.ends_with("<p>" + sentence.text)) << sentence.label << ": " << decoded.text;
    EXPECT_EQ(decoded.replaced, 0u) << sentence.label;
  }
}

TEST(Encodings, ReadsEachByTheLabelOfTheHeader) {
  for (const Sentence& sentence : sentences()) {
    const Decoded decoded = decode(in(sentence.charset, sentence.text),
                                   "text/plain; charset=\"" + std::string(sentence.label) + "\"", false);
    EXPECT_EQ(decoded.text, sentence.text) << sentence.label;
  }
}

TEST(Encodings, DetectsThoseThatASentenceTells) {
  std::size_t found = 0;
  for (const Sentence& sentence : sentences()) {
    std::string text;
    for (int i = 0; i < 6; ++i) text += sentence.text + "\n";
    const Decoded decoded = decode(in(sentence.charset, text), "text/html", true);
    found += decoded.text == text;
    if (decoded.text != text) std::printf("not told: %s, taken for %s\n", sentence.charset, decoded.charset.c_str());
  }
  EXPECT_GE(found + 3, sentences().size());
}

TEST(Encodings, ReadsWideFormsWithAndWithoutMarks) {
  const std::string text = "<p>Grüße – 規約 \xF0\x9F\x94\x92 and a good deal of plain text beside it</p>";
  for (const char* charset : {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
    EXPECT_EQ(decode(in(charset, text), "text/html", true).text, text) << charset;
    EXPECT_EQ(decode(in(charset, "\xEF\xBB\xBF" + text), "text/html", true).text, text) << charset << " with a mark";
  }
}

TEST(Encodings, KnowsTheLabelsOfTheStandard) {
  for (const auto& [label, charset] :
       std::vector<std::pair<std::string, std::string>>{{"ISO-8859-1", "windows-1252"},
                                                        {" Latin1 ", "windows-1252"},
                                                        {"us-ascii", "windows-1252"},
                                                        {"x-user-defined", "windows-1252"},
                                                        {"unicode-1-1-utf-8", "utf-8"},
                                                        {"gb_2312-80", "gb18030"},
                                                        {"x-x-big5", "big5-hkscs"},
                                                        {"ms_kanji", "windows-31j"},
                                                        {"korean", "windows-949"},
                                                        {"dos-874", "windows-874"},
                                                        {"logical", "iso-8859-8"},
                                                        {"sun_eu_greek", "iso-8859-7"},
                                                        {"l9", "iso-8859-15"},
                                                        {"koi", "koi8-r"},
                                                        {"mac", "macintosh"},
                                                        {"utf-7", ""},
                                                        {"none", ""},
                                                        {"", ""}}) {
    EXPECT_EQ(charset_of_label(label), charset) << label;
  }
}

TEST(Encodings, TakesUtf16InAMetaForUtf8) {
  const Decoded decoded = decode("<meta charset=utf-16><p>d\xC3\xA9j\xC3\xA0", "text/html", true);
  EXPECT_EQ(decoded.charset, "utf-8");
  EXPECT_TRUE(decoded.text.ends_with("déjà"));
}

TEST(Encodings, PassesOverDeclarationsInComments) {
  const Decoded decoded =
      decode("<!-- <meta charset=koi8-r> --><meta charset=windows-1251><p>\xCF\xF0\xE8", "text/html", true);
  EXPECT_EQ(decoded.charset, "windows-1251");
}

TEST(Encodings, BelievesThePageAgainstALatin1Header) {
  std::string text;
  for (int i = 0; i < 4; ++i) text += sentences()[1].text;
  const Decoded decoded =
      decode("<meta charset=windows-1251>" + in("CP1251", text), "text/html; charset=ISO-8859-1", true);
  EXPECT_TRUE(decoded.text.ends_with(text));
  EXPECT_EQ(decoded.overruled, "windows-1252");
  EXPECT_EQ(notes_of(decoded), std::vector<std::string>{"announced as windows-1252, but its bytes are windows-1251"});
}

TEST(Encodings, ReadsWindows1252WithinUtf8) {
  const Decoded decoded = decode("d\xC3\xA9j\xC3\xA0 vu: don\x92t caf\xE9s \x93yes\x94 na\xEFve \xC3\xBC",
                                 "text/html; charset=utf-8", true);
  EXPECT_EQ(decoded.text, "déjà vu: don’t cafés “yes” naïve ü");
  EXPECT_EQ(decoded.foreign, 5u);
  EXPECT_EQ(decoded.replaced, 0u);
}

TEST(Encodings, DoesNotGuessAtRemnantsOfCutSequences) {
  const Decoded decoded = decode("d\xC3\xA9j\xC3\xA0 \xE2\x80<b>x</b> \xC3 y", "text/html; charset=utf-8", true);
  EXPECT_EQ(decoded.text, "déjà \xEF\xBF\xBD<b>x</b> \xEF\xBF\xBD y");
  EXPECT_EQ(decoded.replaced, 2u);
  EXPECT_EQ(decoded.replaced_bytes, 3u);
  EXPECT_EQ(notes_of(decoded), std::vector<std::string>{"3 bytes are not utf-8, and replaced in 2 places"});
}

TEST(Encodings, DoesNotReadLatinIntoOtherScripts) {
  const Decoded decoded = decode(sentences()[0].text + " \xE9t\xE9", "text/html; charset=utf-8", true);
  EXPECT_EQ(decoded.foreign, 0u);
  EXPECT_EQ(decoded.replaced_bytes, 2u);
}

TEST(Encodings, ReadsUtf8WithinWindows1252) {
  const Decoded decoded = decode(
      "\xE9t\xE9 \xE0 No\xEBl, fran\xE7"
      "ais \xE2\x80\x99 \xC3\xA9",
      "text/html; charset=latin1", true);
  EXPECT_EQ(decoded.text, "été à Noël, français ’ é");
  EXPECT_EQ(decoded.foreign, 5u);
}

TEST(Encodings, UndoesTextThatWasEncodedTwiceThroughout) {
  const Decoded decoded =
      decode("we don\u00E2\u20AC\u2122t; caf\u00C3\u00A9, na\u00C3\u00AFve", "text/html; charset=utf-8", true);
  EXPECT_EQ(decoded.text, "we don’t; café, naïve");
  EXPECT_TRUE(decoded.undone);
}

TEST(Encodings, OnlyReportsTextThatWasEncodedTwiceInPart) {
  const Decoded decoded =
      decode("don\u00E2\u20AC\u2122t, café, caf\u00C3\u00A9, na\u00C3\u00AFve", "text/html; charset=utf-8", true);
  EXPECT_EQ(decoded.text, "don\u00E2\u20AC\u2122t, café, caf\u00C3\u00A9, na\u00C3\u00AFve");
  EXPECT_EQ(decoded.mojibake, 3u);
  EXPECT_EQ(notes_of(decoded).size(), 1u);
}

TEST(Encodings, CountsTheControlsItLeavesOut) {
  const Decoded decoded = decode(std::string_view("a\0b\x01\x7F c\xEF\xBB\xBF"
                                                  "d\xEF\xBF\xBE e\xC2\x81 it\xC2\x92s\tx\r\n",
                                                  28),
                                 "text/html", true);
  EXPECT_EQ(decoded.text, "ab cd e it’s\tx\r\n");
  EXPECT_EQ(decoded.dropped, 3u + 3u + 3u + 2u);
  EXPECT_EQ(decoded.foreign, 1u);
}

TEST(Encodings, CountsSequencesCutAtTheEnd) {
  EXPECT_EQ(decode("d\xC3\xA9j\xC3\xA0 \xE2\x80", "text/html; charset=utf-8", true).replaced_bytes, 2u);
  EXPECT_EQ(decode("\x93\xFA\x96{\x8C\xEA \x93", "text/plain; charset=shift_jis", false).replaced_bytes, 1u);
  EXPECT_EQ(decode(std::string_view("\xFF\xFE"
                                    "A\0B",
                                    5),
                   "", true)
                .replaced_bytes,
            1u);
}

TEST(Encodings, ComposesTitlesAndLinksToo) {
  const core::Document document =
      document_of("<title>Cafe\u0301</title><h1>Cafe\u0301</h1><p>See <a href=/x>le cafe\u0301</a> &#xD800; and text.");
  EXPECT_EQ(document.title, "Café");
  EXPECT_EQ(document.blocks.at(0).runs.at(0).text, "Café");
  EXPECT_EQ(document.blocks.at(1).runs.at(1).text, "le café");
}

}  // namespace
}  // namespace waydiff::extract
