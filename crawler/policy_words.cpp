#include "crawler/policy_words.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/fold.hpp"

namespace waydiff::crawler {
namespace {

struct Row {
  const char* language;
  double strength;    ///< negative: vague
  const char* names;  ///< parted by commas
};

struct KindRow {
  const char* name;
  const char* also;  ///< further names, parted by commas
  const char* rel;
  std::vector<Row> rows;
};

const std::vector<KindRow>& table() {
  static const std::vector<KindRow> kinds = {
      {"privacy policy",
       "privacy,privacy notice,privacy statement,data protection,datenschutz,datenschutzerklärung",
       "privacy-policy",
       {
           {"", 1, "privacy policy,privacy notice,privacy statement,privacy policies,privacy statements"},
           {"", 1, "privacy cookies policy,privacy cookie policy,privacy cookie notice,privacy cookies notice"},
           {"", 1, "data privacy policy,data privacy statement,data privacy notice,privacy cookie statement"},
           {"", 1, "cookies privacy policy,cookie privacy policy,privacy security statement,privacy security policy"},
           {"", 0.95, "data protection policy,data protection statement,data protection notice,privacy guidelines"},
           {"", 0.9,
            "data policy,privacy information,privacy commitment,privacy promise,privacy principles,privacy practices"},
           {"", -0.92, "privacy"},
           {"", -0.85, "data protection,data privacy,privacy policy pdf"},
           {"de", 1,
            "datenschutzerklärung,datenschutzhinweise,datenschutzhinweis,datenschutzrichtlinie,datenschutzrichtlinien"},
           {"de", 1, "datenschutzbestimmungen,datenschutzinformation,datenschutzinformationen,datenschutzbedingungen"},
           {"de", 1, "hinweise datenschutz,informationen datenschutz,erklärung datenschutz,datenschutzvereinbarung"},
           {"de", -0.95, "datenschutz"},
           {"de", -0.8, "privatsphäre,daten und privatsphäre"},
           {"fr", 1, "politique de confidentialité,charte de confidentialité,déclaration de confidentialité"},
           {"fr", 1,
            "politique de protection des données,politique de protection des données personnelles,avis de "
            "confidentialité"},
           {"fr", 1,
            "politique de vie privée,charte vie privée,politique vie privée,charte de protection des données,règles de "
            "confidentialité"},
           {"fr", 1,
            "politique de données personnelles,charte données personnelles,protection de la vie privée,respect de la "
            "vie privée"},
           {"fr", 1,
            "politique de protection de la vie privée,charte sur le respect de la vie privée,engagement de "
            "confidentialité"},
           {"fr", -0.92,
            "données personnelles,vie privée,confidentialité,protection des données,protection des données "
            "personnelles"},
           {"es", 1, "política de privacidad,políticas de privacidad,aviso de privacidad,declaración de privacidad"},
           {"es", 1,
            "política de protección de datos,política de datos,política de confidencialidad,normas de privacidad"},
           {"es", -0.92, "privacidad,protección de datos,protección de datos personales,datos personales"},
           {"ca", 1, "política de privacitat,protecció de dades,avís de privacitat"},
           {"ca", -0.9, "privacitat"},
           {"it", 1,
            "informativa sulla privacy,informativa privacy,normativa sulla privacy,politica sulla privacy,norme sulla "
            "privacy"},
           {"it", 1,
            "politica di riservatezza,informativa sulla riservatezza,tutela della privacy,informativa sul trattamento "
            "dei dati"},
           {"it", 1,
            "informativa sulla protezione dei dati,informativa trattamento dati personali,privacy e trattamento dati"},
           {"it", -0.9,
            "riservatezza,protezione dei dati,protezione dei dati personali,trattamento dei dati personali,trattamento "
            "dati"},
           {"nl", 1,
            "privacybeleid,privacyverklaring,privacy verklaring,privacy beleid,privacyreglement,privacyvoorwaarden"},
           {"nl", 1, "privacyinformatie,privacystatement,privacynotice,privacypolicy,bescherming persoonsgegevens"},
           {"nl", -0.85, "gegevensbescherming,persoonsgegevens"},
           {"pt", 1, "política de privacidade,aviso de privacidade,declaração de privacidade,políticas de privacidade"},
           {"pt", 1, "política de proteção de dados,política de protecção de dados,termo de privacidade"},
           {"pt", -0.92,
            "privacidade,proteção de dados,protecção de dados,dados pessoais,tratamento de dados pessoais"},
           {"pl", 1,
            "polityka prywatności,polityka ochrony prywatności,zasady ochrony prywatności,ochrona prywatności"},
           {"pl", 1,
            "polityki prywatności,zasady prywatności,oświadczenie o ochronie prywatności,polityka prywatności i "
            "cookies"},
           {"pl", 1,
            "polityka ochrony danych osobowych,informacja o ochronie danych,informacja o przetwarzaniu danych "
            "osobowych"},
           {"pl", -0.92,
            "prywatność,ochrona danych osobowych,ochrona danych,dane osobowe,przetwarzanie danych osobowych"},
           {"sv", 1, "integritetspolicy,sekretesspolicy,dataskyddspolicy,personuppgiftspolicy,integritetsmeddelande"},
           {"sv", 1,
            "hantering av personuppgifter,behandling av personuppgifter,så hanterar vi "
            "personuppgifter,integritetsskydd"},
           {"sv", 1,
            "skydd av personuppgifter,sekretessmeddelande,dataskyddsinformation,så behandlar vi personuppgifter"},
           {"sv", -0.9, "personuppgifter,integritet,dataskydd,sekretess,personlig integritet"},
           {"da", 1,
            "privatlivspolitik,persondatapolitik,databeskyttelsespolitik,fortrolighedspolitik,privatlivs politik"},
           {"da", 1,
            "beskyttelse af persondata,beskyttelse af personlige oplysninger,behandling af "
            "personoplysninger,fortrolighedserklæring"},
           {"da", 1,
            "politik om beskyttelse af personlige oplysninger,erklæring om beskyttelse af personlige oplysninger"},
           {"da", -0.9, "persondata,privatliv,databeskyttelse,personoplysninger,beskyttelse af personoplysninger"},
           {"no", 1,
            "personvernerklæring,personvernpolicy,personvernregler,retningslinjer for personvern,personvern og "
            "informasjonskapsler"},
           {"no", -0.95, "personvern,personopplysninger"},
           {"fi", 1,
            "tietosuojaseloste,tietosuojaselosteet,tietosuojakäytäntö,tietosuojalauseke,tietosuojailmoitus,"
            "rekisteriseloste"},
           {"fi", 1,
            "yksityisyydensuoja,tietosuojaperiaatteet,yksityisyyskäytäntö,tietosuojatiedot,tietosuojakäytännöt,"
            "tietosuojaperiaate"},
           {"fi", -0.95, "tietosuoja,yksityisyys,henkilötietojen käsittely,henkilötiedot,rekisteriselosteet"},
           {"cs", 1,
            "zásady ochrany osobních údajů,zásady ochrany soukromí,prohlášení o ochraně osobních údajů,zásady "
            "zpracování osobních údajů"},
           {"cs", 1,
            "podmínky ochrany osobních údajů,prohlášení o ochraně soukromí,zásady soukromí,ochrana osobních údajů "
            "gdpr"},
           {"cs", -0.95,
            "ochrana osobních údajů,zpracování osobních údajů,ochrana soukromí,osobní údaje,soukromí,ochrana údajů"},
           {"sk", 1, "zásady ochrany osobných údajov,zásady ochrany súkromia"},
           {"sk", -0.95, "ochrana osobných údajov,ochrana súkromia,spracovanie osobných údajov"},
           {"hu", 1,
            "adatvédelmi szabályzat,adatvédelmi tájékoztató,adatkezelési tájékoztató,adatvédelmi "
            "nyilatkozat,adatvédelmi irányelvek"},
           {"hu", -0.92, "adatvédelem,adatkezelés"},
           {"tr", 1,
            "gizlilik politikası,gizlilik bildirimi,gizlilik sözleşmesi,gizlilik ilkeleri,kişisel verilerin "
            "korunması,gizlilik ve güvenlik"},
           {"tr", -0.92, "gizlilik,kvkk,aydınlatma metni"},
           {"ru", 1,
            "политика конфиденциальности,политика обработки персональных данных,политика приватности,положение о "
            "конфиденциальности"},
           {"ru", 1,
            "политика в отношении обработки персональных данных,защита персональных данных,соглашение о "
            "конфиденциальности"},
           {"ru", -0.92, "конфиденциальность,обработка персональных данных,персональные данные"},
           {"uk", 1, "політика конфіденційності,політика приватності"},
           {"uk", -0.92, "конфіденційність"},
           {"ja", 1,
            "プライバシーポリシー,個人情報保護方針,個人情報の取り扱い,個人情報の取扱い,個人情報取扱,プライバシー規約,"
            "プライバシーステートメント"},
           {"ja", 1, "個人情報保護ポリシー,プライバシー通知,個人情報の取り扱い方針,個人情報取り扱い,個人情報の取扱"},
           {"ja", -0.92, "プライバシー,個人情報保護,個人情報,プライバシーについて"},
           {"zh", 1,
            "隐私政策,隐私权政策,隐私声明,隐私条款,隐私协议,隐私保护,隱私權政策,隱私政策,隱私權聲明,私隱政策,私隱聲明,"
            "隐私保护政策"},
           {"zh", -0.92, "隐私,隐私权,隱私權,私隱,隱私"},
           {"ko", 1, "개인정보처리방침,개인정보취급방침,개인정보보호정책,개인정보보호방침,개인정보 보호정책"},
           {"ko", -0.9, "개인정보,개인정보 보호,개인정보보호"},
           {"ro", 1, "politica de confidențialitate,politică de confidențialitate,protecția datelor"},
           {"ro", -0.9, "confidențialitate"},
           {"el", 1, "πολιτική απορρήτου,πολιτική προστασίας προσωπικών δεδομένων,προστασία προσωπικών δεδομένων"},
           {"ar", 1, "سياسة الخصوصية"},
           {"he", 1, "מדיניות פרטיות,מדיניות הפרטיות"},
           {"vi", 1, "chính sách bảo mật,chính sách quyền riêng tư"},
           {"id", 1, "kebijakan privasi"},
           {"", -0.28, "legal,policies,legal information"},
           {"", -0.6, "gdpr"},
       }},
      {"terms of service",
       "terms,terms of use,terms and conditions,user agreement,agb,tos,conditions of use",
       "terms-of-service",
       {
           {"", 1,
            "terms of service,terms of use,terms and conditions,terms and conditions of use,user agreement,conditions "
            "of use"},
           {"", 1,
            "website terms,site terms,terms and conditions of service,user terms,legal terms,service agreement,service "
            "terms,terms of website use"},
           {"", 0.95,
            "subscriber agreement,member agreement,membership agreement,usage agreement,customer agreement,general "
            "terms"},
           {"", 0.75,
            "legal notice and terms,terms of sale,conditions of sale,terms and conditions of sale,license "
            "agreement,end user license agreement"},
           {"", -0.95, "terms,conditions,t cs,tos,terms legal"},
           {"", -0.6, "user rules,site rules"},
           {"", -0.3, "legal notice,legal,legal information,rules,disclaimer,legal stuff"},
           {"de", 1,
            "nutzungsbedingungen,allgemeine geschäftsbedingungen,geschäftsbedingungen,nutzungsbestimmungen,allgemeine "
            "nutzungsbedingungen"},
           {"de", 1, "agb,agbs,allgemeine bedingungen,teilnahmebedingungen,unsere agb"},
           {"fr", 1,
            "conditions d'utilisation,conditions générales d'utilisation,conditions générales,conditions générales de "
            "vente,conditions de service"},
           {"fr", 1,
            "conditions d'usage,conditions générales de service,termes et conditions,conditions générales "
            "d'utilisation du service"},
           {"fr", -0.95, "cgu,cgv"},
           {"es", 1,
            "términos y condiciones,condiciones de uso,términos de uso,términos de servicio,términos del "
            "servicio,condiciones generales"},
           {"es", 1,
            "condiciones del servicio,condiciones de servicio,términos legales,condiciones generales de uso,términos y "
            "condiciones de uso"},
           {"es", -0.9, "términos,condiciones"},
           {"it", 1,
            "termini e condizioni,condizioni d'uso,termini di servizio,condizioni generali,termini d'uso,condizioni di "
            "utilizzo"},
           {"it", 1,
            "termini di utilizzo,condizioni generali d'uso,condizioni di servizio,condizioni generali di "
            "vendita,condizioni del servizio"},
           {"it", -0.9, "termini,condizioni"},
           {"nl", 1,
            "algemene "
            "voorwaarden,gebruiksvoorwaarden,servicevoorwaarden,gebruikersvoorwaarden,leveringsvoorwaarden,"
            "gebruikersovereenkomst"},
           {"nl", -0.95, "voorwaarden"},
           {"pt", 1,
            "termos de uso,termos de serviço,termos e condições,condições de utilização,condições gerais,condições de "
            "uso,termos de utilização"},
           {"pt", 1, "condições de serviço,termos e condições de uso,termos do serviço,condições gerais de utilização"},
           {"pt", -0.92, "termos,condições"},
           {"pl", 1,
            "regulamin,warunki korzystania,warunki użytkowania,regulamin serwisu,warunki świadczenia usług,zasady "
            "korzystania,regulamin sklepu"},
           {"pl", 1,
            "ogólne warunki,warunki korzystania z serwisu,ogólne warunki handlowe,warunki korzystania z usługi"},
           {"pl", -0.9, "warunki"},
           {"sv", 1, "användarvillkor,allmänna villkor,köpvillkor,användningsvillkor,tjänstevillkor,medlemsvillkor"},
           {"sv", -0.95, "villkor"},
           {"da", 1,
            "vilkår og "
            "betingelser,brugsbetingelser,handelsbetingelser,brugervilkår,servicevilkår,brugsvilkår,"
            "forretningsbetingelser"},
           {"da", 1,
            "salgs og leveringsbetingelser,almindelige betingelser,generelle "
            "vilkår,salgsbetingelser,brugerbetingelser,vilkår for brug"},
           {"da", -0.95, "vilkår,betingelser"},
           {"no", 1, "brukervilkår,bruksvilkår,kjøpsvilkår,salgsvilkår,generelle vilkår,brukeravtale"},
           {"fi", 1,
            "käyttöehdot,yleiset ehdot,palveluehdot,toimitusehdot,tilausehdot,sopimusehdot,yleiset "
            "sopimusehdot,palvelun käyttöehdot"},
           {"fi", -0.95, "ehdot"},
           {"cs", 1,
            "obchodní podmínky,podmínky použití,všeobecné podmínky,podmínky užívání,podmínky používání,smluvní "
            "podmínky"},
           {"cs", 1, "všeobecné obchodní podmínky,podmínky služby,podmínky užití,pravidla užívání,licenční podmínky"},
           {"cs", -0.92, "podmínky,vop"},
           {"sk", 1, "všeobecné obchodné podmienky,obchodné podmienky,podmienky používania"},
           {"hu", 1, "felhasználási feltételek,általános szerződési feltételek,szerződési feltételek,ászf"},
           {"hu", -0.9, "feltételek"},
           {"tr", 1,
            "kullanım koşulları,kullanım şartları,hizmet şartları,hizmet koşulları,şartlar ve koşullar,kullanıcı "
            "sözleşmesi,üyelik sözleşmesi"},
           {"ru", 1,
            "пользовательское соглашение,условия использования,правила пользования,условия обслуживания,условия "
            "пользования,правила использования"},
           {"ru", -0.8, "условия,оферта,публичная оферта,соглашение"},
           {"uk", 1, "умови використання,угода користувача"},
           {"ja", 1, "利用規約,ご利用規約,利用条件,ご利用条件,サービス規約,サイト利用規約,会員規約"},
           {"ja", -0.85, "規約,サイトのご利用について,ご利用にあたって,サイトご利用にあたって"},
           {"zh", 1, "服务条款,使用条款,用户协议,服務條款,使用條款,服务协议,使用协议,用户服务协议,使用者條款,会员条款"},
           {"zh", -0.9, "條款,条款"},
           {"ko", 1, "이용약관,서비스 이용약관,서비스약관"},
           {"ko", -0.9, "약관"},
           {"ro", 1, "termeni și condiții,termeni de utilizare"},
           {"el", 1, "όροι χρήσης"},
           {"ar", 1, "شروط الاستخدام,شروط الخدمة"},
           {"he", 1, "תנאי שימוש"},
           {"vi", 1, "điều khoản sử dụng,điều khoản dịch vụ"},
           {"id", 1, "syarat dan ketentuan,ketentuan layanan"},
           {"fr", -0.3, "mentions légales"},
           {"es", -0.3, "aviso legal"},
           {"it", -0.3, "note legali"},
       }},
      {"cookie policy",
       "cookies,cookie notice,cookie statement,cookies policy",
       "",
       {
           {"", 1,
            "cookie policy,cookies policy,cookie notice,cookies notice,cookie statement,cookies statement,use of "
            "cookies"},
           {"", 1, "cookie information,cookie disclosure,cookie guidelines,cookie declaration,how we use cookies"},
           {"", -0.9, "cookies,cookie"},
           {"", 0.72, "privacy cookies policy,privacy cookie policy,privacy cookie notice,privacy cookies"},
           {"de", 1,
            "cookie richtlinie,cookie richtlinien,cookierichtlinie,cookierichtlinien,cookie hinweise,cookie "
            "hinweis,cookie erklärung,verwendung von cookies"},
           {"fr", 1,
            "politique de cookies,politique en matière de cookies,politique relative aux cookies,politique "
            "cookies,charte cookies,utilisation des cookies,politique de gestion des cookies"},
           {"es", 1, "política de cookies,políticas de cookies,uso de cookies,aviso de cookies"},
           {"it", 1,
            "politica sui cookie,informativa sui cookie,informativa cookie,informativa cookies,uso dei cookie,politica "
            "dei cookie"},
           {"nl", 1,
            "cookiebeleid,cookieverklaring,cookie beleid,cookie verklaring,cookiestatement,gebruik van cookies"},
           {"pt", 1, "utilização de cookies,aviso de cookies"},
           {"pl", 1,
            "polityka cookies,polityka plików cookies,polityka plików cookie,polityka dotycząca plików cookie,polityka "
            "cookie,informacja o cookies"},
           {"pl", -0.9, "pliki cookies,pliki cookie,ciasteczka"},
           {"sv", 1, "cookiepolicy,information om cookies,användning av cookies,användning av kakor,cookiemeddelande"},
           {"sv", -0.9, "kakor"},
           {"da", 1, "cookiepolitik,cookie politik,brug af cookies,cookieerklæring,cookie erklæring"},
           {"no", 1, "informasjonskapsler,bruk av informasjonskapsler,bruk av cookies,cookieerklæring"},
           {"fi", 1, "evästekäytäntö,evästekäytännöt,evästeseloste,evästeiden käyttö,tietoa evästeistä,evästeilmoitus"},
           {"fi", -0.9, "evästeet"},
           {"cs", 1,
            "zásady cookies,používání cookies,zásady používání souborů cookie,informace o cookies,zásady používání "
            "cookies,zásady pro soubory cookie"},
           {"cs", -0.9, "soubory cookie,soubory cookies"},
           {"hu", 1, "cookie szabályzat,süti szabályzat,cookie tájékoztató,süti tájékoztató"},
           {"hu", -0.9, "sütik"},
           {"tr", 1, "çerez politikası,çerez bildirimi"},
           {"tr", -0.9, "çerezler"},
           {"ru", 1,
            "политика использования файлов cookie,политика cookie,политика в отношении файлов cookie,использование "
            "файлов cookie"},
           {"ru", -0.9, "файлы cookie"},
           {"ja", 1, "クッキーポリシー,cookieポリシー,cookieの使用,クッキーの利用,cookieの利用,クッキー通知"},
           {"ja", -0.9, "クッキー,cookieについて"},
           {"zh", 1, "cookie政策,cookies政策,cookie 声明,cookie 條款"},
           {"ko", 1, "쿠키 정책,쿠키 방침"},
       }},
      {"community guidelines",
       "community standards,code of conduct,community rules,house rules,netiquette",
       "",
       {
           {"", 1,
            "community guidelines,community standards,community rules,community policy,house rules,forum rules,posting "
            "guidelines,community code of conduct"},
           {"", 0.95,
            "content policy,content guidelines,posting rules,participation guidelines,community principles,discussion "
            "guidelines,comment policy"},
           {"", -0.85, "code of conduct,guidelines,rules,netiquette"},
           {"de", 1,
            "community richtlinien,gemeinschaftsrichtlinien,gemeinschaftsstandards,verhaltensregeln,community "
            "regeln,forenregeln,communityrichtlinien,forumsregeln"},
           {"de", -0.85, "netiquette,verhaltenskodex,hausordnung"},
           {"fr", 1,
            "règles de la communauté,charte de la communauté,standards de la communauté,règles communautaires,charte "
            "de modération,charte du forum"},
           {"fr", -0.85, "code de conduite"},
           {"es", 1,
            "normas de la comunidad,directrices de la comunidad,reglas de la comunidad,pautas de la comunidad,normas "
            "comunitarias"},
           {"it", 1,
            "linee guida della community,regole della community,standard della community,linee guida della "
            "comunità,regole della comunità,regolamento del forum"},
           {"nl", 1,
            "communityrichtlijnen,huisregels,community richtlijnen,richtlijnen voor de "
            "community,gedragsregels,spelregels,forumregels"},
           {"pt", 1,
            "diretrizes da comunidade,regras da comunidade,normas da comunidade,padrões da comunidade,directrizes da "
            "comunidade"},
           {"pl", 1,
            "zasady społeczności,wytyczne dla społeczności,standardy społeczności,wytyczne społeczności,regulamin "
            "społeczności,regulamin forum"},
           {"sv", 1,
            "communityriktlinjer,ordningsregler,community regler,riktlinjer för gemenskapen,riktlinjer för "
            "communityn,communityregler,forumregler"},
           {"sv", -0.8, "uppförandekod"},
           {"da", 1,
            "retningslinjer for fællesskabet,community retningslinjer,fællesskabsregler,debatregler,fællesskabets "
            "retningslinjer"},
           {"no", 1, "retningslinjer for fellesskapet,fellesskapsregler,debattregler"},
           {"fi", 1, "yhteisön säännöt,yhteisöohjeet,yhteisösäännöt,yhteisön ohjeet,keskustelun säännöt"},
           {"cs", 1, "pravidla komunity,zásady komunity,pokyny pro komunitu,pravidla fóra,pravidla diskuse"},
           {"hu", 1, "közösségi irányelvek,közösségi szabályok"},
           {"tr", 1, "topluluk kuralları,topluluk ilkeleri"},
           {"ru", 1, "правила сообщества,правила форума,нормы сообщества"},
           {"ja", 1, "コミュニティガイドライン,コミュニティ規定,コミュニティ規約,コミュニティのルール"},
           {"zh", 1, "社区准则,社群守則,社区规范,社區準則"},
           {"ko", 1, "커뮤니티 가이드라인,커뮤니티 규정,커뮤니티 가이드"},
       }},
      {"acceptable use policy",
       "acceptable use,aup,usage policy,fair use policy",
       "",
       {
           {"", 1,
            "acceptable use policy,acceptable use,aup,usage policy,usage policies,acceptable usage policy,permitted "
            "use policy"},
           {"", 0.9, "fair use policy,fair usage policy,use policy"},
           {"de", 1,
            "richtlinie zur akzeptablen nutzung,nutzungsrichtlinien,nutzungsrichtlinie,richtlinien zur zulässigen "
            "nutzung"},
           {"fr", 1, "politique d'utilisation acceptable,règles d'utilisation acceptable,politique d'usage acceptable"},
           {"es", 1, "política de uso aceptable,uso aceptable"},
           {"it", 1,
            "politica di utilizzo accettabile,norme di utilizzo accettabile,policy di utilizzo accettabile,politica di "
            "uso accettabile"},
           {"nl", 1, "beleid voor acceptabel gebruik,acceptabel gebruik,beleid voor aanvaardbaar gebruik"},
           {"pt", 1, "política de uso aceitável,uso aceitável,política de utilização aceitável"},
           {"pl", 1,
            "zasady dopuszczalnego użytkowania,zasady akceptowalnego użytkowania,zasady dopuszczalnego użycia"},
           {"sv", 1,
            "policy för godtagbar användning,policy för acceptabel användning,regler för godtagbar användning"},
           {"da", 1, "politik for acceptabel brug,acceptabel brug"},
           {"fi", 1, "hyväksyttävän käytön käytäntö,hyväksyttävä käyttö,hyväksyttävän käytön säännöt"},
           {"cs", 1, "zásady přijatelného užívání,zásady přijatelného použití,pravidla přijatelného užívání"},
           {"ja", 1, "利用規定,利用ポリシー,利用制限規定"},
           {"zh", 1, "可接受使用政策,使用政策"},
       }},
      {"imprint",
       "impressum,legal notice,site notice,mentions légales,legal disclosure",
       "",
       {
           {"", 1, "imprint,legal notice,legal disclosure,site notice,publisher information,legal notices"},
           {"", 0.8, "legal information,company information,corporate information"},
           {"", -0.55, "legal"},
           {"de", 1, "impressum,anbieterkennzeichnung,impressum und kontakt"},
           {"de", 0.75, "rechtliche hinweise,rechtliches,rechtlicher hinweis"},
           {"fr", 1, "mentions légales,informations légales,infos légales,mention légale"},
           {"es", 1, "aviso legal,información legal,nota legal"},
           {"it", 1, "note legali,informazioni legali,dati societari"},
           {"nl", 1, "colofon,juridische informatie,juridische kennisgeving"},
           {"pt", 1, "informações legais,informação legal"},
           {"pl", 1, "nota prawna,informacje prawne,stopka redakcyjna,nota wydawnicza"},
           {"sv", 1, "juridisk information,om webbplatsen,redaktionsruta"},
           {"da", 1, "kolofon,virksomhedsoplysninger,juridiske oplysninger"},
           {"no", 1, "juridisk merknad,redaksjonelt"},
           {"fi", 1, "julkaisutiedot,oikeudellinen huomautus,oikeudelliset tiedot,yritystiedot"},
           {"cs", 1, "tiráž,právní informace,provozovatel,právní ujednání,informace o provozovateli"},
           {"hu", 1, "impresszum"},
           {"tr", 1, "künye,yasal uyarı"},
           {"ru", 1, "правовая информация,выходные данные,реквизиты"},
           {"ja", 1, "特定商取引法に基づく表記,特定商取引法,特商法表記,特定商取引に関する表記"},
           {"ja", -0.6, "運営会社,会社概要"},
           {"zh", 1, "法律声明,法律聲明"},
           {"ko", 1, "법적 고지"},
       }},
  };
  return kinds;
}

std::vector<std::string> parts(std::string_view list, char separator) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(separator), list.size());
    if (end > 0) out.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

std::string squeezed(std::string_view words) {
  std::string out(words);
  std::erase(out, ' ');
  return out;
}

Phrase phrase(std::string_view text, const char* language, double strength) {
  Phrase out;
  const std::string folded = core::folded_words(text);
  out.words = bare_words(folded);
  if (out.words.empty()) out.words = folded;
  out.squeezed = squeezed(out.words);
  out.full = squeezed(folded);
  out.language = language;
  out.strength = strength < 0 ? -strength : strength;
  out.vague = strength < 0;
  return out;
}

DocumentKind built(const KindRow& row) {
  DocumentKind kind;
  kind.name = row.name;
  kind.rel = row.rel;
  for (const Row& names : row.rows) {
    for (const std::string& name : parts(names.names, ',')) {
      kind.phrases.push_back(phrase(name, names.language, names.strength));
    }
  }
  return kind;
}

const std::vector<DocumentKind>& built_kinds() {
  static const std::vector<DocumentKind> kinds = [] {
    std::vector<DocumentKind> out;
    for (const KindRow& row : table()) out.push_back(built(row));
    return out;
  }();
  return kinds;
}

/// Words of a comma list, folded, with one value for all.
void add(std::map<std::string, double, std::less<>>& words, double value, std::string_view list) {
  for (const std::string& word : parts(list, ',')) words[core::folded_words(word)] = value;
}

}  // namespace

DocumentKind document_kind(std::string_view name) {
  const std::string wanted = core::folded_words(name);
  for (std::size_t at = 0; at < table().size(); ++at) {
    const KindRow& row = table()[at];
    if (core::folded_words(row.name) == wanted) return built_kinds()[at];
    for (const std::string& also : parts(row.also, ',')) {
      if (core::folded_words(also) == wanted) return built_kinds()[at];
    }
  }
  DocumentKind own;
  own.name = std::string(name);
  own.phrases.push_back(phrase(name, "", 1));
  return own;
}

std::vector<std::string> known_kinds() {
  std::vector<std::string> names;
  for (const KindRow& row : table()) names.emplace_back(row.name);
  return names;
}

std::string bare_words(std::string_view folded) {
  static const std::set<std::string, std::less<>> idle = [] {
    std::set<std::string, std::less<>> words;
    for (const char* const list :
         {"our,the,this,read,view,see,please,full,complete,online,website,web,site,sites,of,for,to,in,on,at,about,your,"
          "my,and,s,we,"
          "here,click,more,inc,corp,corporation,ltd,llc,gmbh,ag,co,com,net,org,new,page,an,by,with,us,global,www",
          "unsere,unser,unserer,die,der,das,den,zur,zum,zu,und,von,hier,ihre,für,im",
          "notre,nos,la,le,les,de,des,du,d,l,et,en,sur,votre,vos,à,a,aux,relative,matière",
          "nuestra,nuestras,el,los,las,y,del,tu,sus,il,i,e,ed,sulla,sul,sui,di,dei,della,delle,o,os,da,do,nossa,sua",
          "ons,onze,het,een,van,voor,naszej,nasza,w,o,z,dla,vår,våra,om,och,av,för,på,vores,og,af,ja,ve,és,naše,и,в,о,"
          "för,til"}) {
      for (const std::string& word : parts(list, ',')) words.insert(core::folded_words(word));
    }
    return words;
  }();
  std::string out;
  for (const std::string& word : parts(folded, ' ')) {
    if (idle.contains(word)) continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

bool is_policy_word(std::string_view folded_word) {
  static const std::set<std::string, std::less<>> words = [] {
    std::set<std::string, std::less<>> out;
    for (const DocumentKind& kind : built_kinds()) {
      for (const Phrase& one : kind.phrases) {
        for (const std::string& word : parts(one.words, ' ')) out.insert(word);
      }
    }
    for (const char* const word :
         {"security", "copyright", "copyrights", "disclaimer", "accessibility", "trademarks", "haftungsausschluss",
          "sicherheit", "securite", "seguridad", "sicurezza", "statement", "contact", "kontakt", "disclosures", "ccpa",
          "eula", "notices", "sitemap"}) {
      out.insert(word);
    }
    return out;
  }();
  return words.contains(folded_word);
}

double text_trap(std::string_view folded_word) {
  static const std::map<std::string, double, std::less<>> traps = [] {
    std::map<std::string, double, std::less<>> words;
    add(words, 0.25,
        "settings,setting,preferences,preference,choices,choice,controls,control,manager,manage,dashboard,options,tool,"
        "tools,"
        "consent,opt,optout,einstellungen,einstellung,verwalten,anpassen,paramètres,paramétrer,préférences,gérer,"
        "réglages,configuración,"
        "preferencias,configurar,gestionar,ajustes,impostazioni,preferenze,gestisci,instellingen,voorkeuren,beheren,"
        "configurações,preferências,definições,gerir,ustawienia,zarządzaj,preferencje,inställningar,hantera,"
        "indstillinger,"
        "administrer,innstillinger,asetukset,hallitse,nastavení,předvolby,beállítások,ayarları,ayarlar,настройки,設定,"
        "设置,설정,shield,badge,seal,schutzschild");
    add(words, 0.3,
        "blog,news,article,tips,guide,how,why,what,podcast,webinar,event,conference,summit,whitepaper,report,survey,"
        "study,book,"
        "jobs,careers,training,course,software,app,download,screen,screens,filter,filters,fence,fences,glass,curtains,"
        "film,"
        "engineer,engineering,officer,lawyer,law,laws,act,campaign,research,browser,vpn,coin,tipps,ratgeber,warum,wie,"
        "actualités,"
        "comment,pourquoi,noticias,consejos,guía,notizie,consigli,nieuws,dicas,notícias,wiadomości,porady,nyheter,tips,"
        "uutiset,"
        "novinky,rady,ニュース,ブログ,ask,expert,experts,win,save,sale,shop,buy,products,series,tool,lobby,erklärt,"
        "heute,magazin");
    add(words, 0.55,
        "changes,change,changed,updates,updated,update,summary,highlights,previous,older,history,versions,archived,"
        "archive,faq,"
        "faqs,overview,center,centre,hub,portal,children,childrens,kids,coppa,california,californian,colorado,virginia,"
        "employee,employees,applicant,"
        "applicants,candidate,candidates,recruitment,hipaa,biometric,financial,health,vendor,supplier,partner,patient,"
        "bewerber,bewerbung,änderungen,änderung,kinder,rights,request,requests,developer,developers,advertiser,"
        "advertisers,ads,"
        "sell,sharing,nevada,brazil,addendum,candidat,candidats,modifications,cambios,beta,affiliate,affiliates,seller,"
        "sellers,"
        "giveaway,contest,sweepstakes,gewinnspiel,wifi,shareholder,investor");
    add(words, 0.8, "pdf,print,printable,printer,download,mobile,druckversion,imprimer");
    return words;
  }();
  const auto found = traps.find(folded_word);
  return found == traps.end() ? 1.0 : found->second;
}

double path_trap(std::string_view folded_segment) {
  static const std::map<std::string, double, std::less<>> traps = [] {
    std::map<std::string, double, std::less<>> words;
    add(words, 0.35,
        "blog,blogs,news,newsroom,press,press "
        "releases,pressreleases,presse,article,articles,artikel,artikkel,actualites,actualite,noticias,noticia,"
        "notizie,nieuws,aktuelles,magazin,magazine,stories,story,tag,tags,category,categories,topic,topics,author,"
        "search,"
        "product,products,produkt,produkte,producto,produit,shop,store,item,events,event,webinar,podcast,jobs,careers,"
        "karriere,ratgeber,"
        "research,resources,whitepaper,whitepapers,forum,forums,thread,wiki,post,posts,comments,uutiset,nyheter,clanky,"
        "clanek,video,videos,watch,podcasts,tips,guides,learn,training,courses,insights,opinion,tech,technology,"
        "politics,campaigns,campaign");
    add(words, 0.35,
        "settings,setting,preferences,preference center,preferencecenter,account,accounts,my "
        "account,myaccount,login,signin,"
        "sign in,logon,profile,dashboard,optout,opt out,unsubscribe,consent,cookie settings,privacy "
        "settings,privacysettings,privacy choices,"
        "privacychoices,einstellungen,konto,privacyshield,privacy "
        "shield,admin,user,users,register,signup,share,sharer,privacy center,manage");
    add(words, 0.88,
        "help,support,faq,faqs,kb,knowledge,hilfe,aide,ayuda,hc,archive,archives,old,previous,employees,applicants,"
        "california");
    return words;
  }();
  const auto found = traps.find(folded_segment);
  return found == traps.end() ? 1.0 : found->second;
}

bool is_language_tag(std::string_view lower_case) {
  static const std::set<std::string, std::less<>> names = {
      "ar",         "bg",  "ca",  "cs",  "cz",  "da",      "de",      "dk",       "el",      "en",
      "es",         "et",  "fi",  "fr",  "gb",  "he",      "hr",      "hu",       "id",      "intl",
      "it",         "ja",  "jp",  "ko",  "kr",  "lt",      "lv",      "nb",       "nl",      "no",
      "pl",         "pt",  "ro",  "ru",  "se",  "sk",      "sl",      "sv",       "th",      "tr",
      "uk",         "us",  "vi",  "zh",  "at",  "ch",      "au",      "br",       "mx",      "in",
      "cn",         "be",  "eu",  "ie",  "nz",  "english", "deutsch", "francais", "espanol", "italiano",
      "nederlands", "eng", "deu", "ger", "fra", "spa",     "global",  "int",      "www"};
  const std::size_t dash = lower_case.find_first_of("-_ ");
  if (dash == std::string_view::npos) return names.contains(lower_case);
  return dash == 2 && lower_case.size() <= 7 && names.contains(lower_case.substr(0, dash));
}

}  // namespace waydiff::crawler
