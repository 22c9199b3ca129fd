#include "storage/sqlite_handle.hpp"

#include <sqlite3.h>

#include <cerrno>

namespace waydiff::storage {
namespace {

// Long enough for a checkpoint or a look with the sqlite3 shell, short enough to be told at once that the store is
// busy.
constexpr int busy_milliseconds = 2000;

// SQLite does not note the system's error when a commit to the WAL fails; then it still stands in errno, which is to be
// cleared before the call.
core::Error error_of(sqlite3* db, int result_code, const std::string& file) {
  const int last_error = errno;
  const int noted = db ? sqlite3_system_errno(db) : 0;
  const core::Errc code = translate(result_code, noted != 0 ? noted : last_error);
  std::string detail = file + ": " + (db ? sqlite3_errmsg(db) : sqlite3_errstr(result_code));
  if (code == core::Errc::store_full && (result_code & 0xff) == SQLITE_IOERR) detail += ": no space left on the disk";
  return {code, std::move(detail)};
}

// A path as an SQLite address: the only way to ask for `immutable`.
std::string immutable_address(const std::string& file) {
  std::string address = "file:";
  for (const char c : file) {
    if (c == '%') {
      address += "%25";
    } else if (c == '?') {
      address += "%3f";
    } else if (c == '#') {
      address += "%23";
    } else {
      address += c;
    }
  }
  return address + "?immutable=1";
}

}  // namespace

core::Errc translate(int result_code, int system_error) noexcept {
  using core::Errc;
  if (result_code == SQLITE_IOERR_CORRUPTFS) return Errc::store_corrupt;
  // The index beside a WAL could not grow; SQLite does not note the reason, and loses it while it gives up.
  if (result_code == SQLITE_IOERR_SHMSIZE) return Errc::store_full;
  switch (result_code & 0xff) {  // the low byte is the family of an extended code
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return Errc::store_busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:  // our SQL is fixed: a missing table or column means a damaged schema
    case SQLITE_SCHEMA:
      return Errc::store_corrupt;
    case SQLITE_FULL:
      return Errc::store_full;
    case SQLITE_IOERR:
      // Quotas and file size limits are full disks too.
      return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG ? Errc::store_full : Errc::io;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
      return Errc::bad_argument;
    case SQLITE_TOOBIG:
      return Errc::too_large;
    case SQLITE_INTERRUPT:
      return Errc::interrupted;
    default:  // CANTOPEN, READONLY, PERM, AUTH, NOMEM, …
      return Errc::io;
  }
}

void CloseDb::operator()(sqlite3* db) const noexcept {
  sqlite3_close_v2(db);
}
void FinalizeStatement::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

Statement::~Statement() {
  if (!statement_) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

core::Result<bool> Statement::step() {
  if (problem_) return tl::unexpected(*problem_);
  errno = 0;
  switch (const int code = sqlite3_step(statement_)) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      return tl::unexpected(error_of(sqlite3_db_handle(statement_), code, place_));
  }
}

void Statement::reject(std::string_view what, std::string_view value) {
  if (problem_) return;
  problem_ = {core::Errc::store_corrupt,
              place_ + ": bad " + std::string(what) + " \"" + std::string(value.substr(0, 100)) + '"'};
}

void Statement::note(int result_code) {
  if (result_code == SQLITE_OK || problem_) return;
  problem_ = error_of(sqlite3_db_handle(statement_), result_code, place_);
}

void Statement::bind_null(int parameter) {
  note(sqlite3_bind_null(statement_, parameter));
}
void Statement::bind_integer(int parameter, std::int64_t value) {
  note(sqlite3_bind_int64(statement_, parameter, value));
}
void Statement::bind_real(int parameter, double value) {
  note(sqlite3_bind_double(statement_, parameter, value));
}
void Statement::bind_text(int parameter, std::string_view value) {
  // A null pointer would bind NULL; empty text is not NULL.
  note(sqlite3_bind_text64(statement_, parameter, value.data() ? value.data() : "", value.size(), SQLITE_TRANSIENT,
                           SQLITE_UTF8));
}
void Statement::bind_blob(int parameter, std::string_view value) {
  note(sqlite3_bind_blob64(statement_, parameter, value.data() ? value.data() : "", value.size(), SQLITE_STATIC));
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}
double Statement::real(int column) const {
  return sqlite3_column_double(statement_, column);
}

std::string Statement::text(int column) const {
  const auto* first = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return first ? std::string(first, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))) : std::string();
}

std::string_view Statement::blob(int column) const {
  const auto* first = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return first ? std::string_view(first, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
               : std::string_view();
}

core::Timestamp Statement::timestamp(int column) {
  const std::string stored = text(column);
  const auto parsed = core::Timestamp::parse_iso(stored);
  if (!parsed) {
    reject("time", stored);
    return {};
  }
  return *parsed;
}

core::Result<Connection> Connection::open(const std::filesystem::path& file, Access access) {
  const std::string name = file.string();
  int flags = SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
  const bool writes = access == Access::create || access == Access::read_write;
  flags |= writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (access == Access::create) flags |= SQLITE_OPEN_CREATE;
  if (access == Access::immutable) flags |= SQLITE_OPEN_URI;

  sqlite3* raw = nullptr;
  errno = 0;
  const int code = sqlite3_open_v2(access == Access::immutable ? immutable_address(name).c_str() : name.c_str(), &raw,
                                   flags, nullptr);
  Db db(raw);  // SQLite hands out a connection even when opening it failed
  if (code != SQLITE_OK) return tl::unexpected(error_of(db.get(), code, name));
  sqlite3_busy_timeout(db.get(), busy_milliseconds);
  return Connection(std::move(db), name);
}

core::Result<Statement> Connection::prepare(std::string_view sql) {
  // After some failures SQLite undoes the whole transaction by itself. What follows in its scope must not slip in
  // alone.
  if (scopes_ > 0 && !in_transaction()) {
    return core::fail(core::Errc::io, file_ + ": the transaction was undone after an earlier failure");
  }
  auto known = statements_.find(sql);
  if (known == statements_.end()) {
    sqlite3_stmt* raw = nullptr;
    errno = 0;
    const int code = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &raw, nullptr);
    PreparedStatement prepared(raw);
    if (code != SQLITE_OK) return tl::unexpected(error_of(db_.get(), code, file_));
    known = statements_.emplace(sql, std::move(prepared)).first;
  }
  return Statement(known->second.get(), file_);
}

core::Result<void> Connection::script(const std::string& sql) {
  errno = 0;
  const int code = sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(error_of(db_.get(), code, file_));
  return {};
}

std::int64_t Connection::changes() const {
  return sqlite3_changes64(db_.get());
}
bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(db_.get()) == 0;
}

core::Result<Transaction> Transaction::begin(Connection& connection, Intent intent) {
  const bool nested = connection.scopes_ > 0;
  const char* sql = nested ? "SAVEPOINT inner_scope" : intent == Intent::write ? "BEGIN IMMEDIATE" : "BEGIN";
  if (auto done = connection.run(sql); !done) return tl::unexpected(std::move(done.error()));
  ++connection.scopes_;
  return Transaction(connection, nested);
}

core::Result<void> Transaction::commit() {
  if (auto done = connection_->run(nested_ ? "RELEASE inner_scope" : "COMMIT"); !done) return done;  // ~ undoes
  --connection_->scopes_;
  connection_ = nullptr;
  return {};
}

Transaction::~Transaction() {
  if (!connection_) return;
  --connection_->scopes_;
  // Nothing can be done about a failure here, and nothing need be: SQLite undoes what is left when it closes or when
  // the file is opened next.
  if (connection_->in_transaction()) {
    static_cast<void>(connection_->script(nested_ ? "ROLLBACK TO inner_scope; RELEASE inner_scope" : "ROLLBACK"));
  }
}

}  // namespace waydiff::storage
