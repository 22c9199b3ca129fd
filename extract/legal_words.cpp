#include "extract/legal_words.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace waydiff::extract {
namespace {

/// Words as core::folded_words gives them, told by the whole word or by its beginning.
class WordSet {
 public:
  /// Words parted by spaces; "consent*" stands for all that begin so.
  explicit WordSet(std::string_view list) {
    for (std::size_t at = 0; at < list.size();) {
      const std::size_t end = std::min(list.find(' ', at), list.size());
      const std::string_view word = list.substr(at, end - at);
      at = end + 1;
      if (word.empty()) continue;
      if (word.ends_with('*')) {
        beginnings_.push_back(word.substr(0, word.size() - 1));
      } else {
        words_.push_back(word);
      }
    }
    std::sort(words_.begin(), words_.end());
    std::sort(beginnings_.begin(), beginnings_.end());
    // One that another begins with adds nothing, and would hide it from the search below.
    const auto covered = [](std::string_view shorter, std::string_view longer) { return longer.starts_with(shorter); };
    beginnings_.erase(std::unique(beginnings_.begin(), beginnings_.end(), covered), beginnings_.end());
    for (const std::string_view word : words_) ++shelves_[first(word)].words_end;
    for (const std::string_view word : beginnings_) ++shelves_[first(word)].beginnings_end;
    for (std::size_t i = 1; i < shelves_.size(); ++i) {
      shelves_[i].words_end = static_cast<std::uint16_t>(shelves_[i].words_end + shelves_[i - 1].words_end);
      shelves_[i].beginnings_end =
          static_cast<std::uint16_t>(shelves_[i].beginnings_end + shelves_[i - 1].beginnings_end);
    }
  }

  /// `word` is not empty.
  [[nodiscard]] bool has(std::string_view word) const {
    const std::size_t shelf = first(word);
    const Shelf from = shelf == 0 ? Shelf{} : shelves_[shelf - 1];
    const Shelf to = shelves_[shelf];
    const auto words = words_.begin();
    if (std::binary_search(words + from.words_end, words + to.words_end, word)) return true;
    const auto begin = beginnings_.begin() + from.beginnings_end;
    const auto after = std::upper_bound(begin, beginnings_.begin() + to.beginnings_end, word);
    return after != begin && word.starts_with(*std::prev(after));
  }

 private:
  /// Where the words with a first byte end, and begin with that of the byte before: most words are on no list, which a
  /// look at the few that begin alike shows.
  struct Shelf {
    std::uint16_t words_end = 0;
    std::uint16_t beginnings_end = 0;
  };
  static std::size_t first(std::string_view word) { return static_cast<unsigned char>(word.front()); }

  std::vector<std::string_view> words_;
  std::vector<std::string_view> beginnings_;
  std::array<Shelf, 256> shelves_{};
};

/// A language's words as they stand here; `Vocabulary` has them in order.
struct WordLists {
  std::string_view language, legal, address, ordinary;
};

constexpr auto word_lists = std::to_array<WordLists>({
    {"cs",
     "osobni* udaj* zpracov* souhlas* soukrom* ochran* podmin* smlouv* smluv* sluzb* uzivatel* spravc* prav* "
     "zakon* odpoved* povin* cookie* tret* strany stran ucel* poskyt* zasady pozadov* narizeni zaruk*",
     "my nas nase nasi nasich vas vase vasi vam vy",
     "rekl rekla uvedl kosik* skladem recenz* komentar* clanek* clanky recept* minut prisad* pondeli utery "
     "streda ctvrtek patek klikn*"},
    {"da",
     "person* oplysning* behandl* samtykke* databeskyt* privatliv* betingelser vilkar aftale* rettighed* ret "
     "lov* ansvar* forpligt* cookie* tredjepart* formal videregiv* bruger* tjeneste* dataansvarlig*",
     "vi os vores du dig din dit dine",
     "sagde kurv* anmeld* kommentar* opskrift* minutter ingredien* mandag tirsdag onsdag torsdag fredag klik*"},
    {"de",
     "person* daten* einwillig* verarbeit* widerruf* widersp* recht rechte rechts* gesetz* vertrag* nutz* "
     "haftung* haftet haften cookie* dritt* zweck* auskunft loschung berichtig* bedingung* verantwortlich* "
     "dienste* geltend* gemass dsgvo anbieter* verpflicht* speicher* ubermitt* zustimm* verstoss* agb "
     "gewahrleist* information*",
     "wir uns unser* sie ihr ihre ihrer ihren ihnen ihrem du dein* dir dich nutzer*",
     "sagte erklarte warenkorb lieferbar kommentar* rezept* minuten zutaten teilnehmer montag dienstag mittwoch "
     "donnerstag freitag samstag sonntag klick* euro preis bewertung* lesen artikel uhr"},
    {"en",
     "agree* applicable arbitrat* breach claims collect* comply complian* conditions conduct consent* cookie "
     "cookies copyright* damages data disclaim* disclos* erasure govern* guideline* hereby herein indemni* "
     "information infring* jurisdiction law lawful* laws legal* liab* licens* licence* notice notices obligat* "
     "opt parties party permission permit* personal* policies policy privacy process processed processing "
     "prohibit* pursuant purpose purposes remov* reserve* responsib* restrict* retain* retention right rights "
     "rules service services shall spam strictly suspend* term terminat* terms third use user users violat* "
     "waive* warrant* content must account banned",
     "we us our ours you your yours yourself user users customer",
     "said told announced spokesman spokeswoman spokesperson reporter* analyst* percent shares headline "
     "article* comment comments posted blog reply forum thread lol story stories basket cart checkout stock sale "
     "price bestsell* discount* review reviews rated stars recipe ingredients minutes bake oven serve* career* "
     "jobs salary vacanc* cv monday tuesday wednesday thursday friday saturday sunday click tap select menu "
     "settings scroll newsletter founded team yesterday minister senator debate* bill launched results event "
     "events free shop"},
    {"es",
     "dato datos personal* informacion consent* tratamiento* politica* privacidad condicion* termino* "
     "servicio* usuario* derecho* ley leyes legal* legislacion responsab* obligacion* cookie* terceros "
     "finalidad* "
     "uso contrato* acuerdo* aceptar acepta aviso proteccion propiedad incumplim* garantia* prohib* reserva",
     "nosotros nuestr* usted ustedes su sus tu tus usuario usuarios",
     "dijo carrito opinion opiniones comentario* publicado receta* minutos ingredientes lunes martes miercoles "
     "jueves viernes sabado domingo clic pulsa precio euros blog noticia* tienda descubre envio"},
    {"fi",
     "henkilotie* tieto* tietoj* kasittel* suostumu* tietosuoj* rekister* ehdot ehto* sopimu* sopimus* oikeu* "
     "laki lain laissa vastuu* palvelu* kayttaja* evaste* kolman* osapuol* luovut* tarkoitu*",
     "me meidan meilla sina sinun sinulla teidan teilla te",
     "sanoi ostoskori* arvostelu* kommentti* resepti* minuuttia ainekset maanantai* tiistai* keskiviikko* "
     "torstai* perjantai* klikkaa* euroa"},
    {"fr",
     "donnee* personnel* information* consent* traitement* confidentialite politique condition* general* "
     "service* utilisat* droit* loi lois legal* legale* responsab* obligation* cookie* tiers finalite* contrat* "
     "accepte* accord* editeur respect* protection propriete mentions applicable* conserv* interdit* garantie*",
     "nous notre nos vous votre vos utilisateur utilisateurs",
     "declare panier avis commentaire* publie recette* minutes ingredients lundi mardi mercredi jeudi vendredi "
     "samedi dimanche cliquez prix euros blog article* match boutique stock livraison lire"},
    {"it",
     "dato dati personal* informazion* consens* trattament* informativa privacy condizion* termin* servizi* "
     "utent* diritt* legge leggi legal* normativ* responsab* obblig* cookie* terzi terze finalita uso utilizzo "
     "contratt* accetta* titolare garanzi* rispett* vietat* presenti",
     "noi nostro nostra nostri nostre tu tuo tua tuoi tue lei suo sua suoi sue vostro vostri utente utenti",
     "detto dichiarato carrello recension* comment* pubblicato ricett* minuti ingredient* lunedi martedi "
     "mercoledi giovedi venerdi sabato domenica clicca prezzo euro blog notizi* padella preparazione dosi "
     "servite"},
    {"nl",
     "persoonsgegeven* gegevens toestemming verwerk* privacy* voorwaarden beleid overeenkomst* dienst* gebruik* "
     "recht rechten wet wettelijk* verplicht* aansprakelijk* cookie* derden doel doeleinden bezwaar bewaren "
     "bewaard verstrek* toepasse* informatie verantwoordelijk*",
     "wij we ons onze u uw je jij jouw gebruiker gebruikers",
     "zei winkelwagen beoordeling* reactie* recept* minuten ingredienten maandag dinsdag woensdag donderdag "
     "vrijdag zaterdag zondag klik* prijs euro blog artikel"},
    {"pl",
     "dan danych dane osobow* zgod* przetwarz* prywatnosc* polityk* regulamin* umow* uslug* uzytkownik* praw* "
     "ustaw* odpowiedzial* obowiazk* obowiazuj* cookie* cookies trzeci* cel celu celach administrator* ochron* "
     "warunk* postanowie* udostepni*",
     "my nas nasz* nam panstw* ty twoj* twoje cie ci pan pani masz uzytkownik uzytkownika",
     "powiedzial koszyk* opini* komentarz* przepis* minut skladniki poniedzialek wtorek sroda czwartek piatek "
     "sobota niedziela kliknij cena zl blog artykul*"},
    {"pt",
     "dado dados pessoa* informac* consent* tratamento* politica* privacidade condic* termo* servico* usuario* "
     "utilizador* direito* lei leis legal* responsab* obrigac* cookie* terceiros finalidade* uso contrato* "
     "acordo* aceita* aviso protecao propriedade garantia* proib* aplicave*",
     "nos nosso nossa nossos nossas voce voces seu sua seus suas usuario usuarios utilizador",
     "disse carrinho avaliac* comentario* publicado receita* minutos ingredientes segunda terca quarta quinta "
     "sexta sabado domingo clique preco reais euros blog noticia* loja"},
    {"sv",
     "person* uppgifter behandl* samtyck* integritet* villkor avtal* rattighet* ratt lag lagen lagar ansvar* "
     "skyldig* cookie* kakor tredje andamal lamnar lamna anvand* tjanst* dataskydd* personuppgift* radering "
     "rattelse information*",
     "vi oss var vart vara du dig din ditt dina ni er",
     "sade varukorg* omdome* kommentar* recept* minuter ingredienser mandag tisdag onsdag torsdag fredag klicka* "
     "pris kronor blogg artikel*"},
});

struct Vocabulary {
  explicit Vocabulary(const WordLists& lists) : legal(lists.legal), address(lists.address), ordinary(lists.ordinary) {}
  WordSet legal, address, ordinary;
};

// Japanese has no spaces: wordings are counted where they stand, each as the two words it is made of.
constexpr auto japanese_legal = std::to_array<std::string_view>(
    {"個人情報", "規約", "同意", "第三者", "当社", "利用目的", "提供", "取得", "法令", "責任", "権利", "契約", "禁止",
     "サービス", "プライバシー", "クッキー", "開示", "損害"});
constexpr auto japanese_address =
    std::to_array<std::string_view>({"当社", "お客様", "弊社", "利用者", "ユーザー", "会員"});
constexpr auto japanese_ordinary = std::to_array<std::string_view>(
    {"カート", "レビュー", "コメント", "記事", "材料", "レシピ", "価格", "円", "新着", "月曜"});
constexpr std::size_t words_of_a_wording = 2;

template <std::size_t N>
std::size_t count(std::string_view text, const std::array<std::string_view, N>& wordings) {
  std::size_t found = 0;
  for (const std::string_view wording : wordings) {
    for (std::size_t at = text.find(wording); at != std::string_view::npos;
         at = text.find(wording, at + wording.size()))
      ++found;
  }
  return found;
}

WordCounts count_japanese(std::string_view folded) {
  // Three bytes a character, about two characters a word.
  return {folded.size() / 6, words_of_a_wording * count(folded, japanese_legal),
          words_of_a_wording * count(folded, japanese_address), words_of_a_wording * count(folded, japanese_ordinary)};
}

/// Calls `use` with each word; true ends it.
template <class Use>
bool any_word(std::string_view folded, Use use) {
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at && use(folded.substr(at, end - at))) return true;
    at = end + 1;
  }
  return false;
}

std::string_view primary(std::string_view language) noexcept {
  language = language.substr(0, language.find('-'));
  return language == "no" || language == "nb" || language == "nn" ? std::string_view("da") : language;
}

/// Made when it is first asked for: a process that reads one page needs one.
const Vocabulary* vocabulary_of(std::string_view language) {
  static std::array<std::once_flag, word_lists.size()> once;
  static std::array<std::optional<Vocabulary>, word_lists.size()> made;
  const auto named = [&](const WordLists& lists) { return lists.language == primary(language); };
  const auto found = std::find_if(word_lists.begin(), word_lists.end(), named);
  if (found == word_lists.end()) return nullptr;
  const auto at = static_cast<std::size_t>(found - word_lists.begin());
  std::call_once(once[at], [&] { made[at].emplace(*found); });
  return &*made[at];
}

}  // namespace

bool knows_language(std::string_view language) noexcept {
  static constexpr std::string_view known = "cs da de en es fi fr it ja nl pl pt sv";
  const std::string_view code = primary(language);
  return code.size() == 2 && known.find(code) != std::string_view::npos;
}

WordCounts count_legal_words(std::string_view folded, std::string_view language) {
  if (primary(language) == "ja") return count_japanese(folded);
  WordCounts counts;
  const Vocabulary* const known = vocabulary_of(language);
  if (!known) return counts;
  any_word(folded, [&](std::string_view word) {
    ++counts.words;
    counts.legal += known->legal.has(word);
    counts.address += known->address.has(word);
    counts.ordinary += known->ordinary.has(word);
    return false;
  });
  return counts;
}

bool names_a_policy(std::string_view folded) {
  static const WordSet naming(
      "accessibility agreement agreements charter code conditions conduct cookie cookies copyright* data disclaim* "
      "disclosure disclosures dmca eula gdpr guideline* imprint legal licence license notice notices policies policy "
      "principles privacy promise rules standards statement terms warranty "
      "agb bedingungen datenschutz* geschaftsbedingungen haftung* impressum nutzungsbedingungen richtlinie* widerruf* "
      "teilnahmebedingungen allgemeine "
      "cgu cgv charte condition* confidentialite mentions politique privee donnees aviso condiciones privacidad "
      "terminos "
      "politica condizioni informativa termini utilizzo beleid voorwaarden gebruiksvoorwaarden privacy* "
      "cookieverklaring "
      "condicoes privacidade termos polityka prywatnosci regulamin* warunki integritet* sekretess* personuppgift* "
      "villkor "
      "anvandarvillkor betingelser handelsbetingelser personvern* persondata* personoplysninger privatliv* vilkar "
      "ehdot "
      "evaste* kayttoehdot rekisteriseloste sopimusehdot tietosuoja* ochrana podminky soukromi zasady osobnich "
      "конфиденциальн* политика правила соглашение условия gizlilik kosullar* kvkk politikasi sozlesme* adatvedel* "
      "feltetelek confidentialitate conditii");
  static constexpr auto unspaced =
      std::to_array<std::string_view>({"プライバシー", "規約", "ポリシー", "個人情報", "ガイドライン", "特定商取引",
                                       "隐私", "隱私", "条款", "條款", "政策", "协议", "協議", "개인정보", "약관"});
  return any_word(folded, [](std::string_view word) { return naming.has(word); }) || count(folded, unspaced) > 0;
}

}  // namespace waydiff::extract
