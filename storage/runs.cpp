#include "storage/store_impl.hpp"

namespace waydiff::storage {

core::Result<Id> Store::begin_run(const RunRow& run) {
  return returned_id(impl_->db.value<Id>("INSERT INTO run (started_at, command, receipt) VALUES (?, ?, ?) RETURNING id",
                                         run.started, run.command, run.receipt),
                     impl_->db);
}

core::Result<void> Store::end_run(const RunRow& run) {
  auto done = impl_->db.run("UPDATE run SET finished_at = ?, exit_status = ?, receipt = ? WHERE id = ?", run.finished,
                            run.exit_status, run.receipt, run.id);
  if (!done) return done;
  return one_updated(impl_->db, "run", run.id);
}

core::Result<std::vector<RunRow>> Store::runs() {
  return impl_->db.rows(
      "SELECT id, started_at, finished_at, command, exit_status, receipt FROM run ORDER BY started_at DESC, id DESC",
      [](Statement& row) {
        RunRow run;
        std::optional<std::chrono::sys_seconds> finished;
        std::optional<int> exit_status;
        row.read(run.id, run.started, finished, run.command, exit_status, run.receipt);
        run.finished = finished.value_or(std::chrono::sys_seconds{});
        run.exit_status = exit_status.value_or(0);
        return run;
      });
}

}  // namespace waydiff::storage
