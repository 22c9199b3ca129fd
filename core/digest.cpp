#include "core/digest.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstdint>

#include "core/late_library.hpp"

namespace waydiff::core {
namespace {

constexpr std::string_view base32_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view hex_alphabet = "0123456789abcdef";

/// The functions of OpenSSL's libcrypto that are used here. Linked, its tables would cost every start a fifth of its
/// time, and many uses (`extract`, `diff`) digest nothing.
struct Crypto {
  decltype(&::EVP_MD_fetch) fetch = nullptr;
  decltype(&::EVP_Digest) digest = nullptr;
};

const Crypto& crypto() {
  static const Crypto loaded = [] {
    const LateLibrary library("libcrypto.so.3", "nothing can be digested without");
    Crypto found;
    library.find("EVP_MD_fetch", found.fetch);
    library.find("EVP_Digest", found.digest);
    return found;
  }();
  return loaded;
}

/// To look a method up costs OpenSSL 3 as much as to digest a kilobyte: once for the process, never given back.
const EVP_MD* sha1() {
  static const EVP_MD* const method = crypto().fetch(nullptr, "SHA1", nullptr);
  return method;
}
const EVP_MD* sha256() {
  static const EVP_MD* const method = crypto().fetch(nullptr, "SHA256", nullptr);
  return method;
}

std::string hash(std::string_view bytes, const EVP_MD* method) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int size = 0;
  crypto().digest(bytes.data(), bytes.size(), out.data(), &size, method, nullptr);
  return {reinterpret_cast<const char*>(out.data()), size};
}

std::string base32(std::string_view bytes) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    held += 8;
    while (held >= 5) {
      held -= 5;
      out += base32_alphabet[(bits >> held) & 31U];
    }
  }
  return out;
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

int hex_value(char c) {
  const auto at = hex_alphabet.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::string sha1_base32(std::string_view bytes) {
  return base32(hash(bytes, sha1()));
}

std::string sha256_hex(std::string_view bytes) {
  std::string out;
  for (const char c : hash(bytes, sha256())) {
    const auto byte = static_cast<unsigned char>(c);
    out += hex_alphabet[byte >> 4];
    out += hex_alphabet[byte & 15U];
  }
  return out;
}

std::string normal_sha1(std::string_view text) {
  if (const auto colon = text.find(':'); colon != std::string_view::npos) {
    std::string label;
    for (const char c : text.substr(0, colon)) label += upper(c);
    if (label != "SHA1" && label != "SHA-1") return {};
    text.remove_prefix(colon + 1);
  }
  if (text.size() == 32) {
    std::string out;
    for (const char c : text) {
      out += upper(c);
      if (base32_alphabet.find(out.back()) == std::string_view::npos) return {};
    }
    return out;
  }
  if (text.size() == 40) {
    std::string bytes;
    for (std::size_t at = 0; at < 40; at += 2) {
      const int high = hex_value(text[at]);
      const int low = hex_value(text[at + 1]);
      if (high < 0 || low < 0) return {};
      bytes += static_cast<char>(high * 16 + low);
    }
    return base32(bytes);
  }
  return {};
}

}  // namespace waydiff::core
