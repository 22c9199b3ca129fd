#include "soak/stage.hpp"

#include <fstream>

namespace waydiff::soak {

Stage::Stage(std::uint64_t seed, std::filesystem::path folder) : folder_(std::move(folder)), scene_(make_scene(seed)) {
  for (const test::FakeCapture& capture : scene_.captures) archive_.add(capture);
  for (const std::string& url : scene_.excluded) archive_.exclude(url, test::Exclusion::page_403);
  archive_.key_style(scene_.key_style);
  archive_.page_rows(scene_.page_rows);
}

std::filesystem::path Stage::prepare(const std::string& name, Rates rates) const {
  std::filesystem::path folder = folder_ / name;
  std::filesystem::create_directories(folder);
  std::ofstream file(folder / "waydiff.toml");
  file << "db = \"policies.db\"\n[archive.fake]\nprofile = \"wayback\"\nindex = \"" << archive_.index()
       << "\"\nplayback = \"" << archive_.playback() << "\"\nindex_per_minute = " << rates.index_per_minute
       << "\nplayback_per_minute = " << rates.playback_per_minute << "\nconnections = " << connections
       << "\nattempts = 3\npause_seconds = 1\npatience_seconds = 3\nstall_seconds = 1\n";
  for (const Followed& followed : scene_.followed) {
    file << "[[target]]\nurl = \"" << followed.url << "\"\nevery = \"" << followed.every << "\"\n";
  }
  return folder;
}

std::vector<std::string> Stage::searched() const {
  std::vector<std::string> urls;
  for (const Followed& one : scene_.followed) {
    if (one.every == "changes") urls.push_back(one.url);
  }
  return urls;
}

std::filesystem::path store_in(const std::filesystem::path& folder) {
  return folder / "policies.db";
}

int finish(Child& child) {
  return child.wait_until(std::chrono::steady_clock::now() + longest_run).value_or(for_ever);
}

std::string shown(int status) {
  if (status == for_ever) return "no end";
  return status < 0 ? "signal " + std::to_string(-status) : "status " + std::to_string(status);
}

std::string complaint(const std::filesystem::path& folder, const std::string& store) {
  std::vector<std::string> arguments = {"verify"};
  if (!store.empty()) arguments.insert(arguments.end(), {"--db", store});
  Child child(folder, "verify", arguments);
  const int status = finish(child);
  // A kill may come before there is a store in the file.
  if (status == 2 && child.err().find("no store yet") != std::string::npos) return {};
  return status == 0 ? std::string() : shown(status) + ": " + child.err();
}

std::string complaint_on_full_disk(int status, const std::string& said) {
  if (status == for_ever) return "on a full disk, it runs for ever";
  if (status == 5 && said.find("full") == std::string::npos && said.find("space") == std::string::npos) {
    return "on a full disk, it does not say so: " + said;
  }
  if (status != 0 && status != 3 && status != 4 && status != 5) {
    return "on a full disk, it ends with " + shown(status) + ": " + said;
  }
  return {};
}

}  // namespace waydiff::soak
