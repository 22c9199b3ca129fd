#include "diff/lexicon.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace waydiff::diff {
namespace {

using namespace std::string_view_literals;

template <std::size_t N>
bool among(const std::array<std::string_view, N>& list, std::string_view word) noexcept {
  return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr std::array months = {
    "january"sv,   "february"sv, "march"sv,    "april"sv,      "may"sv,     "june"sv,      "july"sv,      "august"sv,
    "september"sv, "october"sv,  "november"sv, "december"sv,   "jan"sv,     "feb"sv,       "mar"sv,       "apr"sv,
    "jun"sv,       "jul"sv,      "aug"sv,      "sep"sv,        "sept"sv,    "oct"sv,       "nov"sv,       "dec"sv,
    "januar"sv,    "februar"sv,  "märz"sv,     "mai"sv,        "juni"sv,    "juli"sv,      "oktober"sv,   "dezember"sv,
    "janvier"sv,   "février"sv,  "mars"sv,     "avril"sv,      "juin"sv,    "juillet"sv,   "août"sv,      "septembre"sv,
    "octobre"sv,   "novembre"sv, "décembre"sv, "enero"sv,      "febrero"sv, "marzo"sv,     "abril"sv,     "mayo"sv,
    "junio"sv,     "julio"sv,    "agosto"sv,   "septiembre"sv, "octubre"sv, "noviembre"sv, "diciembre"sv, "gennaio"sv,
    "febbraio"sv,  "aprile"sv,   "maggio"sv,   "giugno"sv,     "luglio"sv,  "settembre"sv, "ottobre"sv,   "dicembre"sv};

constexpr std::array negations = {
    "not"sv,     "no"sv,      "never"sv,   "none"sv, "neither"sv, "nor"sv,    "without"sv, "cannot"sv,
    "nothing"sv, "nobody"sv,  "nicht"sv,   "kein"sv, "keine"sv,   "keinen"sv, "keiner"sv,  "keinem"sv,
    "keines"sv,  "nie"sv,     "niemals"sv, "ohne"sv, "weder"sv,   "ne"sv,     "pas"sv,     "jamais"sv,
    "aucun"sv,   "aucune"sv,  "sans"sv,    "ni"sv,   "nunca"sv,   "sin"sv,    "ningún"sv,  "ninguna"sv,
    "ninguno"sv, "tampoco"sv, "non"sv,     "mai"sv,  "senza"sv,   "nessun"sv, "nessuna"sv};

constexpr std::array choices = {
    "opt"sv,         "opted"sv,          "opting"sv,       "opts"sv,        "optout"sv,
    "optin"sv,       "consent"sv,        "consents"sv,     "consented"sv,   "consenting"sv,
    "unsubscribe"sv, "unsubscribed"sv,   "withdraw"sv,     "withdrawn"sv,   "withdrawal"sv,
    "choose"sv,      "chooses"sv,        "choice"sv,       "choices"sv,     "decline"sv,
    "permission"sv,  "permissions"sv,    "object"sv,       "objection"sv,   "einwilligung"sv,
    "einwilligen"sv, "widerruf"sv,       "widerrufen"sv,   "widerspruch"sv, "widersprechen"sv,
    "zustimmung"sv,  "zustimmen"sv,      "consentement"sv, "refuser"sv,     "opposition"sv,
    "retirer"sv,     "consentimiento"sv, "rechazar"sv,     "revocar"sv,     "oponerse"sv,
    "consenso"sv,    "revocare"sv};

constexpr std::array recipients = {"affiliate"sv,      "affiliates"sv,
                                   "affiliated"sv,     "partner"sv,
                                   "partners"sv,       "advertiser"sv,
                                   "advertisers"sv,    "vendor"sv,
                                   "vendors"sv,        "subsidiary"sv,
                                   "subsidiaries"sv,   "supplier"sv,
                                   "suppliers"sv,      "contractor"sv,
                                   "contractors"sv,    "subcontractor"sv,
                                   "subcontractors"sv, "subprocessor"sv,
                                   "subprocessors"sv,  "processor"sv,
                                   "processors"sv,     "broker"sv,
                                   "brokers"sv,        "regulator"sv,
                                   "regulators"sv,     "police"sv,
                                   "auditor"sv,        "auditors"sv,
                                   "lender"sv,         "lenders"sv,
                                   "bank"sv,           "banks"sv,
                                   "insurer"sv,        "insurers"sv,
                                   "publisher"sv,      "publishers"sv,
                                   "licensor"sv,       "licensors"sv,
                                   "licensee"sv,       "licensees"sv,
                                   "parties"sv,        "authorities"sv,
                                   "courts"sv,         "partnern"sv,
                                   "dienstleister"sv,  "auftragsverarbeiter"sv,
                                   "behörden"sv,       "partenaires"sv,
                                   "prestataires"sv,   "filiales"sv,
                                   "autorités"sv,      "socios"sv,
                                   "proveedores"sv,    "filiales"sv,
                                   "autoridades"sv,    "fornitori"sv};

constexpr std::array numbers = {
    std::pair{"two"sv, "2"sv},         std::pair{"three"sv, "3"sv},         std::pair{"four"sv, "4"sv},
    std::pair{"five"sv, "5"sv},        std::pair{"six"sv, "6"sv},           std::pair{"seven"sv, "7"sv},
    std::pair{"eight"sv, "8"sv},       std::pair{"nine"sv, "9"sv},          std::pair{"ten"sv, "10"sv},
    std::pair{"eleven"sv, "11"sv},     std::pair{"twelve"sv, "12"sv},       std::pair{"thirteen"sv, "13"sv},
    std::pair{"fourteen"sv, "14"sv},   std::pair{"fifteen"sv, "15"sv},      std::pair{"sixteen"sv, "16"sv},
    std::pair{"seventeen"sv, "17"sv},  std::pair{"eighteen"sv, "18"sv},     std::pair{"nineteen"sv, "19"sv},
    std::pair{"twenty"sv, "20"sv},     std::pair{"thirty"sv, "30"sv},       std::pair{"forty"sv, "40"sv},
    std::pair{"fifty"sv, "50"sv},      std::pair{"sixty"sv, "60"sv},        std::pair{"seventy"sv, "70"sv},
    std::pair{"eighty"sv, "80"sv},     std::pair{"ninety"sv, "90"sv},       std::pair{"hundred"sv, "100"sv},
    std::pair{"thousand"sv, "1000"sv}, std::pair{"million"sv, "1000000"sv}, std::pair{"zwei"sv, "2"sv},
    std::pair{"drei"sv, "3"sv},        std::pair{"vier"sv, "4"sv},          std::pair{"fünf"sv, "5"sv},
    std::pair{"sechs"sv, "6"sv},       std::pair{"sieben"sv, "7"sv},        std::pair{"acht"sv, "8"sv},
    std::pair{"neun"sv, "9"sv},        std::pair{"zehn"sv, "10"sv},         std::pair{"zwölf"sv, "12"sv},
    std::pair{"vierzehn"sv, "14"sv},   std::pair{"zwanzig"sv, "20"sv},      std::pair{"dreißig"sv, "30"sv},
    std::pair{"dreissig"sv, "30"sv},   std::pair{"neunzig"sv, "90"sv},      std::pair{"deux"sv, "2"sv},
    std::pair{"trois"sv, "3"sv},       std::pair{"quatre"sv, "4"sv},        std::pair{"cinq"sv, "5"sv},
    std::pair{"huit"sv, "8"sv},        std::pair{"neuf"sv, "9"sv},          std::pair{"dix"sv, "10"sv},
    std::pair{"douze"sv, "12"sv},      std::pair{"quinze"sv, "15"sv},       std::pair{"vingt"sv, "20"sv},
    std::pair{"trente"sv, "30"sv},     std::pair{"quarante"sv, "40"sv},     std::pair{"cinquante"sv, "50"sv},
    std::pair{"soixante"sv, "60"sv},   std::pair{"dos"sv, "2"sv},           std::pair{"tres"sv, "3"sv},
    std::pair{"cuatro"sv, "4"sv},      std::pair{"cinco"sv, "5"sv},         std::pair{"seis"sv, "6"sv},
    std::pair{"siete"sv, "7"sv},       std::pair{"ocho"sv, "8"sv},          std::pair{"nueve"sv, "9"sv},
    std::pair{"diez"sv, "10"sv},       std::pair{"doce"sv, "12"sv},         std::pair{"quince"sv, "15"sv},
    std::pair{"veinte"sv, "20"sv},     std::pair{"treinta"sv, "30"sv}};

constexpr std::array connectives = {"and"sv, "but"sv, "und"sv, "aber"sv, "et"sv, "mais"sv, "y"sv, "pero"sv, "e"sv};

constexpr std::array modals = {
    std::pair{"may"sv, "may"sv},        std::pair{"might"sv, "might"sv},      std::pair{"will"sv, "will"sv},
    std::pair{"would"sv, "would"sv},    std::pair{"shall"sv, "shall"sv},      std::pair{"should"sv, "should"sv},
    std::pair{"must"sv, "must"sv},      std::pair{"can"sv, "can"sv},          std::pair{"could"sv, "could"sv},
    std::pair{"cannot"sv, "can"sv},     std::pair{"can't"sv, "can"sv},        std::pair{"won't"sv, "will"sv},
    std::pair{"mustn't"sv, "must"sv},   std::pair{"shouldn't"sv, "should"sv}, std::pair{"couldn't"sv, "could"sv},
    std::pair{"wouldn't"sv, "would"sv}, std::pair{"we'll"sv, "will"sv},       std::pair{"you'll"sv, "will"sv},
    std::pair{"they'll"sv, "will"sv},   std::pair{"it'll"sv, "will"sv},       std::pair{"ought"sv, "should"sv},
    std::pair{"kann"sv, "kann"sv},      std::pair{"können"sv, "kann"sv},      std::pair{"könnten"sv, "könnte"sv},
    std::pair{"muss"sv, "muss"sv},      std::pair{"müssen"sv, "muss"sv},      std::pair{"darf"sv, "darf"sv},
    std::pair{"dürfen"sv, "darf"sv},    std::pair{"soll"sv, "soll"sv},        std::pair{"sollen"sv, "soll"sv},
    std::pair{"sollte"sv, "sollte"sv},  std::pair{"sollten"sv, "sollte"sv},   std::pair{"wird"sv, "wird"sv},
    std::pair{"werden"sv, "wird"sv},    std::pair{"peut"sv, "peut"sv},        std::pair{"peuvent"sv, "peut"sv},
    std::pair{"pouvons"sv, "peut"sv},   std::pair{"pouvez"sv, "peut"sv},      std::pair{"doit"sv, "doit"sv},
    std::pair{"doivent"sv, "doit"sv},   std::pair{"devons"sv, "doit"sv},      std::pair{"devez"sv, "doit"sv},
    std::pair{"puede"sv, "puede"sv},    std::pair{"pueden"sv, "puede"sv},     std::pair{"podemos"sv, "puede"sv},
    std::pair{"podrá"sv, "podrá"sv},    std::pair{"debe"sv, "debe"sv},        std::pair{"deben"sv, "debe"sv},
    std::pair{"deberá"sv, "debe"sv},    std::pair{"può"sv, "può"sv},          std::pair{"possono"sv, "può"sv},
    std::pair{"deve"sv, "deve"sv},      std::pair{"devono"sv, "deve"sv}};

constexpr std::array units = {std::pair{"second"sv, "second"sv},   std::pair{"seconds"sv, "second"sv},
                              std::pair{"minute"sv, "minute"sv},   std::pair{"minutes"sv, "minute"sv},
                              std::pair{"hour"sv, "hour"sv},       std::pair{"hours"sv, "hour"sv},
                              std::pair{"day"sv, "day"sv},         std::pair{"days"sv, "day"sv},
                              std::pair{"week"sv, "week"sv},       std::pair{"weeks"sv, "week"sv},
                              std::pair{"month"sv, "month"sv},     std::pair{"months"sv, "month"sv},
                              std::pair{"quarter"sv, "quarter"sv}, std::pair{"year"sv, "year"sv},
                              std::pair{"years"sv, "year"sv},      std::pair{"stunden"sv, "hour"sv},
                              std::pair{"tag"sv, "day"sv},         std::pair{"tage"sv, "day"sv},
                              std::pair{"tagen"sv, "day"sv},       std::pair{"wochen"sv, "week"sv},
                              std::pair{"monat"sv, "month"sv},     std::pair{"monate"sv, "month"sv},
                              std::pair{"monaten"sv, "month"sv},   std::pair{"jahr"sv, "year"sv},
                              std::pair{"jahre"sv, "year"sv},      std::pair{"jahren"sv, "year"sv},
                              std::pair{"heures"sv, "hour"sv},     std::pair{"jour"sv, "day"sv},
                              std::pair{"jours"sv, "day"sv},       std::pair{"semaines"sv, "week"sv},
                              std::pair{"mois"sv, "month"sv},      std::pair{"an"sv, ""sv},
                              std::pair{"ans"sv, "year"sv},        std::pair{"années"sv, "year"sv},
                              std::pair{"horas"sv, "hour"sv},      std::pair{"día"sv, "day"sv},
                              std::pair{"días"sv, "day"sv},        std::pair{"semanas"sv, "week"sv},
                              std::pair{"mes"sv, "month"sv},       std::pair{"meses"sv, "month"sv},
                              std::pair{"año"sv, "year"sv},        std::pair{"años"sv, "year"sv},
                              std::pair{"giorni"sv, "day"sv},      std::pair{"mesi"sv, "month"sv},
                              std::pair{"anni"sv, "year"sv},       std::pair{"日"sv, "day"sv},
                              std::pair{"週"sv, "week"sv},         std::pair{"年"sv, "year"sv},
                              std::pair{"時"sv, "hour"sv}};

constexpr std::array currencies = {"$"sv,       "€"sv,    "£"sv,     "¥"sv,      "usd"sv,  "eur"sv,
                                   "gbp"sv,     "jpy"sv,  "cad"sv,   "aud"sv,    "chf"sv,  "dollar"sv,
                                   "dollars"sv, "euro"sv, "euros"sv, "pounds"sv, "cents"sv};

constexpr std::array terms = {"a"sv,
                              "an"sv,
                              "the"sv,
                              "and"sv,
                              "or"sv,
                              "of"sv,
                              "i"sv,
                              "we"sv,
                              "us"sv,
                              "our"sv,
                              "you"sv,
                              "your"sv,
                              "it"sv,
                              "they"sv,
                              "if"sv,
                              "in"sv,
                              "for"sv,
                              "to"sv,
                              "by"sv,
                              "on"sv,
                              "this"sv,
                              "these"sv,
                              "that"sv,
                              "any"sv,
                              "all"sv,
                              "no"sv,
                              "not"sv,
                              "as"sv,
                              "when"sv,
                              "please"sv,
                              "service"sv,
                              "services"sv,
                              "site"sv,
                              "sites"sv,
                              "website"sv,
                              "websites"sv,
                              "web"sv,
                              "term"sv,
                              "terms"sv,
                              "use"sv,
                              "conditions"sv,
                              "policy"sv,
                              "policies"sv,
                              "privacy"sv,
                              "cookie"sv,
                              "cookies"sv,
                              "agreement"sv,
                              "agreements"sv,
                              "section"sv,
                              "sections"sv,
                              "article"sv,
                              "paragraph"sv,
                              "clause"sv,
                              "content"sv,
                              "user"sv,
                              "users"sv,
                              "account"sv,
                              "accounts"sv,
                              "data"sv,
                              "information"sv,
                              "personal"sv,
                              "customer"sv,
                              "customers"sv,
                              "product"sv,
                              "products"sv,
                              "platform"sv,
                              "app"sv,
                              "apps"sv,
                              "application"sv,
                              "software"sv,
                              "party"sv,
                              "subscription"sv,
                              "subscriptions"sv,
                              "material"sv,
                              "materials"sv,
                              "notice"sv,
                              "rights"sv,
                              "license"sv,
                              "licence"sv,
                              "law"sv,
                              "laws"sv,
                              "intellectual"sv,
                              "property"sv,
                              "confidential"sv,
                              "device"sv,
                              "devices"sv,
                              "internet"sv,
                              "order"sv,
                              "fees"sv,
                              "fee"sv,
                              "guidelines"sv,
                              "rules"sv,
                              "additional"sv,
                              "monday"sv,
                              "tuesday"sv,
                              "wednesday"sv,
                              "thursday"sv,
                              "friday"sv,
                              "saturday"sv,
                              "sunday"sv,
                              "english"sv,
                              "annex"sv,
                              "appendix"sv,
                              "exhibit"sv,
                              "schedule"sv,
                              "chapter"sv,
                              "part"sv,
                              "table"sv,
                              "ip"sv,
                              "url"sv,
                              "id"sv,
                              "may"sv,
                              "will"sv,
                              "shall"sv,
                              "must"sv,
                              "can"sv,
                              "should"sv,
                              "yes"sv,
                              "effective"sv,
                              "last"sv,
                              "updated"sv};

template <std::size_t N>
std::string_view mapped(const std::array<std::pair<std::string_view, std::string_view>, N>& table,
                        std::string_view word) noexcept {
  for (const auto& [form, base] : table) {
    if (form == word) return base;
  }
  return {};
}

}  // namespace

bool is_month(std::string_view word) noexcept {
  return among(months, word);
}
bool is_negation(std::string_view word) noexcept {
  return among(negations, word) || (word.size() > 3 && word.ends_with("n't"));
}
bool is_choice(std::string_view word) noexcept {
  return among(choices, word);
}
bool is_recipient(std::string_view word) noexcept {
  return among(recipients, word);
}
std::string_view number_value(std::string_view word) noexcept {
  return mapped(numbers, word);
}
bool is_connective(std::string_view word) noexcept {
  return among(connectives, word);
}
std::string_view modal(std::string_view word) noexcept {
  return mapped(modals, word);
}
std::string_view time_unit(std::string_view word) noexcept {
  return mapped(units, word);
}
bool is_currency(std::string_view word) noexcept {
  return among(currencies, word);
}
bool is_defined_term(std::string_view word) noexcept {
  return among(terms, word) || is_month(word);
}

}  // namespace waydiff::diff
