#include "session/suite_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "base/files.h"
#include "base/parallel.h"
#include "base/text.h"
#include "suite_plan/merge.h"

namespace harness {

namespace fs = std::filesystem;

namespace {

OpenFile open_lock(const fs::path& root) {
  open_folder(root);
  const fs::path file = root / kSuiteLockFile;
  OpenFile opened(::open(file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (opened.get() < 0) cannot("open", file, errno);
  return opened;
}

/// "process 12 on node3"; empty where the file does not say it.
std::string holder_of(const fs::path& root) {
  return std::string(trimmed(printable(beginning_of(root / kSuiteLockFile, 200))));
}

std::string this_process() {
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  return "process " + std::to_string(::getpid()) + " on " + host;
}

/// nullopt where there is none, or it is not whole.
std::optional<SuiteResultFile> whole_result(const fs::path& folder) {
  try {
    return load_result(folder);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

SuiteFolder::SuiteFolder(const fs::path& root, Use use) : lock_(open_lock(root)) {
  const int kind = use == Use::alone ? LOCK_EX : LOCK_SH;
  while (::flock(lock_.get(), kind | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return;  // a file system that knows no locks
    const std::string holder = holder_of(root);
    throw Error(
        "another suite is running in " + root.string() + (holder.empty() ? "" : ": " + holder),
        "wait for it, or name another folder: --out FOLDER");
  }
  // Only for the message above: the lock is what counts.
  const std::string text = use == Use::alone ? this_process() : "";
  if (::ftruncate(lock_.get(), 0) == 0) {
    [[maybe_unused]] const ssize_t told = ::pwrite(lock_.get(), text.data(), text.size(), 0);
  }
}

void keep_plan(const fs::path& root, const PlanFile& file, const PlanPart& part) {
  // Between the two, a part.json would be of another plan, and that is noticed.
  write_atomically(root / kPlanFile, file.text);
  if (part.positions.size() != file.plan.instances.size()) {
    write_atomically(root / kPartFile, render_part(file, part));
    return;
  }
  std::error_code error;
  fs::remove(root / kPartFile, error);
  if (error) cannot("remove", root / kPartFile, error.value());
}

PlanPart kept_part(const fs::path& root, const PlanFile& file) {
  const fs::path part = root / kPartFile;
  std::error_code error;
  if (!fs::exists(part, error)) return whole_plan(file.plan);
  return part_from_json(read_file(part), part.string(), file);
}

void remove_results(const std::vector<Instance>& instances) {
  for (const Instance& instance : instances) {
    std::error_code error;
    fs::remove(instance.folder / kResultFile, error);
    if (error && error != std::errc::not_a_directory) {
      cannot("remove", instance.folder / kResultFile, error.value());
    }
  }
}

std::vector<std::optional<InstanceResult>> complete_results(
    const PlanFile& file, const PlanPart& part, const std::vector<Instance>& instances) {
  std::vector<std::optional<InstanceResult>> all(instances.size());
  parallel_for(instances.size(), [&](std::size_t i) {
    const PlannedInstance& planned = file.plan.instances[part.positions[i]];
    const std::optional<SuiteResultFile> result = whole_result(instances[i].folder);
    if (!result || result->name != planned.name || !result->says_something_of_the_guest()) return;
    if (!result_refusal(file, planned, *result).empty()) return;
    all[i] = settled_result(planned, *result, instances[i].folder);
  });
  return all;
}

}  // namespace harness
