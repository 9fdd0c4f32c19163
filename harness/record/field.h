// How a member of a struct has a key in record.json (fields.h), and the names of the values of
// enumerations there.
#pragma once

#include <span>
#include <string_view>
#include <tuple>

#include "model/record.h"

namespace harness {

template <class Owner, class Member>
struct RecordField {
  std::string_view key;
  Member Owner::* member;
  std::string_view help;
  int since = 1;          // the first schema that has it; older files lack it
  bool embedded = false;  // strings that hold JSON, written as the values they are
  /// The member of this struct, which may be const.
  template <class Struct>
  [[nodiscard]] constexpr auto& of(Struct& owner) const {
    return owner.*member;
  }
};
template <class Owner, class Member>
constexpr RecordField<Owner, Member> field(std::string_view key, Member Owner::* member,
                                           std::string_view help, int since = 1) {
  return {key, member, help, since};
}
template <class Owner, class Member>
constexpr RecordField<Owner, Member> embedded(std::string_view key, Member Owner::* member,
                                              std::string_view help) {
  return {key, member, help, 1, true};
}

/// A member of a member: its key stands among those of the outermost struct.
template <class Owner, class Part, class Member>
struct NestedField {
  std::string_view key;
  Part Owner::* part;
  Member Part::* member;
  std::string_view help;
  int since = 1;
  static constexpr bool embedded = false;
  template <class Struct>
  [[nodiscard]] constexpr auto& of(Struct& owner) const {
    return owner.*part.*member;
  }
};
template <class Owner, class Part, class Member>
constexpr NestedField<Owner, Part, Member> field(std::string_view key, Part Owner::* part,
                                                 Member Part::* member, std::string_view help,
                                                 int since = 1) {
  return {key, part, member, help, since};
}

template <class Owner>
struct Fields;  // one specialisation a struct, with `title` and the tuple `all`
template <class T>
concept HasFields = requires { Fields<T>::all; };

/// Names of the values of an enumeration, counted from 0.
template <class Enum>
struct EnumNames;
template <>
struct EnumNames<wire::Status> {
  static constexpr auto& all = wire::kStatusNames;
};
template <>
struct EnumNames<wire::BootPath> {
  static constexpr auto& all = wire::kBootPathNames;
};
template <>
struct EnumNames<StopReason> {
  static constexpr auto& all = kStopReasonNames;
};
template <>
struct EnumNames<ClockKind> {
  static constexpr const char* all[] = {clock_name(ClockKind::counted),
                                        clock_name(ClockKind::host)};
};
template <>
struct EnumNames<CodeLine::Kind> {
  static constexpr auto& all = kCodeKindNames;
};
template <>
struct EnumNames<FindingStatus> {
  static constexpr const char* all[] = {"pass", "fail", "invalid"};
};

template <>
struct EnumNames<ExitMeaning> {
  static constexpr auto& all = kExitMeaningNames;
};

template <>
struct EnumNames<SampleRule> {
  static constexpr auto& all = kSampleRuleNames;
};

template <>
struct EnumNames<BetterWhen> {
  static constexpr auto& all = kBetterWhenNames;
};

}  // namespace harness
