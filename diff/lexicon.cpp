#include "diff/lexicon.hpp"

#include "diff/word_list.hpp"

namespace waydiff::diff {
namespace {

constexpr auto months = word_list(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember janvier "
    "février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril "
    "mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio "
    "giugno luglio settembre ottobre dicembre");

constexpr auto negations = word_list(
    "not no never none neither nor without cannot nothing nobody nicht kein keine keinen keiner keinem "
    "keines nie niemals ohne weder ne pas jamais aucun aucune sans ni nunca sin ningún ninguna ninguno "
    "tampoco non mai senza nessun nessuna");

constexpr auto choices = word_list(
    "opt opted opting opts optout optin consent consents consented consenting unsubscribe unsubscribed "
    "withdraw withdrawn withdrawal choose chooses choice choices decline permission permissions object "
    "objection einwilligung einwilligen widerruf widerrufen widerspruch widersprechen zustimmung "
    "zustimmen consentement refuser opposition retirer consentimiento rechazar revocar oponerse consenso "
    "revocare");

constexpr auto recipients = word_list(
    "affiliate affiliates affiliated partner partners advertiser advertisers vendor vendors subsidiary "
    "subsidiaries supplier suppliers contractor contractors subcontractor subcontractors subprocessor "
    "subprocessors processor processors broker brokers regulator regulators police auditor auditors "
    "lender lenders bank banks insurer insurers publisher publishers licensor licensors licensee "
    "licensees parties authorities courts partnern dienstleister auftragsverarbeiter behörden "
    "partenaires prestataires filiales autorités socios proveedores filiales autoridades fornitori");

constexpr auto numbers = word_list(
    "two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 "
    "fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 "
    "fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=100 thousand=1000 million=1000000 zwei=2 "
    "drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 zwölf=12 vierzehn=14 zwanzig=20 "
    "dreißig=30 dreissig=30 neunzig=90 deux=2 trois=3 quatre=4 cinq=5 huit=8 neuf=9 dix=10 douze=12 "
    "quinze=15 vingt=20 trente=30 quarante=40 cinquante=50 soixante=60 dos=2 tres=3 cuatro=4 cinco=5 "
    "seis=6 siete=7 ocho=8 nueve=9 diez=10 doce=12 quince=15 veinte=20 treinta=30");

constexpr auto connectives = word_list("and but und aber et mais y pero e");

constexpr auto modals = word_list(
    "may=may might=might will=will would=would shall=shall should=should must=must can=can could=could "
    "cannot=can can't=can won't=will mustn't=must shouldn't=should couldn't=could wouldn't=would "
    "we'll=will you'll=will they'll=will it'll=will ought=should kann=kann können=kann könnten=könnte "
    "muss=muss müssen=muss darf=darf dürfen=darf soll=soll sollen=soll sollte=sollte sollten=sollte "
    "wird=wird werden=wird peut=peut peuvent=peut pouvons=peut pouvez=peut doit=doit doivent=doit "
    "devons=doit devez=doit puede=puede pueden=puede podemos=puede podrá=podrá debe=debe deben=debe "
    "deberá=debe può=può possono=può deve=deve devono=deve");

constexpr auto units = word_list(
    "second=second seconds=second minute=minute minutes=minute hour=hour hours=hour day=day days=day "
    "week=week weeks=week month=month months=month quarter=quarter year=year years=year stunden=hour "
    "tag=day tage=day tagen=day wochen=week monat=month monate=month monaten=month jahr=year jahre=year "
    "jahren=year heures=hour jour=day jours=day semaines=week mois=month an= ans=year années=year "
    "horas=hour día=day días=day semanas=week mes=month meses=month año=year años=year giorni=day "
    "mesi=month anni=year 日=day 週=week 年=year 時=hour");

constexpr auto currencies = word_list("$ € £ ¥ usd eur gbp jpy cad aud chf dollar dollars euro euros pounds cents");

constexpr auto terms = word_list(
    "a an the and or of i we us our you your it they if in for to by on this these that any all no not "
    "as when please service services site sites website websites web term terms use conditions policy "
    "policies privacy cookie cookies agreement agreements section sections article paragraph clause "
    "content user users account accounts data information personal customer customers product products "
    "platform app apps application software party subscription subscriptions material materials notice "
    "rights license licence law laws intellectual property confidential device devices internet order "
    "fees fee guidelines rules additional monday tuesday wednesday thursday friday saturday sunday "
    "english annex appendix exhibit schedule chapter part table ip url id may will shall must can should "
    "yes effective last updated");

}  // namespace

bool is_month(std::string_view word) noexcept {
  return months.holds(word);
}
bool is_negation(std::string_view word) noexcept {
  return negations.holds(word) || (word.size() > 3 && word.ends_with("n't"));
}
bool is_choice(std::string_view word) noexcept {
  return choices.holds(word);
}
bool is_recipient(std::string_view word) noexcept {
  return recipients.holds(word);
}
std::string_view number_value(std::string_view word) noexcept {
  return numbers.find(word);
}
bool is_connective(std::string_view word) noexcept {
  return connectives.holds(word);
}
std::string_view modal(std::string_view word) noexcept {
  return modals.find(word);
}
std::string_view time_unit(std::string_view word) noexcept {
  return units.find(word);
}
bool is_currency(std::string_view word) noexcept {
  return currencies.holds(word);
}
bool is_defined_term(std::string_view word) noexcept {
  return terms.holds(word) || is_month(word);
}

}  // namespace waydiff::diff
