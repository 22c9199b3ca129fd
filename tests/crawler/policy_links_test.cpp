#include "crawler/policy_links.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/policy_words.hpp"
#include "crawler/site_names.hpp"

namespace waydiff::crawler {
namespace {

using core::LinkPlace;
using testing::Contains;
using testing::HasSubstr;

core::PageLink link(std::string url, std::string text, LinkPlace place = LinkPlace::footer) {
  core::PageLink out;
  out.url = std::move(url);
  out.text = std::move(text);
  out.place = place;
  return out;
}

/// The ranking of a page at https://www.site.example/.
std::vector<RankedLink> ranked(std::vector<core::PageLink> links, std::string_view kind = "privacy policy",
                               std::string language = "en") {
  core::PageLinks page;
  page.url = "https://www.site.example/";
  page.language = std::move(language);
  page.links = std::move(links);
  return rank_policy_links(page, kind);
}

/// The score of a single link.
double score(const core::PageLink& one, std::string_view kind = "privacy policy") {
  const auto links = ranked({one}, kind);
  return links.empty() ? 0 : links.front().score;
}

TEST(PolicyLinks, SaysWhatSpeaksForALink) {
  const auto links = ranked({link("https://www.site.example/de/datenschutz", "Datenschutz")}, "privacy policy", "de");
  ASSERT_EQ(links.size(), 1U);
  EXPECT_GT(links[0].score, 0.9);
  EXPECT_THAT(links[0].evidence, testing::ElementsAre("footer link \"Datenschutz\"", "address has \"datenschutz\""));
}

TEST(PolicyLinks, KnowsTheNameInManyLanguages) {
  for (const char* const name : {"Privacy Policy",
                                 "PRIVACY NOTICE",
                                 "Our privacy statement",
                                 "Datenschutzerklärung",
                                 "Politique de confidentialité",
                                 "POLITICA DE PRIVACIDAD",
                                 "Informativa sulla privacy",
                                 "Privacyverklaring",
                                 "Política de Privacidade",
                                 "Polityka prywatności",
                                 "Integritetspolicy",
                                 "Privatlivspolitik",
                                 "Tietosuojaseloste",
                                 "Zásady ochrany osobních údajů",
                                 "プライバシーポリシー",
                                 "Personvernerklæring",
                                 "Adatvédelmi tájékoztató",
                                 "Gizlilik Politikası",
                                 "Политика конфиденциальности",
                                 "隐私政策",
                                 "개인정보처리방침"}) {
    EXPECT_GT(score(link("https://www.site.example/p/17", name)), good_enough) << name;
  }
}

TEST(PolicyLinks, KnowsOtherKindsInManyLanguages) {
  const std::pair<const char*, const char*> names[] = {{"terms of service", "Nutzungsbedingungen"},
                                                       {"terms of service", "Conditions générales d'utilisation"},
                                                       {"terms of service", "利用規約"},
                                                       {"cookie policy", "Cookiebeleid"},
                                                       {"cookie policy", "Evästekäytäntö"},
                                                       {"community guidelines", "Gemeinschaftsrichtlinien"},
                                                       {"acceptable use policy", "Acceptable Use"},
                                                       {"imprint", "Impressum"},
                                                       {"imprint", "Mentions légales"},
                                                       {"AGB", "Allgemeine Geschäftsbedingungen"},
                                                       {"returns policy", "Our returns policy"}};
  for (const auto& [kind, name] : names) {
    EXPECT_GT(score(link("https://www.site.example/p/17", name), kind), good_enough) << kind << ", " << name;
  }
}

TEST(PolicyLinks, DoesNotTakeWhatOnlySpeaksOfPrivacy) {
  for (const auto& [url, name] : std::initializer_list<std::pair<const char*, const char*>>{
           {"https://www.site.example/account/privacy-settings", "Privacy Settings"},
           {"https://www.site.example/privacy-shield", "Privacy Shield"},
           {"https://www.site.example/cookie-policy", "Cookie Policy"},
           {"https://www.site.example/blog/2019/05/why-privacy-matters", "Why privacy matters"},
           {"https://www.site.example/fences/privacy-fence", "Privacy fence, 2 m"},
           {"https://www.site.example/choices", "Your Privacy Choices"},
           {"https://www.site.example/", "Privacy"},
           {"https://policies.google.com/privacy", "Privacy Policy"}}) {
    EXPECT_LT(score(link(url, name)), good_enough) << url << ", " << name;
  }
}

TEST(PolicyLinks, PrefersTheSitesOwnToAnotherSites) {
  const auto links = ranked({link("https://www.partner.example/privacy", "Privacy Policy"),
                             link("https://www.site.example/privacy", "Privacy Policy")});
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links[0].url, "https://www.site.example/privacy");
  EXPECT_TRUE(links[1].off_site);
  EXPECT_GT(links[1].score, good_enough);
}

TEST(PolicyLinks, TakesAPolicyHostOfTheSameOrganisationForItsOwn) {
  EXPECT_GT(score(link("https://policies.site.example/privacy", "Privacy")), 0.85);
}

TEST(PolicyLinks, PrefersThePageToItsTwins) {
  const auto links = ranked({link("https://www.site.example/privacy.pdf", "Privacy Policy"),
                             link("https://www.site.example/de/privacy", "Privacy Policy"),
                             link("https://www.site.example/privacy", "Privacy Policy")});
  ASSERT_EQ(links.size(), 3U);
  EXPECT_EQ(links[0].url, "https://www.site.example/privacy");
  EXPECT_THAT(links[2].evidence, Contains(HasSubstr("a file to download")));
}

TEST(PolicyLinks, ReadsTheRelationAndCountsAnAddressOnce) {
  core::PageLink named = link("https://www.site.example/7#top", "What we know");
  named.rel = "nofollow privacy-policy";
  const auto links = ranked({named, link("http://site.example/7", "")});
  ASSERT_EQ(links.size(), 1U);
  EXPECT_GT(links[0].score, good_enough);
  EXPECT_EQ(links[0].url, "https://www.site.example/7");
}

TEST(PolicyAddress, KnowsAPolicyByItsAddress) {
  EXPECT_GT(policy_address("https://e.example/legal/PrivacyPolicy.aspx", "privacy policy"), 0.9);
  EXPECT_GT(policy_address("https://privacy.e.example/", "privacy policy"), 0.5);
  EXPECT_LT(policy_address("https://e.example/blog/privacy-policy", "privacy policy"), 0.5);
  EXPECT_EQ(policy_address("https://e.example/shop", "privacy policy"), 0);
}

TEST(RedirectSink, IsWhereSitesSendWhatIsGone) {
  for (const char* const sink : {"https://e.example/", "https://e.example/en/", "https://e.example/index.html",
                                 "https://e.example/login?next=/privacy", "https://e.example/maintenance",
                                 "https://accounts.e.example/x", "https://e.example/errors/404.html"}) {
    EXPECT_TRUE(is_redirect_sink(sink)) << sink;
  }
  EXPECT_FALSE(is_redirect_sink("https://e.example/legal/privacy"));
  EXPECT_FALSE(is_redirect_sink("https://e.example/en/privacy"));
}

TEST(SiteNames, KnowsWhichHostsBelongTogether) {
  EXPECT_EQ(registered_name("legal.shop.co.uk"), "shop.co.uk");
  EXPECT_EQ(registered_name("www.shop.example"), "shop.example");
  EXPECT_EQ(kinship("www.shop.com", "shop.com"), Kinship::same_host);
  EXPECT_EQ(kinship("shop.com", "policies.shop.com"), Kinship::same_site);
  EXPECT_EQ(kinship("shop.com", "shop.de"), Kinship::same_owner);
  EXPECT_EQ(kinship("youtube.com", "policies.google.com"), Kinship::same_owner);
  EXPECT_EQ(kinship("shop.com", "www.iubenda.com"), Kinship::hosted);
  EXPECT_EQ(kinship("shop.com", "www.facebook.com"), Kinship::vendor);
  EXPECT_EQ(kinship("shop.com", "rival.com"), Kinship::foreign);
}

TEST(DocumentKinds, AreFoundByAnyOfTheirNames) {
  EXPECT_EQ(document_kind("Datenschutz").name, "privacy policy");
  EXPECT_EQ(document_kind("TERMS OF USE").name, "terms of service");
  EXPECT_EQ(document_kind("refund policy").name, "refund policy");
}

}  // namespace
}  // namespace waydiff::crawler
