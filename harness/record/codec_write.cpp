// The writer of record.json: walks the lists of record/fields.h, with one rule for each type, and
// writes text as it goes: a tree of values in between takes ten times as long.
//
// An object or array that holds no other stands on one line, every other has a line for each of its
// members: to be read and compared by people, and by diff.
#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <tuple>
#include <type_traits>

#include "base/text.h"
#include "model/verdict.h"
#include "record/codec.h"
#include "record/fields.h"
#include "record/json_shape.h"
#include "record/marks.h"
#include "record/summary.h"
#include "stream/crc.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

/// Text of any bytes as UTF-8. Line ends stay: JSON escapes them itself.
std::string safe_text(std::string_view text) {
  std::string safe;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    safe += printable(text.substr(at, end - at));
    if (end < text.size()) safe += '\n';
    at = end + 1;
  }
  return safe;
}

/// JSON on one line that does nothing to a terminal: strings of a guest's [JSON] line may hold any
/// character, and are written with \uXXXX where one of them is not for showing.
std::string one_line(const Json& value) {
  std::string text = value.dump();
  if (plain_prefix(text) == text.size() || printable(text) == text) return text;
  return value.dump(-1, ' ', true);
}

std::vector<Json> parsed(const std::vector<std::string>& texts) {
  std::vector<Json> values;
  for (const std::string& text : texts) {
    Json value = Json::parse(text, nullptr, false);
    values.push_back(value.is_discarded() ? Json(safe_text(text)) : std::move(value));
  }
  return values;
}

class Writer {
 public:
  [[nodiscard]] std::string take(const RunRecord& record) && {
    Group root = begin('{', true, 0);
    const auto write_one = [&](const auto& field) {
      if (field.key != kBoots) write_member(field, record, root);
    };
    std::apply([&](const auto&... fields) { (write_one(fields), ...); }, Fields<RunRecord>::all);
    key(kSummaries, root);
    write(summarize(record), 1);
    key(kBootsMade, root);
    number(record.boots.size());
    key(kBoots, root);
    write_boots(record.boots);
    end('}', root);
    return std::move(out_) + "\n";
  }

 private:
  /// An object or array that is being written.
  struct Group {
    bool nests;  // a line for each member
    std::size_t indent;
    bool empty = true;
  };
  Group begin(char bracket, bool nests, std::size_t indent) {
    out_ += bracket;
    return {nests, indent};
  }
  void next(Group& group) {
    if (!group.empty) out_ += ',';
    group.empty = false;
    if (!group.nests) return;
    out_ += '\n';
    out_.append(group.indent + 1, ' ');
  }
  [[gnu::noinline]] void key(std::string_view name, Group& group) {
    next(group);
    out_ += '"';
    out_ += name;
    out_ += group.nests ? "\": " : "\":";
  }
  void end(char bracket, const Group& group) {
    if (group.nests) {
      out_ += '\n';
      out_.append(group.indent, ' ');
    }
    out_ += bracket;
  }

  /// Whether a value is written as an object or array.
  template <class T>
  static bool is_structured(const T& value) {
    if constexpr (is_optional<T>) {
      return value && is_structured(*value);
    } else {
      return is_vector<T> || HasFields<T>;
    }
  }
  template <class T>
  static bool nests(const T& value) {
    if constexpr (std::is_same_v<T, std::vector<SerialMark>>) {
      return true;
    } else if constexpr (std::is_same_v<T, std::vector<Line>>) {
      return std::ranges::any_of(value, &Line::protocol);
    } else if constexpr (is_vector<T>) {
      return std::ranges::any_of(value, [](const auto& item) { return is_structured(item); });
    } else {
      return std::apply(
          [&](const auto&... fields) { return (is_structured(fields.of(value)) || ...); },
          Fields<T>::all);
    }
  }

  void number(auto value) {
    char digits[24];
    out_.append(digits, std::to_chars(digits, std::end(digits), value).ptr);
  }
  /// Of text that is fit to be shown.
  void text(std::string_view shown) {
    const bool plain = std::ranges::none_of(shown, [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
    });
    if (!plain) {
      out_ += Json(shown).dump();
      return;
    }
    out_ += '"';
    out_ += shown;
    out_ += '"';
  }

  /// Not inlined where each of the members is written: there are 200 of them, of 40 types.
  template <class T>
  [[gnu::noinline]] void write(const T& value, std::size_t indent) {
    if constexpr (std::is_same_v<T, std::vector<SerialMark>>) {
      write_marks(thinned(value), indent);
    } else if constexpr (std::is_same_v<T, std::vector<Line>>) {
      write_timeline(timeline_ != nullptr ? *timeline_ : value, indent);
    } else if constexpr (std::is_same_v<T, VerdictKind>) {
      text(verdict_name(value));
    } else if constexpr (std::is_enum_v<T>) {
      text(EnumNames<T>::all[static_cast<std::size_t>(value)]);
    } else if constexpr (std::is_same_v<T, bool>) {
      out_ += value ? "true" : "false";
    } else if constexpr (std::is_same_v<T, std::uint32_t>) {
      text(hex8(value));
    } else if constexpr (std::is_same_v<T, double>) {
      out_ += Json(value).dump();
    } else if constexpr (std::is_arithmetic_v<T>) {
      number(value);
    } else if constexpr (std::is_same_v<T, std::string>) {
      text(safe_text(value));
    } else if constexpr (is_duration<T>) {
      number(value.count());
    } else if constexpr (is_optional<T>) {
      if (value) {
        write(*value, indent);
      } else {
        out_ += "null";
      }
    } else if constexpr (is_vector<T>) {
      Group array = begin('[', nests(value), indent);
      for (const auto& item : value) {
        next(array);
        write(item, indent + 1);
      }
      end(']', array);
    } else {
      Group object = begin('{', nests(value), indent);
      std::apply([&](const auto&... fields) { (write_member(fields, value, object), ...); },
                 Fields<T>::all);
      end('}', object);
    }
  }

  template <class Field, class Owner>
  void write_member(const Field& field, const Owner& owner, Group& object) {
    const auto& member = field.of(owner);
    key(field.key, object);
    if constexpr (std::is_same_v<decltype(member), const std::vector<std::string>&>) {
      if (field.embedded) {
        write_json(parsed(member), object.indent + 1);
        return;
      }
    }
    write(member, object.indent + 1);
  }

  void write_boots(const std::vector<BootRecord>& boots) {
    Group array = begin('[', !boots.empty(), 1);
    for (const BootRecord& boot : boots) {
      next(array);
      // Times that cannot be computed from the marks that are kept would change on reading.
      std::vector<Line> timed;
      const bool coarser = boot.trace.marks.size() > kMaxMarks;
      if (coarser) {
        timed = timed_by(boot.events.lines, thinned(boot.trace.marks), boot.trace.serial.size());
      }
      timeline_ = coarser ? &timed : nullptr;
      write(boot, 2);
      timeline_ = nullptr;
    }
    end(']', array);
  }

  void write_marks(const std::vector<SerialMark>& marks, std::size_t indent) {
    Group object = begin('{', true, indent);
    const auto write_differences = [&](const char* name, auto of) {
      key(name, object);
      Group array = begin('[', false, indent + 1);
      auto last = of(SerialMark());
      for (const SerialMark& mark : marks) {
        next(array);
        number(of(mark) - last);
        last = of(mark);
      }
      end(']', array);
    };
    write_differences(kMarkSizes, [](const SerialMark& mark) { return mark.size; });
    write_differences(kMarkTimes, [](const SerialMark& mark) { return mark.at.count(); });
    end('}', object);
  }

  void write_timeline(const std::vector<Line>& lines, std::size_t indent) {
    const std::size_t kept = std::min(lines.size(), kMaxTimelineLines);
    const auto shown = std::span(lines).first(kept);
    Group array = begin('[', std::ranges::any_of(shown, &Line::protocol), indent);
    for (std::size_t i = 0; i < kept; ++i) {
      if (!lines[i].protocol) continue;
      next(array);
      Group line = begin('{', false, indent + 1);
      key(kTimelineLine, line);
      number(i + 1);
      key(kTimelineBegin, line);
      number(lines[i].begin);
      key(kTimelineEnd, line);
      number(lines[i].end);
      key(kTimelineAt, line);
      number(lines[i].at.count());
      end('}', line);
    }
    end(']', array);
  }

  /// Values that a guest has made up itself.
  void write_json(const Json& value, std::size_t indent) {
    const bool deeper =
        std::ranges::any_of(value, [](const Json& item) { return item.is_structured(); });
    if (!deeper) {
      out_ += one_line(value);
      return;
    }
    const bool is_object = value.is_object();
    Group group = begin(is_object ? '{' : '[', true, indent);
    for (const auto& [name, item] : value.items()) {
      next(group);
      if (is_object) out_ += one_line(Json(name)) + ": ";
      write_json(item, indent + 1);
    }
    end(is_object ? '}' : ']', group);
  }

  std::string out_;
  const std::vector<Line>* timeline_ = nullptr;  // in place of that of the boot being written
};

}  // namespace

std::string record_to_json(const RunRecord& record) { return Writer().take(record); }

}  // namespace harness
