#include "storage/store.hpp"

#include <system_error>

#include "storage/schema.hpp"
#include "storage/store_impl.hpp"

namespace waydiff::storage {

core::Result<Store> Store::open(const std::filesystem::path& file, Mode mode) {
  // The lock belongs to the file, not to one of its names.
  std::error_code trouble;
  std::filesystem::path path = std::filesystem::weakly_canonical(std::filesystem::absolute(file, trouble), trouble);
  if (trouble) path = file;
  if (file.empty()) return core::fail(core::Errc::bad_argument, "the store has no file name");
  if (std::filesystem::is_directory(path, trouble)) {
    return core::fail(core::Errc::io, path.string() + ": a folder, not a store");
  }

  if (mode == Mode::read) {
    if (!std::filesystem::exists(path, trouble)) {
      if (trouble) return core::fail(core::Errc::io, path.string() + ": " + trouble.message());
      return core::fail(core::Errc::not_found, path.string() + ": no such store");
    }
    auto connection = open_for_reading(path, migrations());
    if (!connection) return tl::unexpected(std::move(connection.error()));
    return Store(std::make_unique<Impl>(std::nullopt, std::move(*connection), mode));
  }

  auto lock = WriterLock::acquire(path);
  if (!lock) return tl::unexpected(std::move(lock.error()));
  auto connection = open_for_writing(path, migrations());
  if (!connection) return tl::unexpected(std::move(connection.error()));
  return Store(std::make_unique<Impl>(std::move(*lock), std::move(*connection), mode));
}

core::Result<Store> Store::beside() {
  // Each may have to wait for the other while a slow disk takes a checkpoint; no third one writes.
  const std::string patient = "PRAGMA busy_timeout = 60000";
  if (auto set = impl_->db.script(patient); !set) return tl::unexpected(std::move(set.error()));
  const std::filesystem::path path = impl_->db.file();
  auto connection =
      impl_->mode == Mode::write ? open_for_writing(path, migrations()) : open_for_reading(path, migrations());
  if (!connection) return tl::unexpected(std::move(connection.error()));
  if (auto set = connection->script(patient); !set) return tl::unexpected(std::move(set.error()));
  return Store(std::make_unique<Impl>(std::nullopt, std::move(*connection), impl_->mode));
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

core::Result<void> Store::transaction(const std::function<core::Result<void>()>& work) {
  // A reader's transaction gives it one unmoving view of a store that is being written.
  const auto intent = impl_->mode == Mode::write ? Transaction::Intent::write : Transaction::Intent::read;
  auto scope = Transaction::begin(impl_->db, intent);
  if (!scope) return tl::unexpected(std::move(scope.error()));
  if (auto done = work(); !done) return done;
  return scope->commit();
}

}  // namespace waydiff::storage
