#include "crawler/transport_curl.hpp"

#include <stdexcept>

#include "core/late_library.hpp"

namespace waydiff::crawler {
namespace {

Curl load() {
  // Its interface has kept this number since 2006.
  const core::LateLibrary library("libcurl.so.4", "archives cannot be asked without");
  Curl curl;
  library.find("curl_easy_cleanup", curl.easy_cleanup);
  library.find("curl_easy_getinfo", curl.easy_getinfo);
  library.find("curl_easy_init", curl.easy_init);
  library.find("curl_easy_setopt", curl.easy_setopt);
  library.find("curl_easy_strerror", curl.easy_strerror);
  library.find("curl_global_init", curl.global_init);
  library.find("curl_multi_add_handle", curl.multi_add_handle);
  library.find("curl_multi_cleanup", curl.multi_cleanup);
  library.find("curl_multi_info_read", curl.multi_info_read);
  library.find("curl_multi_init", curl.multi_init);
  library.find("curl_multi_remove_handle", curl.multi_remove_handle);
  library.find("curl_multi_setopt", curl.multi_setopt);
  library.find("curl_multi_socket_action", curl.multi_socket_action);
  library.find("curl_slist_append", curl.slist_append);
  library.find("curl_slist_free_all", curl.slist_free_all);
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl cannot be initialised");
  return curl;
}

}  // namespace

const Curl& curl() {
  static const Curl loaded = load();
  return loaded;
}

}  // namespace waydiff::crawler
