#include "crawler/body_coding.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "core/digest.hpp"
#include "crawler/coding_libraries.hpp"

namespace waydiff::crawler {
namespace {

using core::Errc;

constexpr std::size_t chunk_size = 64u << 10;
constexpr int most_layers = 3;

enum class Ending { whole, cut, bad_checksum, failed };

struct Undone {
  std::string bytes;
  Ending ending = Ending::failed;
  bool trailing = false;  // bytes after the end of the stream
};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1f\x8b\x08");
}

bool is_zlib(std::string_view bytes) {
  if (bytes.size() < 2) return false;
  const unsigned head = static_cast<unsigned char>(bytes[0]) * 256u + static_cast<unsigned char>(bytes[1]);
  return (head >> 8 & 0x0f) == 8 && head % 31 == 0;
}

/// The types of which gzip is the content, not a coding.
bool is_archive_format(std::string_view content_type) {
  const std::string type = lower(content_type);
  for (const char* word : {"gzip", "compress", "x-tar", "tgz", "warc", "zip"}) {
    if (type.find(word) != std::string::npos) return true;
  }
  return false;
}

/// What decoded bytes may grow to: counted from what was given, so that layers do not multiply.
struct Cap {
  std::size_t most;
  Cap(std::size_t given, const BodyLimits& limits) : most(limits.max_body) {
    const std::size_t first_mib = 1u << 20;
    const bool overflows = limits.max_ratio != 0 && given > most / limits.max_ratio;
    if (!overflows) most = std::min(most, std::max(first_mib, given * limits.max_ratio));
  }
};

core::Result<Undone> too_large(const Cap& cap) {
  return core::fail(Errc::too_large, "body decodes to more than " + std::to_string(cap.most) + " bytes");
}

struct EndInflate {
  void operator()(z_stream* stream) const noexcept {
    zlib().inflate_end(stream);
    delete stream;
  }
};

/// window_bits as zlib knows them: 15 + 16 gzip, 15 zlib, -15 raw.
core::Result<Undone> inflate_all(std::string_view bytes, int window_bits, const Cap& cap) {
  std::unique_ptr<z_stream, EndInflate> stream(new z_stream{});
  Undone undone;
  if (!zlib().begin(*stream, window_bits)) return undone;
  std::array<Bytef, chunk_size> chunk;
  std::size_t at = 0;
  bool between_members = false;
  for (;;) {
    if (stream->avail_in == 0) {
      const std::size_t take = std::min<std::size_t>(bytes.size() - at, 1u << 20);
      stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + at));
      stream->avail_in = static_cast<uInt>(take);
      at += take;
    }
    if (stream->avail_in == 0 && between_members) {
      undone.ending = Ending::whole;
      return undone;
    }
    stream->next_out = chunk.data();
    stream->avail_out = static_cast<uInt>(chunk.size());
    const int code = zlib().inflate(stream.get(), Z_NO_FLUSH);
    const std::size_t made = chunk.size() - stream->avail_out;
    if (undone.bytes.size() + made > cap.most) return too_large(cap);
    undone.bytes.append(reinterpret_cast<const char*>(chunk.data()), made);
    between_members = false;
    if (code == Z_STREAM_END) {
      const std::size_t used = at - stream->avail_in;
      if (window_bits <= 15 || !is_gzip(bytes.substr(used))) {
        undone.trailing = used < bytes.size();
        undone.ending = Ending::whole;
        return undone;
      }
      zlib().inflate_reset(stream.get());
      between_members = true;
    } else if (code == Z_BUF_ERROR || (code == Z_OK && stream->avail_in == 0 && at == bytes.size() && made == 0)) {
      undone.ending = Ending::cut;
      return undone;
    } else if (code != Z_OK) {
      // zlib finds a wrong CRC or length only after it gave out everything.
      const std::string_view reason = stream->msg ? stream->msg : "";
      if (reason == "incorrect data check" || reason == "incorrect length check") undone.ending = Ending::bad_checksum;
      return undone;
    }
  }
}

struct EndBrotli {
  void operator()(BrotliDecoderState* state) const noexcept { brotli().destroy(state); }
};

core::Result<Undone> unbrotli_all(std::string_view bytes, const Cap& cap) {
  std::unique_ptr<BrotliDecoderState, EndBrotli> state(brotli().create(nullptr, nullptr, nullptr));
  Undone undone;
  if (!state) return undone;
  std::array<std::uint8_t, chunk_size> chunk;
  const auto* next_in = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t left_in = bytes.size();
  for (;;) {
    std::uint8_t* next_out = chunk.data();
    std::size_t left_out = chunk.size();
    const BrotliDecoderResult code =
        brotli().decompress(state.get(), &left_in, &next_in, &left_out, &next_out, nullptr);
    const std::size_t made = chunk.size() - left_out;
    if (undone.bytes.size() + made > cap.most) return too_large(cap);
    undone.bytes.append(reinterpret_cast<const char*>(chunk.data()), made);
    if (code == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) continue;
    if (code == BROTLI_DECODER_RESULT_SUCCESS) {
      undone.ending = Ending::whole;
      undone.trailing = left_in > 0;
    } else if (code == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) {
      undone.ending = Ending::cut;
    }
    return undone;
  }
}

/// The codings of the header, in the order they were applied.
std::vector<std::string> codings_of(std::string_view header) {
  std::vector<std::string> codings;
  while (!header.empty()) {
    const std::size_t comma = std::min(header.find(','), header.size());
    std::string coding;
    for (const char c : header.substr(0, comma)) {
      if (c != ' ' && c != '\t') coding += c;
    }
    coding = lower(coding);
    if (coding.starts_with("x-")) coding.erase(0, 2);
    if (!coding.empty() && coding != "identity") codings.push_back(std::move(coding));
    header.remove_prefix(std::min(comma + 1, header.size()));
  }
  return codings;
}

core::Result<Undone> undo(std::string_view bytes, std::string_view coding, const Cap& cap) {
  if (coding == "gzip") return inflate_all(bytes, 15 + 16, cap);
  if (coding == "deflate") return inflate_all(bytes, is_zlib(bytes) ? 15 : -15, cap);
  if (coding == "br") return unbrotli_all(bytes, cap);
  return Undone{};
}

/// Replaces the body by what is under one coding; false when it stays as it is.
core::Result<bool> peel(Decoded& decoded, std::string_view coding, const Cap& cap) {
  auto undone = undo(decoded.body, coding, cap);
  if (!undone) return tl::unexpected(undone.error());
  // A stream cut before its first byte of content, or not this coding at all: the given bytes are worth more.
  if (undone->ending == Ending::failed || (undone->ending == Ending::cut && undone->bytes.empty())) {
    decoded.notes.push_back("undecoded: " + std::string(coding));
    return false;
  }
  if (undone->ending == Ending::cut) {
    decoded.cut_short =
        std::string(coding) + " ends early, " + std::to_string(undone->bytes.size()) + " bytes decoded";
  }
  if (undone->ending == Ending::bad_checksum) decoded.notes.push_back(std::string(coding) + " checksum is wrong");
  if (undone->trailing)
    decoded.notes.push_back("bytes after the end of the " + std::string(coding) + " stream dropped");
  decoded.layers.push_back(core::sha1_base32(decoded.body));
  decoded.body = std::move(undone->bytes);
  return true;
}

}  // namespace

core::Result<Decoded> decode_body(std::string bytes, std::string_view content_encoding, std::string_view content_type,
                                  BodyLimits limits) {
  if (bytes.size() > limits.max_body) {
    return core::fail(Errc::too_large, "body of " + std::to_string(bytes.size()) + " bytes is over the limit of " +
                                           std::to_string(limits.max_body));
  }
  const Cap cap(bytes.size(), limits);
  Decoded decoded;
  decoded.body = std::move(bytes);
  if (decoded.body.empty()) return decoded;

  auto codings = codings_of(content_encoding);
  std::reverse(codings.begin(), codings.end());
  int layers = 0;
  for (const std::string& coding : codings) {
    if (layers == most_layers) break;
    if (coding == "gzip" && !is_gzip(decoded.body)) {
      decoded.notes.push_back("declared gzip, but it is not");
      continue;
    }
    const auto peeled = peel(decoded, coding, cap);
    if (!peeled) return tl::unexpected(peeled.error());
    if (!*peeled) break;
    ++layers;
  }
  while (layers < most_layers && is_gzip(decoded.body) && !is_archive_format(content_type)) {
    const auto peeled = peel(decoded, "gzip", cap);
    if (!peeled) return tl::unexpected(peeled.error());
    if (!*peeled) break;
    decoded.notes.push_back("undeclared gzip");
    ++layers;
  }
  return decoded;
}

DigestCheck check_digest(std::string_view index_digest, const Decoded& decoded, DigestHints hints) {
  const std::string wanted = core::normal_sha1(index_digest);
  if (wanted.empty()) return DigestCheck::none;
  const auto& layers = decoded.layers;
  if (std::find(layers.begin(), layers.end(), wanted) != layers.end()) return DigestCheck::verified;
  if (core::sha1_base32(decoded.body) == wanted) return DigestCheck::verified;
  const bool plain =
      !hints.coded_at_origin && hints.length && *hints.length == static_cast<std::int64_t>(decoded.body.size());
  return plain ? DigestCheck::suspect : DigestCheck::unverifiable;
}

}  // namespace waydiff::crawler
