#include "extract/date_cues.hpp"

#include <algorithm>

#include "extract/ascii.hpp"

namespace waydiff::extract {
namespace {

enum class Kind { firm, weak, behind };

struct Wording {
  std::string_view role;
  Kind kind;
  std::string_view words;  ///< parted by "|"
};

// Firm ones say what they mean wherever they stand. English, German, French, Spanish, Italian, Dutch, Portuguese,
// Polish, Swedish, Danish and Norwegian, Finnish, Czech; Japanese, Chinese and Korean.
constexpr Wording wordings[] = {
    {"updated", Kind::firm,
     "last updated|last update|last modified|last modification|last revised|last revision|last changed|last change|"
     "last amended|last amendment|last edited|last reviewed|date of last|date last|revision date|date of revision|"
     "updated on|updated as of|update date|date updated|date modified|date revised|revised on|revised as of|"
     "modified on|amended on|latest update|latest revision|most recently updated|recently updated|last update:|"
     "most recently revised|recently revised|latest version|current as of|last-updated|lastupdated"},
    {"updated", Kind::weak, "updated|revised|amended|modified|updates|revision"},
    {"effective", Kind::firm,
     "effective date|effective as of|effective on|effective from|effective since|in force since|in force from|"
     "in force as of|in effect since|in effect as of|in effect from|comes into effect|came into effect|come into "
     "effect|"
     "into force|takes effect|take effect|took effect|valid from|valid as of|valid since|applicable from|"
     "applicable as of|applicable since|applies from|apply from|with effect from|becomes effective|become effective|"
     "became effective|date of effect|date effective|go into effect|goes into effect|went into effect"},
    {"effective", Kind::weak, "effective|starting|commencing"},
    {"other", Kind::firm,
     "posted on|date posted|date published|publication date|date of publication|version date|"
     "date of issue|issue date|date issued|version dated"},
    {"other", Kind::weak, "posted|published on|published|issued|adopted|created on|version|as of|dated|date"},

    {"updated", Kind::firm,
     "zuletzt aktualisiert|letzte aktualisierung|zuletzt geändert|letzte änderung|aktualisiert am|geändert am|"
     "letzter stand|aktueller stand|zuletzt überarbeitet|überarbeitet am|letztes update|stand vom|stand der|"
     "zuletzt bearbeitet|zuletzt angepasst|letzte überarbeitung|aktualisierungsdatum"},
    {"updated", Kind::weak, "stand|aktualisiert"},
    {"effective", Kind::firm,
     "gültig ab|gültig seit|gültig vom|in kraft seit|in kraft ab|in kraft getreten|tritt am|treten am|inkrafttreten|"
     "wirksam ab|wirksam seit|gilt ab|gelten ab|gilt seit|gelten seit|datum des inkrafttretens|gültigkeitsdatum"},
    {"other", Kind::firm, "veröffentlicht am|fassung vom|version vom|in der fassung"},
    {"other", Kind::weak, "datum"},

    {"updated", Kind::firm,
     "dernière mise à jour|dernières mises à jour|mise à jour le|mis à jour le|mises à jour le|mise à jour du|"
     "mise à jour au|date de mise à jour|dernière modification|modifié le|modifiée le|modifiées le|dernière révision|"
     "actualisé le|date de dernière|dernière actualisation|révisé le|révisée le"},
    {"updated", Kind::weak, "mise à jour|mis à jour"},
    {"effective", Kind::firm,
     "en vigueur le|en vigueur depuis|en vigueur à compter|en vigueur au|en vigueur à partir|entrée en vigueur|"
     "date d'effet|date d’effet|applicable à compter|applicables à compter|applicable à partir|applicables au|"
     "applicable au|prend effet le|prennent effet le|date d’entrée|date d'entrée|en vigueur du"},
    {"effective", Kind::weak, "en vigueur|à compter du"},
    {"other", Kind::firm, "publié le|publiée le|publiées le|version du|date de publication|version en date"},

    {"updated", Kind::firm,
     "última actualización|ultima actualización|actualizado el|actualizada el|actualizados el|última modificación|"
     "última revisión|fecha de actualización|modificado el|revisado el|fecha de la última|actualizado a|"
     "última fecha de actualización|fecha de revisión|actualizado por última vez"},
    {"updated", Kind::weak, "actualizado|actualización"},
    {"effective", Kind::firm,
     "en vigor desde|entrada en vigor|vigente desde|en vigor a partir|vigente a partir|vigencia a partir|"
     "fecha de vigencia|válido desde|efectivo a partir|en vigor el|entra en vigor|fecha efectiva|vigentes desde|"
     "vigencia desde|efectiva a partir|fecha de entrada"},
    {"other", Kind::firm, "publicado el|publicada el|fecha de publicación|versión de|versión del"},
    {"other", Kind::weak, "fecha"},

    {"updated", Kind::firm,
     "ultimo aggiornamento|aggiornato il|aggiornata il|aggiornato al|aggiornata al|data di aggiornamento|"
     "ultima modifica|ultima revisione|modificato il|modificata il|data ultimo|data dell'ultimo|aggiornate al"},
    {"updated", Kind::weak, "aggiornamento|aggiornato|aggiornata"},
    {"effective", Kind::firm,
     "in vigore dal|in vigore da|in vigore a partire|in vigore il|entrata in vigore|valido dal|valida dal|"
     "efficace dal|efficace a partire|entra in vigore|data di efficacia|decorrenza"},
    {"other", Kind::firm, "pubblicato il|pubblicata il|versione del|data di pubblicazione"},

    {"updated", Kind::firm,
     "laatst bijgewerkt|laatst gewijzigd|laatste update|laatste wijziging|bijgewerkt op|gewijzigd op|laatst herzien|"
     "laatst aangepast|laatste aanpassing|laatst geüpdatet|aangepast op|laatste herziening|datum laatste"},
    {"updated", Kind::weak, "bijgewerkt|herzien"},
    {"effective", Kind::firm,
     "ingangsdatum|van kracht sinds|van kracht vanaf|van kracht per|van kracht op|geldig vanaf|geldig per|"
     "in werking|van toepassing vanaf|treedt in|met ingang van"},
    {"other", Kind::firm, "gepubliceerd op|versie van|publicatiedatum"},

    {"updated", Kind::firm,
     "última atualização|ultima atualização|atualizado em|atualizada em|atualizados em|última modificação|"
     "última revisão|última alteração|data de atualização|revisado em|modificado em|data da última|alterado em"},
    {"effective", Kind::firm,
     "em vigor desde|em vigor a partir|entrada em vigor|entra em vigor|data de vigência|válido a partir|"
     "vigência a partir|data efetiva|em vigor em|vigente desde|data de entrada"},
    {"other", Kind::firm, "publicado em|publicada em|versão de|data de publicação"},

    {"updated", Kind::firm,
     "ostatnia aktualizacja|zaktualizowano|zaktualizowana|ostatnia zmiana|data aktualizacji|data ostatniej|"
     "ostatnio zaktualizowan|ostatnia modyfikacja|ostatnio zmienion|ostatniej aktualizacji|ostatniej zmiany"},
    {"effective", Kind::firm,
     "obowiązuje od|obowiązują od|obowiązuje od dnia|wchodzi w życie|data wejścia w życie|ważny od|ważna od|"
     "wszedł w życie|weszła w życie|obowiązujący od|obowiązująca od"},
    {"other", Kind::firm, "opublikowano|data publikacji|wersja z dnia|wersja z"},

    {"updated", Kind::firm,
     "senast uppdaterad|senast uppdaterat|senast ändrad|senaste uppdatering|senast reviderad|uppdaterades|"
     "senast uppdaterade|senaste ändring|sidst opdateret|senest opdateret|sidst ændret|opdateret den|"
     "sidste opdatering|senest ændret|seneste opdatering|sist oppdatert|sist endret|oppdatert den"},
    {"updated", Kind::weak, "uppdaterad|uppdaterat|reviderad|opdateret|oppdatert"},
    {"effective", Kind::firm,
     "gäller från|träder i kraft|trädde i kraft|i kraft sedan|giltig från|ikraftträdande|gäller fr|gäller sedan|"
     "gældende fra|træder i kraft|trådte i kraft|i kraft fra|ikrafttrædelse|gælder fra|gjelder fra|gyldig fra|"
     "ikrafttrædelsesdato"},
    {"other", Kind::firm, "publicerad den|publicerad|offentliggjort|version från|version af|publiceret"},

    {"updated", Kind::firm,
     "viimeksi päivitetty|päivitetty viimeksi|viimeisin päivitys|viimeksi muokattu|viimeksi muutettu|"
     "päivitetty|muokattu|poslední aktualizace|naposledy aktualizován|aktualizováno|naposledy změněn|poslední změna|"
     "datum aktualizace|poslední revize|naposledy upraven|datum poslední"},
    {"effective", Kind::firm,
     "voimassa|voimaan|voimaantulo|účinné od|platné od|účinnost od|nabývá účinnosti|nabývají účinnosti|"
     "v platnosti od|datum účinnosti|platnost od|účinná od|platná od|účinný od|platný od|účinnosti dne|platí od"},
    {"other", Kind::firm, "julkaistu|laadittu|zveřejněno|verze ze dne|vydáno dne"},

    {"updated", Kind::behind,
     "最終更新日|最終更新|更新日|最終改定日|最終改定|改定日|改定|最終改訂日|最終改訂|改訂日|改訂|最終変更日|更新|"
     "最近更新|最后更新|修订日期|最終修訂|最後更新|개정일|최종 수정|최종 업데이트|변경일"},
    {"effective", Kind::behind,
     "施行日|施行|発効日|発効|適用開始日|適用開始|适用日期|生效日期|生效日|生效|시행일자|시행일|적용일"},
    {"other", Kind::behind, "制定日|制定|公開日|掲載日|作成日|发布日期|發布日期|공고일"},
};

bool in_word(char c) {
  return is_alnum(c) || (static_cast<unsigned char>(c) & 0x80) != 0;
}

bool holds_any(std::string_view text, std::string_view words) {
  while (!words.empty()) {
    const std::size_t bar = std::min(words.find('|'), words.size());
    if (text.find(words.substr(0, bar)) != std::string_view::npos) return true;
    words.remove_prefix(std::min(bar + 1, words.size()));
  }
  return false;
}

}  // namespace

std::vector<DateCue> date_cues(std::string_view text) {
  std::vector<DateCue> cues;
  for (const Wording& wording : wordings) {
    std::string_view words = wording.words;
    while (!words.empty()) {
      const std::size_t bar = std::min(words.find('|'), words.size());
      const std::string_view word = words.substr(0, bar);
      words.remove_prefix(std::min(bar + 1, words.size()));
      for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if (wording.kind != Kind::behind) {
          if (at > 0 && in_word(text[at - 1])) continue;
          // Longer ones may be stems: "ostatnio zaktualizowana".
          if (end < text.size() && in_word(text[end]) && word.size() < 14) continue;
        }
        cues.push_back({wording.role, at, end, wording.kind == Kind::weak, wording.kind == Kind::behind});
      }
    }
  }
  std::stable_sort(cues.begin(), cues.end(), [](const DateCue& a, const DateCue& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<DateCue> longest;
  for (const DateCue& cue : cues) {
    if (longest.empty() || cue.begin >= longest.back().end) longest.push_back(cue);
  }
  return longest;
}

bool names_document(std::string_view text) {
  // In English "the policy" may be anybody's.
  for (const std::string_view own : {"this ", "these ", "our ", "the present "}) {
    for (std::size_t at = text.find(own); at != std::string_view::npos; at = text.find(own, at + 1)) {
      if (at > 0 && in_word(text[at - 1])) continue;
      if (holds_any(text.substr(at + own.size(), 50),
                    "policy|policies|terms|notice|agreement|statement|document|page|version|conditions|guideline|"
                    "rules|addendum|code of conduct|text")) {
        return true;
      }
    }
  }
  return holds_any(
      text,
      "privacy policy|terms of|privacy notice|privacy statement|cookie policy|erklärung|richtlinie|nutzungsbedingungen|"
      "geschäftsbedingungen|agb|hinweise|politique|conditions générales|conditions d|charte|mentions légales|política|"
      "condiciones|términos|aviso|informativa|termini|condizioni|verklaring|voorwaarden|beleid|termos|condições|"
      "polityk|regulamin|policyn|villkor|politik|betingelser|vilkår|seloste|ehdot|zásad|podmín|規約|ポリシー|方針|"
      "本条款|"
      "本政策|本協議|약관|방침");
}

bool names_law(std::string_view text) {
  return holds_any(
      text,
      "gdpr|ccpa|cpra|directive|regulation (|data protection act|privacy act|consumer privacy|supreme court|"
      "court of|ruling|judgment|decision of|decision c|incorporated in|founded|born |gesetz|verordnung|urteil|dsgvo|"
      "ds-gvo|richtlinie (eu|richtlinie 20|richtlinie 9|loi n|loi du|règlement (|règlement n|rgpd|ordonnance|décret|"
      "arrêté|ley orgánica|ley |reglamento (|real decreto|decreto|legge |regolamento (|d.lgs|avg |wet van|verordening|"
      "lei n|lei geral|lei 1|regulamento (|ustaw|rozporządzeni|dataskyddsförordning|lagen (|förordning|loven|"
      "forordning|asetu|laki |zákon|nařízení|法律第|個人情報の保護に関する法律|registered before|accounts created|"
      "before the|prior to|until |purchased|ordered|bestellungen|commandes|residents|public law|u.s.c|shield");
}

}  // namespace waydiff::extract
