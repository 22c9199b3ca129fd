#include "crawler/transport_curl.hpp"

#include <dlfcn.h>

#include <stdexcept>
#include <string>

namespace waydiff::crawler {
namespace {

// Its interface has kept this number since 2006.
constexpr const char* library = "libcurl.so.4";

std::runtime_error missing() {
  const char* const why = ::dlerror();
  return std::runtime_error(std::string("archives cannot be asked without ") + library +
                            (why == nullptr ? "" : std::string(": ") + why));
}

template <class Function>
void find(void* handle, const char* name, Function& function) {
  void* const found = ::dlsym(handle, name);
  if (found == nullptr) throw missing();
  function = reinterpret_cast<Function>(found);
}

Curl load() {
  void* const handle = ::dlopen(library, RTLD_LAZY | RTLD_LOCAL);  // never given back
  if (handle == nullptr) throw missing();
  Curl curl;
  find(handle, "curl_easy_cleanup", curl.easy_cleanup);
  find(handle, "curl_easy_getinfo", curl.easy_getinfo);
  find(handle, "curl_easy_init", curl.easy_init);
  find(handle, "curl_easy_setopt", curl.easy_setopt);
  find(handle, "curl_easy_strerror", curl.easy_strerror);
  find(handle, "curl_global_init", curl.global_init);
  find(handle, "curl_multi_add_handle", curl.multi_add_handle);
  find(handle, "curl_multi_cleanup", curl.multi_cleanup);
  find(handle, "curl_multi_info_read", curl.multi_info_read);
  find(handle, "curl_multi_init", curl.multi_init);
  find(handle, "curl_multi_remove_handle", curl.multi_remove_handle);
  find(handle, "curl_multi_setopt", curl.multi_setopt);
  find(handle, "curl_multi_socket_action", curl.multi_socket_action);
  find(handle, "curl_slist_append", curl.slist_append);
  find(handle, "curl_slist_free_all", curl.slist_free_all);
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl cannot be initialised");
  return curl;
}

}  // namespace

const Curl& curl() {
  static const Curl loaded = load();
  return loaded;
}

}  // namespace waydiff::crawler
