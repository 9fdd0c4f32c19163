// What was handed to an engine, in a file beside the parts: whoever comes later can follow it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

struct JobFile {
  std::string engine, plan_sha256;
  /// Of all its jobs, and of no others: a job whose number is not here, as its client died when it
  /// had just been handed in, is known by it. Empty in files of schema 1.
  std::string name = {};
  std::size_t parts = 0;                // of the plan
  std::size_t at_once = 1;              // tasks
  std::size_t rounds = 0;               // how often something was handed in
  std::vector<std::string> jobs = {};   // of the last round
  std::vector<std::string> words = {};  // of the user, for the engine
};

std::string render_job_file(const JobFile& file);
/// The inverse; `name` is the file, for messages. Throws Error (invalid_data) with the path of what
/// is missing, unknown or of the wrong type; a job is a number, so that it is never an option.
JobFile job_file_from_json(std::string_view text, const std::string& name);

}  // namespace harness
