#include "record/outline.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <vector>

#include "base/json.h"
#include "model/verdict.h"
#include "record/required_keys.h"

namespace harness {
namespace {

constexpr auto kRecordKeys = [] {
  constexpr auto kFields = required_keys<RunRecord>();
  std::array<RequiredKey, kFields.size() + 2> keys;
  const auto derived = std::ranges::copy(kFields, keys.begin()).out;
  derived[0] = {kSummaries, "["};
  derived[1] = {kBootsMade, "0", kBootsMadeSince};
  return keys;
}();
constexpr auto kVerdictKeys = required_keys<Verdict>();
constexpr auto kFindingKeys = required_keys<Finding>();
constexpr auto kBootKeys = required_keys<BootRecord>();

/// Takes what is wanted as it comes by. Whether all of it came once is known at the end.
class OutlineReader : public JsonVisitor {
 public:
  void enter(char bracket) override {
    const std::size_t depth = levels_.size();
    see_value({&bracket, 1});
    if (is_item_of(kFindingsKey, depth)) {
      open_item(record_.findings, statuses_, bracket);
      finding_keys_ = KeyCount(kFindingKeys);
    } else if (is_item_of(kBootsKey, depth)) {
      open_item(record_.boots, walls_, bracket);
      boot_keys_ = KeyCount(kBootKeys);
    }
    levels_.push_back(key_);
    key_ = {};
  }
  void leave() override {
    if (levels_.size() == 3) {
      broken_ |= is_within(kFindingsKey) && !finding_keys_.complete(record_.schema);
      broken_ |= is_within(kBootsKey) && !boot_keys_.complete(record_.schema);
    }
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
    see_value(raw);
    switch (levels_.size()) {
      case 1:
        return take_of_root(raw);
      case 2:
        // A member of the verdict; or an item of a list where an object belongs.
        if (levels_[1] == kVerdictKey) return take_of_verdict(raw);
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
    const bool whole =
        root_keys_.complete(record_.schema) && verdict_keys_.complete(record_.schema);
    const bool each = statuses_ == record_.findings.size() && walls_ == record_.boots.size();
    if (broken_ || !whole || !each || record_.boots.empty()) return std::nullopt;
    if (boots_made_ && *boots_made_ != record_.boots.size()) return std::nullopt;
    record_.schema = kRecordSchema;
    return std::move(record_);
  }

 private:
  static constexpr std::size_t kDeepest = 4;  // of what is wanted: boots, [], trace, wall_ns
  static constexpr std::string_view kFindingsKey = "\"findings\"", kBootsKey = "\"boots\"",
                                    kVerdictKey = "\"verdict\"";

  [[nodiscard]] bool is_item_of(std::string_view list, std::size_t depth) const {
    return depth == 2 && levels_[1] == list;
  }
  /// In an item of the list, which has no key, or deeper.
  [[nodiscard]] bool is_within(std::string_view list) const {
    return levels_[1] == list && levels_[2].empty();
  }
  /// What a key has. The objects that it is looked at in have the keys that the full reader asks
  /// for, and no others.
  void see_value(std::string_view raw) {
    switch (levels_.size()) {
      case 1:
        broken_ |= !root_keys_.see(key_, raw);
        return;
      case 2:
        broken_ |= levels_[1] == kVerdictKey && !verdict_keys_.see(key_, raw);
        return;
      case 3:
        broken_ |= is_within(kFindingsKey) && !finding_keys_.see(key_, raw);
        broken_ |= is_within(kBootsKey) && !boot_keys_.see(key_, raw);
        return;
      default:
        return;
    }
  }
  /// Of the items so far each must have had its value.
  template <class Item>
  void open_item(std::vector<Item>& items, std::size_t values, char bracket) {
    // What an item must have is a matter of the schema, which is written first.
    broken_ |= bracket != '{' || !key_.empty() || values != items.size() || !schema_known_;
    items.emplace_back();
  }

  void take_of_root(std::string_view raw) {
    if (key_ == "\"schema\"") {
      schema_known_ = take_number(raw, record_.schema) && record_.schema >= 1 &&
                      record_.schema <= kRecordSchema;
      broken_ |= !schema_known_;
    }
    if (key_ == "\"boots_made\"") broken_ |= !take_number(raw, boots_made_.emplace());
    if (key_ == "\"scenario\"") take_text(raw, record_.scenario);
    if (key_ == "\"started_at\"") take_text(raw, record_.started_at);
    if (key_ == "\"compared\"") take_text(raw, record_.compared);
    if (key_ == "\"compared_why\"") take_text(raw, record_.compared_why);
  }
  void take_of_verdict(std::string_view raw) {
    if (key_ == "\"reason\"") return take_text(raw, record_.verdict.reason);
    if (key_ != "\"kind\"") return;
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
  bool schema_known_ = false;
  std::size_t statuses_ = 0, walls_ = 0;  // how many came
  std::optional<std::uint64_t> boots_made_;
  KeyCount<kRecordKeys.size()> root_keys_{kRecordKeys};
  KeyCount<kVerdictKeys.size()> verdict_keys_{kVerdictKeys};
  KeyCount<kFindingKeys.size()> finding_keys_{kFindingKeys};
  KeyCount<kBootKeys.size()> boot_keys_{kBootKeys};
};

}  // namespace

std::optional<RunRecord> outline_of_record(std::string_view json) {
  OutlineReader reader;
  if (!read_json(json, reader).empty()) return std::nullopt;
  return std::move(reader).take();
}

}  // namespace harness
