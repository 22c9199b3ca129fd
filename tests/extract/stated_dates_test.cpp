#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "extract/dates.hpp"

namespace waydiff::extract {
namespace {

struct Line {
  const char* language;
  const char* text;    ///< "|" parts blocks
  const char* stated;  ///< roles and dates, parted by ", "; empty: none
};

// Wordings of policies, and of their prose, as they are met; one line each.
const std::vector<Line>& lines() {
  static const std::vector<Line> all{
      {"en", "Last updated: May 25, 2018", "updated 2018-05-25"},
      {"en", "LAST UPDATED ON JUNE 1ST, 2020", "updated 2020-06-01"},
      {"en", "Last Updated 25th May 2018", "updated 2018-05-25"},
      {"en", "(Last modified: 2019-11-03)", "updated 2019-11-03"},
      {"en", "Last revised: 12/31/2019", "updated 2019-12-31"},
      {"en", "This Privacy Policy was last updated on January 1, 2023.", "updated 2023-01-01"},
      {"en", "These Terms of Service were last modified on the 3rd of March, 2017.", "updated 2017-03-03"},
      {"en", "Effective date: December 15, 2022", "effective 2022-12-15"},
      {"en", "Effective Date|December 15, 2022", "effective 2022-12-15"},
      {"en", "Effective: 1 July 2021", "effective 2021-07-01"},
      {"en", "Effective as of September 7, 2016", "effective 2016-09-07"},
      {"en", "Last updated and effective as of: August 4, 2015", "updated 2015-08-04, effective 2015-08-04"},
      {"en", "The effective date of this Privacy Statement is October 2, 2014.", "effective 2014-10-02"},
      {"en", "Updated: Feb. 3, 2011", "updated 2011-02-03"},
      {"en", "Revised 4 Sept 2013", "updated 2013-09-04"},
      {"en", "Last updated: 5/25/18", "updated 2018-05-25"},
      {"en", "Posted on April 9, 2009", "other 2009-04-09"},
      {"en", "Version 2.1, dated March 14, 2012", "other 2012-03-14"},
      {"en", "Privacy Policy|May 25, 2018|We respect your privacy and this is how.", "other 2018-05-25"},
      {"en", "In effect since January 15, 2010", "effective 2010-01-15"},
      {"en", "Our Terms of Use, in force since 25 May 2018, apply to all visitors.", "effective 2018-05-25"},
      {"en", "Last updated May 25 2018 | Version 4", "updated 2018-05-25"},
      {"en", "Last updated|\xE2\x80\x93 May 25, 2018", "updated 2018-05-25"},
      {"en", "This version takes effect on 2020/02/29.", "effective 2020-02-29"},
      {"en", "This Policy is effective from May 25-27, 2018.", "effective 2018-05-25"},
      {"en", "Effective from 1 January 2020 to 31 December 2020", "effective 2020-01-01"},
      {"en", "This document was last updated by our lawyers on July 4, 2008. Earlier versions are archived.",
       "updated 2008-07-04"},
      {"en", "Date of last revision: November 30, 2007", "updated 2007-11-30"},
      {"en", "Last Reviewed: 30-Nov-17", "updated 2017-11-30"},
      {"en", "We last updated this notice on 02.03.2021.", "updated 2021-03-02"},
      {"en", "Monthly Active Users in the EU (Updated February 17, 2023)", "updated 2023-02-17"},
      {"en", "See the previous version: 23 February 2024", ""},
      {"en", "As of May 1, 2019", "other 2019-05-01"},
      {"en", "EFFECTIVE DATE OF THIS AGREEMENT: JULY 1, 2005", "effective 2005-07-01"},
      {"en", "This Cookie Policy has been revised on 7 May 2022 and replaces all earlier ones.", "updated 2022-05-07"},
      {"en", "Last updated: 05/06/2018", ""},
      {"en", "The California Consumer Privacy Act, effective January 1, 2020, gives residents of California rights.",
       ""},
      {"en", "Effective January 1, 2020, California residents may ask us twice a year what we have shared.", ""},
      {"en", "The GDPR has been in force since May 25, 2018.", ""},
      {"en", "Directive 95/46/EC of the European Parliament of 24 October 1995 was amended on 12 July 2002.", ""},
      {"en", "On 16 July 2020 the Court of Justice decided that the Privacy Shield is invalid.", ""},
      {"en", "If you bought the device before June 30, 2015, the warranty of that date applies.", ""},
      {"en", "We were founded on May 25, 2001 in Dublin and have grown since.", ""},
      {"en", "Your updated invoice will reach you by 31 December 2019 at the latest.", ""},
      {"en", "The contest runs from May 1, 2012 to June 1, 2012.", ""},
      {"en", "Comments posted by users after March 3, 2014 are moderated by our team within a day or two.", ""},
      {"en", "Claims must be filed within one year of December 31, 2018.", ""},
      {"en", "The Act of 5 May 1998 remains applicable.", ""},
      {"en", "Call us at 1-800-555-2018 or visit 25 May Street.", ""},
      {"en", "Software updated to 10.2.2018.4 is safe.", ""},
      {"en", "Members who joined before September 1, 2011 keep their old plan until it ends.", ""},
      {"en", "Copyright 2004-2018 Example, Inc.", ""},

      {"de", "Stand: 25. Mai 2018", "updated 2018-05-25"},
      {"de", "Stand 01.06.2018", "updated 2018-06-01"},
      {"de", "Zuletzt aktualisiert am 3. März 2021", "updated 2021-03-03"},
      {"de", "Letzte Änderung: 12/06/2019", "updated 2019-06-12"},
      {"de", "Gültig ab 1. Januar 2020", "effective 2020-01-01"},
      {"de", "Diese Datenschutzerklärung tritt am 25.05.2018 in Kraft.", "effective 2018-05-25"},
      {"de", "Fassung vom 30. September 2016", "other 2016-09-30"},
      {"de", "Diese Nutzungsbedingungen wurden zuletzt am 4.10.2015 geändert, zuletzt aktualisiert am 5.10.2015.",
       "updated 2015-10-05"},
      {"de", "In Kraft seit: 1. Dezember 2011", "effective 2011-12-01"},
      {"de", "Das Gesetz vom 3. Juli 2004 ist in Kraft seit 1. Januar 2005.", ""},
      {"de", "Der Verstand braucht bis zum 25. Mai 2018 Zeit.", ""},
      {"de", "Bestellungen bis zum 24. Dezember 2019 werden vor dem Fest geliefert.", ""},
      {"de", "Die Verordnung (EU) 2016/679 vom 27. April 2016 gilt seit 25. Mai 2018.", ""},

      {"fr", "Dernière mise à jour : 25 mai 2018", "updated 2018-05-25"},
      {"fr", "Dernière mise à jour le 1er juin 2018", "updated 2018-06-01"},
      {"fr", "DERNIÈRE MISE À JOUR : 3 AOÛT 2020", "updated 2020-08-03"},
      {"fr", "Mise à jour du 05/06/2018", "updated 2018-06-05"},
      {"fr", "La présente politique est entrée en vigueur le 4 février 2019.", "effective 2019-02-04"},
      {"fr", "En vigueur au 01/09/2021", "effective 2021-09-01"},
      {"fr", "Date d’entrée en vigueur|12 décembre 2017", "effective 2017-12-12"},
      {"fr", "Version du 14 juillet 2016", "other 2016-07-14"},
      {"fr", "Publié le 3 mars 2012", "other 2012-03-03"},
      {"fr", "La loi n° 78-17 du 6 janvier 1978, modifiée le 20 juin 2018, protège vos données.", ""},
      {"fr", "Les commandes passées avant le 24 décembre 2015 seront livrées à temps.", ""},
      {"fr", "Conformément au règlement (UE) 2016/679 du 27 avril 2016, en vigueur depuis le 25 mai 2018.", ""},

      {"es", "Última actualización: 25 de mayo de 2018", "updated 2018-05-25"},
      {"es", "Actualizado el 3 de septiembre del 2020", "updated 2020-09-03"},
      {"es", "Fecha de entrada en vigor: 01/02/2021", "effective 2021-02-01"},
      {"es", "Esta política está vigente desde el 9 de octubre de 2014.", "effective 2014-10-09"},
      {"es", "Fecha de publicación: 7 de julio de 2013", "other 2013-07-07"},
      {"es", "Última modificación|12 de enero de 2017", "updated 2017-01-12"},
      {"es", "La Ley Orgánica 15/1999, de 13 de diciembre de 1999, en vigor desde el 14 de enero de 2000.", ""},
      {"es", "El concurso termina el 31 de diciembre de 2016.", ""},

      {"it", "Ultimo aggiornamento: 25 maggio 2018", "updated 2018-05-25"},
      {"it", "Informativa aggiornata al 1° gennaio 2020", "updated 2020-01-01"},
      {"it", "Le presenti condizioni sono in vigore dal 15 giugno 2019.", "effective 2019-06-15"},
      {"it", "Data di entrata in vigore: 03/04/2022", "effective 2022-04-03"},
      {"it", "Pubblicato il 9 settembre 2011", "other 2011-09-09"},
      {"it", "Il decreto legislativo 30 giugno 2003, n. 196, in vigore dal 1 gennaio 2004, tutela i dati.", ""},

      {"nl", "Laatst bijgewerkt: 25 mei 2018", "updated 2018-05-25"},
      {"nl", "Deze verklaring is voor het laatst gewijzigd op 3 maart 2020.", "updated 2020-03-03"},
      {"nl", "Ingangsdatum: 1 augustus 2017", "effective 2017-08-01"},
      {"nl", "Geldig vanaf 01-10-2019", "effective 2019-10-01"},
      {"nl", "Versie van 12 oktober 2015", "other 2015-10-12"},
      {"nl", "De verordening van 27 april 2016 is van kracht sinds 25 mei 2018.", ""},

      {"pt", "Última atualização: 25 de maio de 2018", "updated 2018-05-25"},
      {"pt", "Atualizado em 1º de janeiro de 2020", "updated 2020-01-01"},
      {"pt", "Estes termos estão em vigor desde 7 de março de 2016.", "effective 2016-03-07"},
      {"pt", "Data de vigência: 05/08/2021", "effective 2021-08-05"},
      {"pt", "Publicado em 9 de fevereiro de 2014", "other 2014-02-09"},
      {"pt", "A Lei nº 13.709, de 14 de agosto de 2018, entra em vigor em 16 de fevereiro de 2020.", ""},

      {"pl", "Ostatnia aktualizacja: 25 maja 2018 r.", "updated 2018-05-25"},
      {"pl", "Regulamin obowiązuje od dnia 1 stycznia 2021 r.", "effective 2021-01-01"},
      {"pl", "Data wejścia w życie: 15.10.2019", "effective 2019-10-15"},
      {"pl", "Polityka została ostatnio zaktualizowana 3 lipca 2017.", "updated 2017-07-03"},
      {"pl", "Ustawa z dnia 29 sierpnia 1997 r. o ochronie danych osobowych.", ""},
      {"pl", "Konkurs trwa do 31 grudnia 2015 r.", ""},

      {"sv", "Senast uppdaterad: 25 maj 2018", "updated 2018-05-25"},
      {"sv", "Uppdaterad den 3 augusti 2020", "updated 2020-08-03"},
      {"sv", "Dessa villkor gäller från den 1 oktober 2016.", "effective 2016-10-01"},
      {"sv", "Senast ändrad 2019-02-28", "updated 2019-02-28"},
      {"sv", "Lagen (2018:218) trädde i kraft den 25 maj 2018.", ""},

      {"da", "Sidst opdateret: 25. maj 2018", "updated 2018-05-25"},
      {"da", "Senest opdateret den 3. marts 2020", "updated 2020-03-03"},
      {"da", "Betingelserne er gældende fra 1. oktober 2016.", "effective 2016-10-01"},
      {"da", "Loven trådte i kraft den 1. juli 2000 efter lang tids arbejde i Folketinget i København.", ""},

      {"fi", "Päivitetty 25.5.2018", "updated 2018-05-25"},
      {"fi", "Viimeksi päivitetty: 3. maaliskuuta 2020", "updated 2020-03-03"},
      {"fi", "Nämä ehdot ovat voimassa 1.10.2016 alkaen.", "effective 2016-10-01"},
      {"fi", "Tarjous päättyy 31.12.2019.", ""},

      {"cs", "Poslední aktualizace: 25. května 2018", "updated 2018-05-25"},
      {"cs", "Tyto podmínky jsou účinné od 1. 10. 2016.", "effective 2016-10-01"},
      {"cs", "Naposledy aktualizováno 3. března 2020", "updated 2020-03-03"},
      {"cs", "Zákon č. 101/2000 Sb. ze dne 4. dubna 2000 o ochraně osobních údajů.", ""},

      {"ja", "最終更新日:2018年5月25日", "updated 2018-05-25"},
      {"ja", "2018年5月25日 改定", "updated 2018-05-25"},
      {"ja", "平成30年5月25日制定|令和元年6月1日改定", "other 2018-05-25, updated 2019-06-01"},
      {"ja", "施行日: 2020年4月1日", "effective 2020-04-01"},
      {"ja", "本規約は２０１９年１０月１日に施行します。", "effective 2019-10-01"},
      {"ja", "キャンペーンは2018年5月25日まで行います。", ""},
      {"zh", "更新日期:2021年11月1日", "updated 2021-11-01"},
      {"zh", "生效日期:2021年11月15日", "effective 2021-11-15"},
      {"ko", "시행일자: 2020년 2월 3일", "effective 2020-02-03"},
  };
  return all;
}

core::Document document_of_line(const Line& line) {
  core::Document document;
  document.language = line.language;
  std::string text;
  const std::string whole = std::string(line.text) + "|";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const bool spaced = whole[i] == '|' && i + 1 < whole.size() && whole[i + 1] == ' ';
    if (whole[i] != '|' || spaced) {
      text.push_back(whole[i]);
      continue;
    }
    core::Block block;
    block.runs.push_back({text, false, false, false, ""});
    document.blocks.push_back(block);
    text.clear();
  }
  // A line of prose behind it, so that no line is the last one.
  core::Block prose;
  prose.runs.push_back({"And so it goes on, for many lines.", false, false, false, ""});
  document.blocks.push_back(prose);
  return document;
}

std::vector<std::string> parts_of(std::string text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(", "), text.size());
    parts.push_back(text.substr(0, comma));
    text.erase(0, comma + 2);
  }
  return parts;
}

TEST(StatedDates, AreFoundInLabelledLinesAndNowhereElse) {
  std::size_t right = 0;
  std::size_t wrong = 0;
  std::size_t missed = 0;
  for (const Line& line : lines()) {
    std::vector<std::string> expected = parts_of(line.stated);
    for (const core::StatedDate& date : stated_dates(document_of_line(line))) {
      const std::string found = date.role + " " + date.date;
      const auto at = std::find(expected.begin(), expected.end(), found);
      if (at == expected.end()) {
        ++wrong;
        std::printf("wrong:  %s  %s  in: %s\n", line.language, found.c_str(), line.text);
        continue;
      }
      ++right;
      expected.erase(at);
    }
    missed += expected.size();
    for (const std::string& date : expected) {
      std::printf("missed: %s  %s  in: %s\n", line.language, date.c_str(), line.text);
    }
  }
  const double precision = static_cast<double>(right) / static_cast<double>(right + wrong);
  const double recall = static_cast<double>(right) / static_cast<double>(right + missed);
  std::printf("%zu lines, %zu dates: precision %.3f, recall %.3f\n", lines().size(), right + missed, precision, recall);
  EXPECT_GE(lines().size(), 120u);
  EXPECT_GE(precision, 0.97);
  EXPECT_GE(recall, 0.97);
}

TEST(StatedDates, KeepTheirWording) {
  const auto dates =
      stated_dates(document_of_line({"en", "This Policy was last updated on\nMay 25, 2018, as you see.", ""}));
  ASSERT_EQ(dates.size(), 1u);
  EXPECT_EQ(dates[0].wording, "last updated on May 25, 2018");
}

TEST(StatedDates, ReadDigitsAsOtherDatesOfTheDocumentAre) {
  EXPECT_EQ(stated_dates(document_of_line({"en", "Updated: 05/06/2018|See also 25/05/2018.", ""})).at(0).date,
            "2018-06-05");
  EXPECT_EQ(stated_dates(document_of_line({"en", "Updated: 05/06/2018|See also 05/25/2018.", ""})).at(0).date,
            "2018-05-06");
}

TEST(StatedDates, StandInTables) {
  core::Document document;
  document.language = "en";
  for (const auto& row : {std::pair{"Version", "Effective date"}, std::pair{"3", "May 25, 2018"}}) {
    core::Block block;
    block.kind = core::BlockKind::table_row;
    block.number = 1;
    block.cells = {{{row.first, false, false, false, ""}}, {{row.second, false, false, false, ""}}};
    document.blocks.push_back(block);
  }
  const auto dates = stated_dates(document);
  ASSERT_EQ(dates.size(), 1u);
  EXPECT_EQ(dates[0], (core::StatedDate{"effective", "2018-05-25", "Effective date May 25, 2018"}));
}

}  // namespace
}  // namespace waydiff::extract
