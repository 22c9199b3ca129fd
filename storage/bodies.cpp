#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "core/digest.hpp"
#include "storage/body_chain.hpp"
#include "storage/body_codec.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {
namespace {

using core::Errc;
using core::Result;
using Bytes = BodyCache::Bytes;

/// A row of the chain that leads to a body.
struct Link {
  Id id = 0;
  std::string sha256;
  std::size_t size = 0;
  std::optional<Id> base{};
  std::string frame;
  Bytes known{};  ///< its bytes, where they are remembered; then no frame
};

Result<Link> link(Connection& db, BodyCache& cache, Id id) {
  auto found = db.rows(
      "SELECT sha256, size, base, zstd FROM body WHERE id = ?",
      [&](Statement& row) {
        Link out;
        out.id = id;
        row.read(out.sha256, out.size, out.base);
        out.known = cache.find(out.sha256);
        if (!out.known) out.frame = row.blob(3);
        return out;
      },
      id);
  if (!found) return tl::unexpected(std::move(found.error()));
  if (found->empty()) return no_such(db, "body", id);
  return std::move(found->front());
}

tl::unexpected<core::Error> damaged(const Connection& db, const Link& wanted, const Link& at, const std::string& why,
                                    Errc code = Errc::store_corrupt) {
  std::string place = db.file() + ": body " + std::to_string(wanted.id) + " (" + wanted.sha256 + ")";
  if (at.id != wanted.id) place += ": stands on body " + std::to_string(at.id);
  return core::fail(code, place + ": " + why);
}

/// From `id` back to a body that stands alone or is remembered.
Result<std::vector<Link>> chain_of(Connection& db, BodyCache& cache, Id id) {
  std::vector<Link> chain;
  for (std::optional<Id> at = id; at;) {
    auto next = link(db, cache, *at);
    if (!next && chain.empty()) return tl::unexpected(std::move(next.error()));
    if (!next && next.error().code != Errc::not_found) return tl::unexpected(std::move(next.error()));
    if (!next) return damaged(db, chain.front(), chain.back(), "body " + std::to_string(*at) + " is missing");
    at = next->known ? std::nullopt : next->base;
    chain.push_back(std::move(*next));
    if (at && chain.size() > 2 * longest_chain) {
      return damaged(db, chain.front(), chain.back(), "the chain of bodies does not end");
    }
  }
  return chain;
}

Result<Bytes> read_body(Connection& db, BodyCache& cache, Id id) {
  auto chain = chain_of(db, cache, id);
  if (!chain) return tl::unexpected(std::move(chain.error()));
  const Link& wanted = chain->front();
  if (wanted.known) return wanted.known;
  Bytes bytes;
  for (auto at = chain->rbegin(); at != chain->rend(); ++at) {
    if (at->known) {
      bytes = at->known;
      continue;
    }
    auto decoded = decompress(at->frame, at->size, bytes ? std::string_view(*bytes) : std::string_view());
    if (!decoded) return damaged(db, wanted, *at, decoded.error().detail, decoded.error().code);
    bytes = std::make_shared<const std::string>(std::move(*decoded));
  }
  if (core::sha256_hex(*bytes) != wanted.sha256) return damaged(db, wanted, wanted, "other bytes");
  cache.keep(wanted.sha256, bytes);
  return bytes;
}

BaseOffer read_offer(Statement& row) {
  BaseOffer offer;
  row.read(offer.sha256, offer.size, offer.chain, offer.chain_bytes, offer.time);
  return offer;
}

/// Bodies of a target's captures next to a moment, on both sides.
Result<std::vector<BaseOffer>> neighbours(Connection& db, Id target, core::Timestamp time) {
  auto before = db.rows(
      "SELECT b.sha256, b.size, b.chain, b.chain_bytes, c.captured_at FROM capture c INDEXED BY capture_with_body"
      " JOIN body b ON b.id = c.body WHERE c.target = ? AND c.body IS NOT NULL AND c.captured_at <= ?"
      " ORDER BY c.captured_at DESC LIMIT 4",
      read_offer, target, time);
  if (!before) return before;
  auto after = db.rows(
      "SELECT b.sha256, b.size, b.chain, b.chain_bytes, c.captured_at FROM capture c INDEXED BY capture_with_body"
      " JOIN body b ON b.id = c.body WHERE c.target = ? AND c.body IS NOT NULL AND c.captured_at > ?"
      " ORDER BY c.captured_at LIMIT 4",
      read_offer, target, time);
  if (!after) return after;
  before->insert(before->end(), after->begin(), after->end());
  return before;
}

/// When chains are full: where those of `offers` begin.
Result<std::vector<BaseOffer>> roots(Connection& db, const std::vector<BaseOffer>& offers) {
  std::vector<BaseOffer> out;
  for (const BaseOffer& offer : offers) {
    auto root = db.rows(
        "WITH RECURSIVE back (id, base) AS (SELECT id, base FROM body WHERE sha256 = ?1 UNION SELECT b.id, b.base"
        " FROM body b JOIN back ON b.id = back.base)"
        " SELECT b.sha256, b.size, b.chain, b.chain_bytes, ?2 FROM back JOIN body b ON b.id = back.id"
        " WHERE back.base IS NULL",
        read_offer, offer.sha256, offer.time);
    if (!root) return root;
    out.insert(out.end(), root->begin(), root->end());
  }
  return out;
}

/// Bodies that a new one is tried against: next to it may stand a wall that looks like a page.
constexpr int most_tries = 2;

/// Packs several bodies, each of which may stand on those before it.
class Packer {
 public:
  Packer(Connection& db, BodyCache& cache) : db_(db), cache_(cache) {}

  Result<PackedBody> pack(const NewBody& body) {
    PackedBody out{core::sha256_hex(body.bytes), body.bytes.size(), {}, {}};
    const auto known = db_.value<Id>("SELECT id FROM body WHERE sha256 = ?", out.sha256);
    if (!known) return tl::unexpected(known.error());
    if (*known || packed_.contains(out.sha256)) return out;
    BaseOffer made{out.sha256, out.size, 0, 0, body.time};
    if (body.target != 0) {
      auto offers = offers_for(body);
      if (!offers) return tl::unexpected(std::move(offers.error()));
      for (int tries = 0; tries < most_tries && out.base.empty(); ++tries) {
        const auto base = best_base(*offers, body.bytes.size(), body.time);
        if (!base) break;
        if (auto done = stand_on(*base, body, out); !done) return tl::unexpected(std::move(done.error()));
        if (!out.base.empty()) {
          made.chain = base->chain + 1;
          made.chain_bytes = base->chain_bytes + base->size;
        }
        std::erase_if(*offers, [&](const BaseOffer& offer) { return offer.sha256 == base->sha256; });
      }
    }
    if (out.frame.empty()) {
      auto frame = compress(body.bytes);
      if (!frame) return tl::unexpected(std::move(frame.error()));
      out.frame = std::move(*frame);
    }
    cache_.keep(out.sha256, std::make_shared<const std::string>(body.bytes));
    packed_.emplace(out.sha256, body.bytes);
    made_[body.target].push_back(std::move(made));
    return out;
  }

 private:
  Result<std::vector<BaseOffer>> offers_for(const NewBody& body) {
    auto offers = neighbours(db_, body.target, body.time);
    if (!offers) return offers;
    const auto& made = made_[body.target];
    offers->insert(offers->end(), made.begin(), made.end());
    if (offers->empty() || best_base(*offers, body.bytes.size(), body.time)) return offers;
    return roots(db_, *offers);
  }

  /// Gives `out` the frame that refers to `base`, if that pays. A base that cannot be read is none.
  Result<void> stand_on(const BaseOffer& base, const NewBody& body, PackedBody& out) {
    Bytes read;
    std::string_view prefix;
    if (const auto packed = packed_.find(base.sha256); packed != packed_.end()) {
      prefix = packed->second;
    } else {
      const auto id = db_.value<Id>("SELECT id FROM body WHERE sha256 = ?", base.sha256);
      if (!id) return tl::unexpected(id.error());
      auto bytes = read_body(db_, cache_, id->value_or(0));
      if (!bytes && bytes.error().code != Errc::store_corrupt) return tl::unexpected(std::move(bytes.error()));
      if (!bytes) return {};
      read = std::move(*bytes);
      prefix = *read;
    }
    auto frame = compress(body.bytes, prefix);
    if (!frame) return tl::unexpected(std::move(frame.error()));
    if (!plainly_pays(frame->size(), out.size)) {
      auto alone = out.frame.empty() ? compress(body.bytes) : Result<std::string>(std::move(out.frame));
      if (!alone) return tl::unexpected(std::move(alone.error()));
      const bool worth = pays(frame->size(), alone->size());
      out.frame = std::move(*alone);
      if (!worth) return {};
    }
    out.frame = std::move(*frame);
    out.base = base.sha256;
    return {};
  }

  Connection& db_;
  BodyCache& cache_;
  std::map<std::string, std::string_view> packed_;  ///< bytes, by SHA-256
  std::map<Id, std::vector<BaseOffer>> made_;       ///< by target
};

}  // namespace

Result<std::vector<PackedBody>> Store::pack(std::span<const NewBody> bodies) {
  Packer packer(impl_->db, impl_->bodies);
  std::vector<PackedBody> out;
  for (const NewBody& body : bodies) {
    auto packed = packer.pack(body);
    if (!packed) return tl::unexpected(std::move(packed.error()));
    out.push_back(std::move(*packed));
  }
  return out;
}

Result<Id> Store::put_body(const PackedBody& body) {
  const auto known = impl_->db.value<Id>("SELECT id FROM body WHERE sha256 = ?", body.sha256);
  if (!known) return tl::unexpected(known.error());
  if (*known) return **known;
  if (body.frame.empty()) return core::fail(Errc::bad_argument, "body " + body.sha256 + ": was not packed");
  if (body.base.empty()) {
    return returned_id(impl_->db.value<Id>("INSERT INTO body (sha256, size, zstd) VALUES (?, ?, ?) RETURNING id",
                                           body.sha256, body.size, Blob{body.frame}),
                       impl_->db);
  }
  return returned_id(
      impl_->db.value<Id>("INSERT INTO body (sha256, size, zstd, base, chain, chain_bytes)"
                          " SELECT ?, ?, ?, id, chain + 1, chain_bytes + size FROM body WHERE sha256 = ? RETURNING id",
                          body.sha256, body.size, Blob{body.frame}, body.base),
      impl_->db);
}

Result<Id> Store::put_body(const NewBody& body) {
  auto packed = pack(std::span(&body, 1));
  if (!packed) return tl::unexpected(std::move(packed.error()));
  return put_body(packed->front());
}

Result<Id> Store::put_body(std::string_view bytes) {
  return put_body(NewBody{bytes});
}

Result<std::string> Store::body(Id id) {
  // Its rows must be of one moment: a body may be stored anew while it is read.
  auto scope = Transaction::begin(impl_->db, Transaction::Intent::read);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  auto bytes = read_body(impl_->db, impl_->bodies, id);
  if (!bytes) return tl::unexpected(std::move(bytes.error()));
  return std::string(**bytes);
}

}  // namespace waydiff::storage
