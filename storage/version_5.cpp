#include "storage/schema.hpp"

namespace waydiff::storage {

// Bodies that stand on others. Those of earlier versions stay as they are: frames that stand alone.
const std::string_view version_5_sql = R"sql(
ALTER TABLE body ADD COLUMN base INTEGER REFERENCES body;           -- whose bytes its frame refers to; NULL: stands alone
ALTER TABLE body ADD COLUMN chain INTEGER NOT NULL DEFAULT 0;       -- how many are to be decoded before it
ALTER TABLE body ADD COLUMN chain_bytes INTEGER NOT NULL DEFAULT 0; -- and their bytes
CREATE INDEX body_on ON body (base) WHERE base IS NOT NULL;

-- A new body looks for its neighbours in time; most captures have no body.
CREATE INDEX capture_with_body ON capture (target, captured_at) WHERE body IS NOT NULL;
)sql";

}  // namespace waydiff::storage
