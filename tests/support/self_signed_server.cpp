#include "support/self_signed_server.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <stdexcept>
#include <thread>

namespace waydiff::test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* thing) const {
    Free(thing);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;

Certificate signed_by_itself(EVP_PKEY* key) {
  Certificate made(X509_new());
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 86400);
  X509_set_pubkey(made.get(), key);
  X509_NAME* const name = X509_get_subject_name(made.get());
  const auto* const text = reinterpret_cast<const unsigned char*>("127.0.0.1");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
  X509_set_issuer_name(made.get(), name);
  if (X509_sign(made.get(), key, EVP_sha256()) == 0) throw std::runtime_error("cannot sign a certificate");
  return made;
}

void dress(asio::ssl::context& context) {
  const Key key(EVP_EC_gen("P-256"));
  if (!key) throw std::runtime_error("cannot make a key");
  const Certificate certificate = signed_by_itself(key.get());
  SSL_CTX_use_certificate(context.native_handle(), certificate.get());
  SSL_CTX_use_PrivateKey(context.native_handle(), key.get());
}

}  // namespace

struct SelfSignedServer::Server {
  Server() : context(asio::ssl::context::tls_server), acceptor(io, {asio::ip::address_v4::loopback(), 0}) {
    dress(context);
    thread = std::thread([this] { serve(); });
  }

  ~Server() {
    ended = true;
    boost::system::error_code ignored;
    tcp::socket wake(io);
    wake.connect(acceptor.local_endpoint(), ignored);
    thread.join();
  }

  void serve() {
    while (true) {
      boost::system::error_code error;
      asio::ssl::stream<tcp::socket> stream(io, context);
      acceptor.accept(stream.next_layer(), error);
      if (ended) return;
      if (error) continue;
      ++connections;
      stream.handshake(asio::ssl::stream_base::server, error);
      std::array<char, 4096> buffer{};
      while (!error) bytes += stream.read_some(asio::buffer(buffer), error);
    }
  }

  asio::io_context io;
  asio::ssl::context context;
  tcp::acceptor acceptor;
  std::atomic<bool> ended = false;
  std::atomic<std::size_t> connections = 0, bytes = 0;
  std::thread thread;
};

SelfSignedServer::SelfSignedServer() : server_(std::make_unique<Server>()) {}
SelfSignedServer::~SelfSignedServer() = default;

std::string SelfSignedServer::host() const {
  return "127.0.0.1:" + std::to_string(server_->acceptor.local_endpoint().port());
}
std::size_t SelfSignedServer::connections() const {
  return server_->connections;
}
std::size_t SelfSignedServer::bytes_read() const {
  return server_->bytes;
}

}  // namespace waydiff::test
