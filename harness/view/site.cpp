#include "view/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "page/markup.h"
#include "profile/saved.h"
#include "record/store.h"
#include "report/report.h"
#include "view/pages.h"
#include "view/runs.h"

namespace harness::view {
namespace {

namespace fs = std::filesystem;

struct FileKind {
  std::string_view begin, end;  // of the name; between them, digits, letters and "-"
  std::string_view type;
  std::string_view policy;
};

// A page brings its own policy. A flame graph runs scripts of its own: in a sandbox it has no
// origin, and so reaches nothing here.
constexpr std::string_view kOwnPolicy = "frame-ancestors 'none'";
constexpr std::string_view kSandbox =
    "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src "
    "'unsafe-inline'";
constexpr std::string_view kNothing = "default-src 'none'";
constexpr std::string_view kText = "text/plain; charset=utf-8";

// To serve another file of a report folder: one row.
constexpr std::array kFiles = {
    FileKind{"report.html", "", "text/html; charset=utf-8", kOwnPolicy},
    FileKind{"report.md", "", kText, kNothing},
    FileKind{"record.json", "", "application/json", kNothing},
    FileKind{"benchmark.json", "", "application/json", kNothing},
    FileKind{"junit.xml", "", kText, kNothing},
    FileKind{"serial", ".log", kText, kNothing},
    FileKind{"vga", ".png", "image/png", kNothing},
    FileKind{"profile", ".svg", "image/svg+xml", kSandbox},
    FileKind{"profile", ".folded", kText, kNothing},
    FileKind{"profile", ".json", "application/json", kNothing},
};

bool is_of(const FileKind& kind, std::string_view name) {
  if (kind.end.empty()) return name == kind.begin;
  if (name.size() < kind.begin.size() + kind.end.size()) return false;
  if (!name.starts_with(kind.begin) || !name.ends_with(kind.end)) return false;
  name.remove_prefix(kind.begin.size());
  name.remove_suffix(kind.end.size());
  return std::ranges::all_of(
      name, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-'; });
}

const FileKind* kind_of(std::string_view name) {
  const auto* const kind =
      std::ranges::find_if(kFiles, [&](const FileKind& one) { return is_of(one, name); });
  return kind == kFiles.end() ? nullptr : kind;
}

Response refusal(unsigned status, std::string why) {
  Response response;
  response.status = status;
  response.body = std::move(why) + "\n";
  return response;
}

bool is_there(const fs::path& file) {
  std::error_code error;
  return fs::symlink_status(file, error).type() == fs::file_type::regular;
}

/// The report with its profile linked to the flame graph, where the folder has both; nullopt else.
std::optional<std::string> report_with_flame_graph(const fs::path& folder) {
  if (!is_there(folder / "profile.svg") || !is_there(folder / "record.json")) return std::nullopt;
  try {
    const RunRecord record = load_record(folder);
    const auto section = profile::saved_section(folder, record.fingerprint.image_sha256, true);
    if (!section) return std::nullopt;
    return render_html(record, {.sections = {*section}});
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

bool Site::is_ours(std::string_view host) const {
  return host == fmt::format("127.0.0.1:{}", port_) || host == fmt::format("localhost:{}", port_);
}

Response Site::answer(const Request& request) const {
  if (!is_ours(request.host)) {
    return refusal(421, "this server is 127.0.0.1 and localhost, and nothing else");
  }
  if (request.method != "GET" && request.method != "HEAD") return refusal(405, "only GET");
  std::string_view target = request.target;
  target = target.substr(0, target.find('?'));
  if (target == "/") return index();
  if (target == "/live") return live();
  constexpr std::string_view kRun = "/run/";
  if (target.starts_with(kRun)) {
    target.remove_prefix(kRun.size());
    const std::size_t slash = target.find('/');
    if (slash != target.npos) return file(target.substr(0, slash), target.substr(slash + 1));
  }
  return refusal(404, "there is no such page");
}

Response Site::index() const {
  Response response;
  response.type = "text/html; charset=utf-8";
  response.body = index_page(root_, runs_in(root_), records_);
  response.policy = kOwnPolicy;
  return response;
}

Response Site::live() const {
  Response response;
  response.type = "application/json";
  response.body = live_json(runs_in(root_));
  return response;
}

Response Site::file(std::string_view id, std::string_view name) const {
  const FileKind* kind = kind_of(name);
  if (kind == nullptr) return refusal(404, "there is no such file in a report folder");
  const std::vector<RunFolder> runs = runs_in(root_);
  const auto run = std::ranges::find(runs, id, &RunFolder::id);
  if (run == runs.end()) return refusal(404, "there is no such run");
  const fs::path path = run->folder / name;
  if (!is_there(path)) return refusal(404, "this run has no such file");
  Response response;
  response.type = kind->type;
  response.policy = kind->policy;
  if (name == "report.html") {
    if (auto page = report_with_flame_graph(run->folder)) {
      response.body = std::move(*page);
      return response;
    }
  }
  try {
    response.body = read_file(path);
  } catch (const Error& error) {
    return refusal(500, error.what());
  }
  return response;
}

}  // namespace harness::view
