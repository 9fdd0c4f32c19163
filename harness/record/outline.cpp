#include "record/outline.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <vector>

#include "base/json.h"
#include "model/verdict.h"
#include "record/field.h"

namespace harness {
namespace {

struct TextOfRoot {
  std::string_view key;
  std::string RunRecord::* member;
  int since = 1;  // the first schema that has it
};
constexpr std::array kTextsOfRoot = {TextOfRoot{"\"scenario\"", &RunRecord::scenario},
                                     TextOfRoot{"\"started_at\"", &RunRecord::started_at},
                                     TextOfRoot{"\"compared\"", &RunRecord::compared, 8}};

/// Takes what is wanted as it comes by. Whether all of it came once is known at the end.
class OutlineReader : public JsonVisitor {
 public:
  void enter(char bracket) override {
    const std::size_t depth = levels_.size();
    if (depth == 1 && bracket == '[') {
      finding_lists_ += key_ == kFindingsKey ? 1 : 0;
      boot_lists_ += key_ == kBootsKey ? 1 : 0;
    } else if (is_item_of(kFindingsKey, depth)) {
      open_item(record_.findings, statuses_, bracket);
    } else if (is_item_of(kBootsKey, depth)) {
      open_item(record_.boots, walls_, bracket);
    }
    levels_.push_back(key_);
    key_ = {};
  }
  void leave() override {
    levels_.pop_back();
    key_ = {};
  }
  void key(std::string_view raw) override {
    key_ = raw;
    // "scen\u0061rio" is the same key, and nobody writes it so.
    broken_ |= levels_.size() <= kDeepest && raw.find('\\') != raw.npos;
  }
  void scalar(std::string_view raw) override {
    const std::size_t first = raw.front() == '-' ? 1 : 0;
    broken_ |= raw[first] == 'N' || raw[first] == 'I';  // which JSON does not have
    switch (levels_.size()) {
      case 1:
        return take_of_root(raw);
      case 2:
        // A member of the verdict; or an item of a list where an object belongs.
        if (levels_[1] == "\"verdict\"") return take_of_verdict(raw);
        broken_ |= is_item_of(kFindingsKey, 2) || is_item_of(kBootsKey, 2);
        return;
      case 3:
        if (is_within(kFindingsKey) && key_ == "\"status\"") take_status(raw);
        return;
      case 4:
        if (is_within(kBootsKey) && levels_[3] == "\"trace\"" && key_ == "\"wall_ns\"") {
          take_wall(raw);
        }
        return;
      default:
        return;
    }
  }

  [[nodiscard]] std::optional<RunRecord> take() && {
    const bool known = record_.schema >= 1 && record_.schema <= kRecordSchema;
    const bool once =
        schemas_ == 1 && kinds_ == 1 && reasons_ == 1 && finding_lists_ == 1 && boot_lists_ == 1;
    const bool each = statuses_ == record_.findings.size() && walls_ == record_.boots.size();
    if (broken_ || !known || !once || !each || record_.boots.empty()) return std::nullopt;
    for (std::size_t i = 0; i < kTextsOfRoot.size(); ++i) {
      const std::size_t wanted = kTextsOfRoot[i].since <= record_.schema ? 1 : 0;
      if (texts_[i] != wanted) return std::nullopt;
    }
    record_.schema = kRecordSchema;
    return std::move(record_);
  }

 private:
  static constexpr std::size_t kDeepest = 4;  // of what is wanted: boots, [], trace, wall_ns
  static constexpr std::string_view kFindingsKey = "\"findings\"", kBootsKey = "\"boots\"";

  [[nodiscard]] bool is_item_of(std::string_view list, std::size_t depth) const {
    return depth == 2 && levels_[1] == list;
  }
  /// In an item of the list, which has no key, or deeper.
  [[nodiscard]] bool is_within(std::string_view list) const {
    return levels_[1] == list && levels_[2].empty();
  }
  /// Of the items so far each must have had its value.
  template <class Item>
  void open_item(std::vector<Item>& items, std::size_t values, char bracket) {
    broken_ |= bracket != '{' || !key_.empty() || values != items.size();
    items.emplace_back();
  }

  void take_of_root(std::string_view raw) {
    if (key_ == "\"schema\"") {
      ++schemas_;
      broken_ |= !take_number(raw, record_.schema);
      return;
    }
    for (std::size_t i = 0; i < kTextsOfRoot.size(); ++i) {
      if (key_ != kTextsOfRoot[i].key) continue;
      ++texts_[i];
      take_text(raw, record_.*kTextsOfRoot[i].member);
    }
  }
  void take_of_verdict(std::string_view raw) {
    if (key_ == "\"reason\"") {
      ++reasons_;
      return take_text(raw, record_.verdict.reason);
    }
    if (key_ != "\"kind\"") return;
    ++kinds_;
    std::string name;
    take_text(raw, name);
    const auto kind = verdict_of(name);
    broken_ |= !kind;
    record_.verdict.kind = kind.value_or(VerdictKind::invalid_data);
  }
  void take_status(std::string_view raw) {
    std::string name;
    take_text(raw, name);
    const auto& names = EnumNames<FindingStatus>::all;
    const auto at = std::ranges::find(names, name);
    broken_ |= at == std::end(names) || ++statuses_ != record_.findings.size();
    if (broken_) return;
    record_.findings.back().status = static_cast<FindingStatus>(at - std::begin(names));
  }
  void take_wall(std::string_view raw) {
    std::int64_t nanoseconds = 0;
    broken_ |=
        !take_number(raw, nanoseconds) || nanoseconds < 0 || ++walls_ != record_.boots.size();
    if (!broken_) record_.boots.back().trace.wall = std::chrono::nanoseconds(nanoseconds);
  }

  void take_text(std::string_view raw, std::string& text) {
    broken_ |= raw.front() != '"';
    text = json_text(raw);
  }
  template <class Number>
  static bool take_number(std::string_view raw, Number& number) {
    const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
    return error == std::errc{} && end == raw.data() + raw.size();
  }

  RunRecord record_;
  std::vector<std::string_view> levels_;  // the keys of what is open; none where it is an item
  std::string_view key_;
  bool broken_ = false;
  // How many came of each.
  std::size_t schemas_ = 0, kinds_ = 0, reasons_ = 0, finding_lists_ = 0, boot_lists_ = 0;
  std::size_t statuses_ = 0, walls_ = 0;
  std::array<std::size_t, kTextsOfRoot.size()> texts_{};
};

}  // namespace

std::optional<RunRecord> outline_of_record(std::string_view json) {
  OutlineReader reader;
  if (!read_json(json, reader).empty()) return std::nullopt;
  return std::move(reader).take();
}

}  // namespace harness
