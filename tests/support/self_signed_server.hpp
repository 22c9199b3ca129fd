#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace waydiff::test {

/// A TLS server on 127.0.0.1, in a thread of its own, whose certificate nobody vouches for: made when it starts, signed
/// by itself. It answers nothing; it counts who comes and what they say once the handshake is over.
class SelfSignedServer {
 public:
  SelfSignedServer();
  ~SelfSignedServer();
  SelfSignedServer(const SelfSignedServer&) = delete;
  SelfSignedServer& operator=(const SelfSignedServer&) = delete;

  [[nodiscard]] std::string host() const;  ///< "127.0.0.1:PORT"
  [[nodiscard]] std::string base_url() const { return "https://" + host(); }
  [[nodiscard]] std::size_t connections() const;
  [[nodiscard]] std::size_t bytes_read() const;  ///< after handshakes, decrypted

 private:
  struct Server;
  std::unique_ptr<Server> server_;
};

}  // namespace waydiff::test
