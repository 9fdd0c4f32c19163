// `matrix:` of a scenario: one file, an instance of it for every combination of values. The
// combinations are made of the file's tree, before any field is read, so that a value of the matrix
// is read, checked and complained of, with its own place, by the code that reads all others.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/faults.h"
#include "scenario/fields.h"
#include "scenario/node.h"

namespace harness {

inline constexpr std::size_t kMaxInstances = 1000;

/// A field that a matrix may vary.
struct Axis {
  const FieldSection* section;
  const Field* field;
};
/// All of them. A section is an axis, too, where some of its fields are: its values are maps.
const std::vector<Axis>& matrix_axes();
/// Names of the sections whose fields vary, without the top level.
const std::vector<std::string_view>& matrix_sections();

struct Combination {
  Node root;          // the scenario without `matrix:`, with the values of this combination
  std::string label;  // "model=q35,memory=64M"; empty where the scenario has no matrix
};

/// Every combination, in the order of the file, the last axis varying fastest. `faults` is empty
/// before; where it is not empty afterwards, the result is empty. Pure.
std::vector<Combination> expand_matrix(Node root, Faults& faults);

/// "boot[model=q35,memory=64M]".
std::string instance_name(std::string_view scenario, std::string_view label);

/// The folder for the reports of an instance: "boot-model=q35,memory=64M". A scenario's own name
/// stays as it is. Where characters had to be replaced, or the name is long, a number made from the
/// whole name keeps unlike names apart.
std::string folder_name(std::string_view instance);

}  // namespace harness
