// What was found out about accelerators, kept between runs: probing takes seconds.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "doctor/diagnosis.h"

namespace harness::doctor {

/// What an answer is good for: this QEMU binary (path, size, time) on this kernel, with this access
/// to /dev/kvm. Another key, another probe.
std::string accel_key(const std::string& arch);

/// nullopt where the file is not there, is damaged, or has no answer for the key: then one probes.
std::optional<ChosenAccel> cached_accel(const std::filesystem::path& file, const std::string& key);

/// Adds an answer; the oldest go where there are more than 16. Throws Error where the file cannot
/// be written.
void cache_accel(const std::filesystem::path& file, const std::string& key,
                 const ChosenAccel& chosen);

}  // namespace harness::doctor
