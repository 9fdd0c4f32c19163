#include "scenario/matrix.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"
#include "model/param.h"

namespace harness {
namespace {

constexpr std::string_view kHint = "a matrix is a map of lists: {model: [pc, q35]}";

/// One value of an axis: what it sets, and how it is called. Several entries where the axis is a
/// section.
struct Point {
  std::vector<std::pair<const FieldSection*, Node>> entries;
  std::string label;
};

std::vector<std::string_view> axis_names() {
  std::vector<std::string_view> names = matrix_sections();
  for (const Axis& axis : matrix_axes()) names.push_back(axis.field->spec.name);
  return names;
}

std::string shown(std::string_view text) { return printable(text.substr(0, 80)); }

/// Reads `matrix:` into axes of points.
class MatrixReader {
 public:
  MatrixReader(const Node& root, Faults& faults) : root_(root), faults_(faults) {}

  std::vector<std::vector<Point>> read(const Node& matrix) {
    if (matrix.kind != Node::Kind::map || matrix.items.empty()) {
      faults_.add(matrix.at, fmt::format("matrix holds {}, must hold keys", kind_text(matrix.kind)),
                  std::string(kHint));
      return {};
    }
    std::vector<std::vector<Point>> axes;
    axes.reserve(matrix.items.size());
    for (const Node& axis : matrix.items) axes.push_back(read_axis(axis));
    return axes;
  }

 private:
  std::vector<Point> read_axis(const Node& axis) {
    if (axis.kind != Node::Kind::list || axis.items.empty()) {
      faults_.add(
          axis.at,
          fmt::format("'{}' in matrix holds {}, must hold a list", shown(axis.key),
                      axis.kind == Node::Kind::list ? "an empty list" : kind_text(axis.kind)),
          fmt::format("write the values to try: {}: [first, second]", shown(axis.key)));
      return {};
    }
    std::vector<Point> points;
    for (const Node& value : axis.items) {
      std::optional<Point> point = read_point(axis, value);
      if (!point) continue;
      if (std::ranges::find(points, point->label, &Point::label) != points.end()) {
        faults_.add(value.at, fmt::format("'{}' is in the matrix twice", shown(point->label)),
                    "two instances would have one name: keep one of them");
      }
      points.push_back(std::move(*point));
    }
    return points;
  }

  std::optional<Point> read_point(const Node& axis, const Node& value) {
    const auto& sections = matrix_sections();
    if (std::ranges::find(sections, axis.key) != sections.end()) return section_point(axis, value);
    const Axis* known = find(axis.key, "");
    if (!known) {
      unknown(axis.key_at, axis.key, axis_names(), "matrix");
      return std::nullopt;
    }
    Point point;
    Node entry = value;
    entry.key = axis.key;
    entry.key_at = axis.key_at;
    return add(point, *known, std::move(entry), axis) ? std::optional(point) : std::nullopt;
  }

  /// Values that belong together: image: [{target: a, kernel: a.elf}, {target: b, kernel: b.elf}].
  std::optional<Point> section_point(const Node& axis, const Node& value) {
    if (value.kind != Node::Kind::map || value.items.empty()) {
      faults_.add(
          value.at,
          fmt::format("'{}' in matrix lists {}, must list maps", axis.key, kind_text(value.kind)),
          fmt::format("each is a part of the section '{}': {{key: value, ...}}", axis.key));
      return std::nullopt;
    }
    Point point;
    for (const Node& entry : value.items) {
      const Axis* known = find(entry.key, axis.key);
      if (!known) {
        unknown(entry.key_at, entry.key, fields_of(axis.key), fmt::format("matrix.{}", axis.key));
        return std::nullopt;
      }
      if (!add(point, *known, entry, axis)) return std::nullopt;
    }
    return point;
  }

  bool add(Point& point, const Axis& known, Node entry, const Node& axis) {
    if (entry.kind != Node::Kind::scalar) {
      faults_.add(entry.at,
                  fmt::format("'{}' in matrix lists {}, must list single values", entry.key,
                              kind_text(entry.kind)),
                  std::string(kHint));
      return false;
    }
    if (!claim(known, entry, axis)) return false;
    point.label +=
        fmt::format("{}{}={}", point.label.empty() ? "" : ",", entry.key, shown(entry.text));
    point.entries.emplace_back(known.section, std::move(entry));
    return true;
  }

  /// Whether nothing else sets this field: neither the scenario itself nor another axis.
  bool claim(const Axis& known, const Node& entry, const Node& axis) {
    const auto [owner, is_new] = owners_.try_emplace(known.field, &axis);
    std::optional<int> line;
    if (owner->second != &axis) line = owner->second->key_at.line;
    const std::vector<Node>* fields = &root_.items;
    if (!known.section->name.empty()) {
      const auto section = std::ranges::find(root_.items, known.section->name, &Node::key);
      fields = section == root_.items.end() ? nullptr : &section->items;
    }
    if (fields != nullptr) {
      const auto given = std::ranges::find(*fields, entry.key, &Node::key);
      if (given != fields->end()) line = given->key_at.line;
    }
    if (!line) return true;
    faults_.add(entry.key_at,
                fmt::format("'{}' is set by the matrix and in line {}", entry.key, *line),
                "keep one of the two");
    return false;
  }

  static const Axis* find(std::string_view key, std::string_view section) {
    const auto at = std::ranges::find_if(matrix_axes(), [&](const Axis& axis) {
      return axis.field->spec.name == key && (section.empty() || axis.section->name == section);
    });
    return at == matrix_axes().end() ? nullptr : &*at;
  }
  static std::vector<std::string_view> fields_of(std::string_view section) {
    std::vector<std::string_view> names;
    for (const Axis& axis : matrix_axes()) {
      if (axis.section->name == section) names.push_back(axis.field->spec.name);
    }
    return names;
  }
  void unknown(const Place& at, std::string_view key, const std::vector<std::string_view>& known,
               std::string_view where) {
    const std::string near = nearest(key, known);
    faults_.add(at,
                fmt::format("'{}' cannot be varied in {}{}", shown(key), where,
                            near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near)),
                fmt::format("{} takes: {}", where, fmt::join(known, ", ")));
  }

  const Node& root_;
  Faults& faults_;
  std::map<const Field*, const Node*> owners_;
};

Node& section_of(Node& root, const FieldSection& section, const Node& entry) {
  if (section.name.empty()) return root;
  const auto at = std::ranges::find(root.items, section.name, &Node::key);
  if (at != root.items.end()) return *at;
  Node made{.kind = Node::Kind::map, .at = entry.key_at};
  made.key = section.name;
  made.key_at = entry.key_at;
  root.items.push_back(std::move(made));
  return root.items.back();
}

Combination combine(const Node& base, const std::vector<std::vector<Point>>& axes,
                    std::size_t number) {
  std::vector<const Point*> chosen(axes.size());
  for (std::size_t i = axes.size(); i-- > 0; number /= axes[i].size()) {
    chosen[i] = &axes[i][number % axes[i].size()];
  }
  Combination made{base, {}};
  for (const Point* point : chosen) {
    made.label += (made.label.empty() ? "" : ",") + point->label;
    for (const auto& [section, entry] : point->entries) {
      Node& into = section_of(made.root, *section, entry);
      // A section of the wrong form is reported when it is read.
      if (into.kind == Node::Kind::map) into.items.push_back(entry);
    }
  }
  return made;
}

/// Characters that no shell acts on and every file system takes.
constexpr bool is_safe(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
         c == '_' || c == '-' || c == '=' || c == ',';
}

}  // namespace

const std::vector<Axis>& matrix_axes() {
  static const std::vector<Axis> kAxes = [] {
    std::vector<Axis> axes;
    for (const FieldSection& section : scenario_sections()) {
      for (const Field& field : section.fields) {
        const std::string_view name = field.spec.name;
        const bool single =
            field.spec.type == ParamType::text || field.spec.type == ParamType::choice ||
            field.spec.type == ParamType::count || field.spec.type == ParamType::flag ||
            field.spec.type == ParamType::one_or_more;
        const bool varies = (single && (section.name == "machine" || section.name == "image")) ||
                            (section.name.empty() && name == "clock");
        if (varies) axes.push_back({&section, &field});
      }
    }
    return axes;
  }();
  return kAxes;
}

const std::vector<std::string_view>& matrix_sections() {
  static const std::vector<std::string_view> kNames = {"image", "machine"};
  return kNames;
}

std::vector<Combination> expand_matrix(Node root, Faults& faults) {
  const auto matrix = std::ranges::find(root.items, "matrix", &Node::key);
  std::vector<Combination> all;
  if (matrix == root.items.end()) {
    all.push_back({std::move(root), {}});
    return all;
  }
  const Node given = std::move(*matrix);
  root.items.erase(matrix);
  const std::vector<std::vector<Point>> axes = MatrixReader(root, faults).read(given);
  std::size_t count = 1;
  for (const std::vector<Point>& points : axes) {
    count *= points.size();
    if (count <= kMaxInstances) continue;
    faults.add(given.key_at, fmt::format("the matrix makes more than {} instances", kMaxInstances),
               "split it into several scenarios");
    break;
  }
  if (!faults.empty()) return {};
  for (std::size_t i = 0; i < count; ++i) all.push_back(combine(root, axes, i));
  return all;
}

std::string instance_name(std::string_view scenario, std::string_view label) {
  return label.empty() ? std::string(scenario) : fmt::format("{}[{}]", scenario, label);
}

namespace {

/// Files that a suite has beside the folders of its instances.
constexpr std::string_view kSuiteFiles[] = {
    "index.html",  "junit.xml",   "summary.json", "summary.md",  "plan.json",  "part.json",
    "result.json", ".suite.lock", ".cluster",     "record.json", "status.json"};

/// One part of a path, and a folder of its own, whatever the name: that of a scenario is safe, but
/// a plan may name anything.
std::string one_folder(std::string_view name) {
  std::string folder;
  for (const char c : name) folder += is_safe(c) ? c : '_';
  const bool is_taken = std::ranges::find(kSuiteFiles, folder) != std::end(kSuiteFiles);
  const bool is_none = folder.find_first_not_of('.') == folder.npos;  // "", ".", ".."
  return is_taken || is_none ? folder + "_" : folder;
}

}  // namespace

std::string folder_name(std::string_view instance) {
  constexpr std::size_t kMaxLength = 120;
  const std::size_t bracket = instance.find('[');
  std::string name = one_folder(instance.substr(0, bracket));
  if (bracket == std::string_view::npos) return name;
  std::string_view label = instance.substr(bracket + 1);
  label.remove_suffix(label.ends_with(']') ? 1 : 0);
  name += '-';
  for (const char c : label) name += is_safe(c) ? c : '_';
  if (std::ranges::all_of(label, is_safe) && name.size() <= kMaxLength) return name;
  std::uint32_t hash = 2166136261u;  // FNV-1a
  for (const char c : instance) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return fmt::format("{}-{:08x}", name.substr(0, kMaxLength), hash);
}

}  // namespace harness
