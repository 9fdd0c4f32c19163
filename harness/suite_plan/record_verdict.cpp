#include "suite_plan/record_verdict.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "model/verdict.h"

namespace harness {
namespace {

/// Ends the reading behind `"verdict": {...}` of the outermost object.
class VerdictFinder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  [[nodiscard]] std::optional<Verdict> found() const {
    const auto kind = done_ ? verdict_of(kind_) : std::nullopt;
    return kind ? std::optional(Verdict{*kind, reason_}) : std::nullopt;
  }

  bool key(string_t& name) override {
    if (depth_ == 1) inside_ = name == "verdict";
    key_ = name;
    return true;
  }
  bool string(string_t& value) override {
    if (inside_ && depth_ == 2 && key_ == "kind") kind_ = value;
    if (inside_ && depth_ == 2 && key_ == "reason") reason_ = value;
    return true;
  }
  bool start_object(std::size_t) override {
    ++depth_;
    return true;
  }
  bool end_object() override {
    --depth_;
    done_ = inside_ && depth_ == 1;
    return !done_;
  }
  bool start_array(std::size_t) override { return start_object(0); }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  std::size_t depth_ = 0;
  std::string key_, kind_, reason_;
  bool inside_ = false, done_ = false;
};

}  // namespace

std::optional<Verdict> verdict_in_record(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  VerdictFinder finder;
  nlohmann::json::sax_parse(in, &finder);
  return finder.found();
}

}  // namespace harness
