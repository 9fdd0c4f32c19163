#include "machine/module_files.h"

#include <fcntl.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "machine/option_value.h"

namespace harness {
namespace {

bool has_blank(const std::string& text) { return text.find(' ') != text.npos; }

}  // namespace

bool has_module_list(const Job& job) {
  return job.multiboot || job.modules.size() > 1 ||
         (job.modules.size() == 1 && !job.modules.front().words.empty());
}

std::vector<const BootModule*> modules_by_descriptor(const Job& job) {
  std::vector<const BootModule*> found;
  if (!has_module_list(job)) return found;
  for (const BootModule& module : job.modules) {
    if (has_blank(module.file.string())) found.push_back(&module);
  }
  return found;
}

std::filesystem::path described_path(const BootModule& module) {
  return has_blank(module.file.filename().string()) ? module.file : module.file.parent_path();
}

std::vector<FileDescriptor> open_module_files(const Job& job) {
  std::vector<FileDescriptor> files;
  for (const BootModule* module : modules_by_descriptor(job)) {
    const std::string path = described_path(*module).string();
    FileDescriptor file(open(path.c_str(), O_PATH | O_CLOEXEC));
    if (file.get() < 0) throw Error(path + " cannot be opened: " + std::strerror(errno));
    files.push_back(std::move(file));
  }
  return files;
}

std::string initrd_value(const Job& job, int first_descriptor) {
  if (!has_module_list(job)) return job.modules.front().file.string();
  std::string list;
  int next = first_descriptor;
  for (const BootModule& module : job.modules) {
    std::string name = module.file.string();
    if (first_descriptor >= 0 && has_blank(name)) {
      const bool whole = described_path(module) == module.file;
      name = "/proc/self/fd/" + std::to_string(next++) +
             (whole ? "" : "/" + module.file.filename().string());
    }
    if (!list.empty()) list += ',';
    list += option_value(name);
    if (!module.words.empty()) list += " " + option_value(module.words);
  }
  return list;
}

}  // namespace harness
