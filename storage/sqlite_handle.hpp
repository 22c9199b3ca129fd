#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/timestamp.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace waydiff::storage {

/// What an SQLite result code means to callers. `system_error` is the errno behind an I/O error, or 0.
[[nodiscard]] core::Errc translate(int result_code, int system_error) noexcept;

/// Bytes bound as a BLOB. Not copied: they must live until the statement has run.
struct Blob {
  std::string_view bytes;
};

struct CloseDb {
  void operator()(sqlite3* db) const noexcept;
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const noexcept;
};
using Db = std::unique_ptr<sqlite3, CloseDb>;
using PreparedStatement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// A prepared statement in use; reset when it goes out of scope. Owned by its Connection's cache, so the same SQL
/// must not be in use twice at a time. Failures of bind() and read() are kept and come out of the next step().
///
/// Times are bound and read as ISO text ("2020-01-31T23:59:59Z"), which sorts by time; empty optionals as NULL.
class Statement {
 public:
  Statement(sqlite3_stmt* statement, std::string place) : statement_(statement), place_(std::move(place)) {}
  Statement(Statement&& other) noexcept
      : statement_(std::exchange(other.statement_, nullptr)),
        place_(std::move(other.place_)),
        problem_(std::move(other.problem_)) {}
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// Binds all parameters, in order.
  template <class... Values>
  void bind(const Values&... values) {
    int parameter = 0;
    (bind_one(++parameter, values), ...);
  }

  /// True when there is a row to read.
  [[nodiscard]] core::Result<bool> step();

  /// Reads the row's first columns, in order.
  template <class... Values>
  void read(Values&... values) {
    int column = 0;
    (read_one(column++, values), ...);
  }

  /// The bytes of a BLOB column, valid until the next step.
  [[nodiscard]] std::string_view blob(int column) const;

  /// Notes that a stored value is not what the column should hold.
  void reject(std::string_view what, std::string_view value);

 private:
  template <class T>
  void bind_one(int parameter, const T& value) {
    if constexpr (std::same_as<T, Blob>) {
      bind_blob(parameter, value.bytes);
    } else if constexpr (std::is_integral_v<T>) {
      bind_integer(parameter, static_cast<std::int64_t>(value));
    } else if constexpr (std::is_floating_point_v<T>) {
      bind_real(parameter, value);
    } else if constexpr (std::convertible_to<T, std::string_view>) {
      bind_text(parameter, value);
    } else if constexpr (std::same_as<T, core::Timestamp>) {
      bind_text(parameter, value.iso());
    } else if constexpr (std::same_as<T, std::chrono::sys_seconds>) {
      bind_text(parameter, core::Timestamp(value).iso());
    } else if (value) {  // an optional
      bind_one(parameter, *value);
    } else {
      bind_null(parameter);
    }
  }

  template <class T>
  void read_one(int column, T& value) {
    if constexpr (std::same_as<T, bool>) {
      value = integer(column) != 0;
    } else if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(integer(column));
    } else if constexpr (std::is_floating_point_v<T>) {
      value = real(column);
    } else if constexpr (std::same_as<T, std::string>) {
      value = text(column);
    } else if constexpr (std::same_as<T, core::Timestamp>) {
      value = timestamp(column);
    } else if constexpr (std::same_as<T, std::chrono::sys_seconds>) {
      value = timestamp(column).time();
    } else if (is_null(column)) {  // an optional
      value.reset();
    } else {
      read_one(column, value.emplace());
    }
  }

  void bind_null(int parameter);
  void bind_integer(int parameter, std::int64_t value);
  void bind_real(int parameter, double value);
  void bind_text(int parameter, std::string_view value);
  void bind_blob(int parameter, std::string_view value);
  void note(int result_code);

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] core::Timestamp timestamp(int column);

  sqlite3_stmt* statement_;
  std::string place_;  ///< the database file, for messages
  std::optional<core::Error> problem_;
};

enum class Access {
  create,      ///< read and write; made if missing
  read_write,  ///< the same, but must exist
  read_only,   ///< must exist
  immutable,   ///< must exist and nobody may write: read without any lock or shared memory file beside it
};

/// One connection to one database file, with its prepared statements. One thread at a time.
class Connection {
 public:
  [[nodiscard]] static core::Result<Connection> open(const std::filesystem::path& file, Access access);

  /// Statements are prepared once for each text and kept.
  [[nodiscard]] core::Result<Statement> prepare(std::string_view sql);

  /// Runs several statements without parameters or rows.
  [[nodiscard]] core::Result<void> script(const std::string& sql);

  /// Runs one statement to its end, rows ignored.
  template <class... Values>
  [[nodiscard]] core::Result<void> run(std::string_view sql, const Values&... values) {
    auto done = rows(
        sql, [](Statement&) { return 0; }, values...);
    if (!done) return tl::unexpected(std::move(done.error()));
    return {};
  }

  /// The first column of the first row; empty without a row.
  template <class T, class... Values>
  [[nodiscard]] core::Result<std::optional<T>> value(std::string_view sql, const Values&... values) {
    auto found = rows(
        sql,
        [](Statement& row) {
          T first{};
          row.read(first);
          return first;
        },
        values...);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (found->empty()) return std::optional<T>{};
    return std::optional<T>(std::move(found->front()));
  }

  /// What `read` makes of every row. Always steps to the end: with RETURNING, a failure to commit shows only there.
  template <class Read, class... Values>
  [[nodiscard]] auto rows(std::string_view sql, Read read, const Values&... values)
      -> core::Result<std::vector<std::invoke_result_t<Read&, Statement&>>> {
    auto statement = prepare(sql);
    if (!statement) return tl::unexpected(std::move(statement.error()));
    statement->bind(values...);
    std::vector<std::invoke_result_t<Read&, Statement&>> all;
    for (;;) {
      const auto row = statement->step();
      if (!row) return tl::unexpected(row.error());
      if (!*row) return all;
      all.push_back(read(*statement));
    }
  }

  /// Rows that the latest INSERT, UPDATE or DELETE touched.
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  friend class Transaction;
  Connection(Db db, std::string file) : file_(std::move(file)), db_(std::move(db)) {}

  std::string file_;
  Db db_;
  std::map<std::string, PreparedStatement, std::less<>> statements_;  // after db_: finalized before it closes
  int scopes_ = 0;                                                    ///< Transactions under way
};

/// A scope that is undone unless committed. One inside another is a savepoint: undone alone, but kept only when the
/// outermost one commits.
class Transaction {
 public:
  enum class Intent { read, write };
  [[nodiscard]] static core::Result<Transaction> begin(Connection& connection, Intent intent = Intent::write);
  Transaction(Transaction&& other) noexcept
      : connection_(std::exchange(other.connection_, nullptr)), nested_(other.nested_) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  [[nodiscard]] core::Result<void> commit();

 private:
  Transaction(Connection& connection, bool nested) : connection_(&connection), nested_(nested) {}
  Connection* connection_;
  bool nested_;
};

}  // namespace waydiff::storage
