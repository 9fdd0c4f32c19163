#include "scenario/matrix.h"

#include <gtest/gtest.h>

#include <set>

#include "model/param.h"
#include "scenario/load.h"
#include "scenario/messages.h"

namespace harness {
namespace {

using testing_scenario::complaint;
using testing_scenario::complaint_after;

std::vector<std::string> names_of(const std::vector<Scenario>& instances) {
  std::vector<std::string> names;
  for (const Scenario& one : instances) names.push_back(one.name);
  return names;
}
std::vector<Scenario> instances_of(const std::string& text) {
  return parse_scenarios(text, "s.yaml");
}

TEST(Matrix, EveryCombinationIsAnInstanceTheLastAxisFastest) {
  const auto all = instances_of(
      "name: boot\nimage: {disk: a.img}\nmatrix: {model: [pc, q35], memory: [16M, 64M]}\n");
  EXPECT_EQ(names_of(all),
            (std::vector<std::string>{"boot[model=pc,memory=16M]", "boot[model=pc,memory=64M]",
                                      "boot[model=q35,memory=16M]", "boot[model=q35,memory=64M]"}));
  EXPECT_EQ(all[1].machine.model, "pc");
  EXPECT_EQ(all[1].machine.memory, 64u << 20);
  EXPECT_EQ(all[2].machine.model, "q35");
  EXPECT_EQ(all[2].machine.memory, 16u << 20);
}
TEST(Matrix, WithoutOneAScenarioKeepsItsName) {
  EXPECT_EQ(names_of(instances_of("name: a\nimage: {disk: a.img}\n")),
            std::vector<std::string>{"a"});
}
TEST(Matrix, OtherFieldsAreThoseOfTheScenario) {
  for (const Scenario& one :
       instances_of("name: a\nimage: {disk: a.img}\nmachine: {smp: 3}\n"
                    "matrix: {memory: [16M, 64M]}\nchecks: [{clean: true}]\n")) {
    EXPECT_EQ(one.machine.smp, 3u);
    EXPECT_EQ(one.image.disk, "a.img");
    EXPECT_EQ(one.checks.size(), 1u);
  }
}
TEST(Matrix, DefaultsFollowTheValuesOfTheInstance) {
  const auto all = instances_of(
      "name: a\nimage: {disk: a.img}\nmatrix: {model: [pc, microvm], clock: [counted, host]}\n");
  ASSERT_EQ(all.size(), 4u);
  EXPECT_TRUE(all[0].machine.vga);
  EXPECT_FALSE(all[2].machine.vga);
  EXPECT_EQ(all[0].boots, 2u);
  EXPECT_EQ(all[1].boots, 6u);
}
TEST(Matrix, ValuesThatBelongTogetherAreMapsOfTheirSection) {
  const auto all = instances_of(
      "name: a\nmatrix:\n  image:\n    - {target: x, kernel: x.elf}\n    - {target: y, disk: "
      "y.img}\n"
      "  memory: [16M, 64M]\n");
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].name, "a[target=x,kernel=x.elf,memory=16M]");
  EXPECT_EQ(all[0].image.kernel, "x.elf");
  EXPECT_EQ(all[2].image.target, "y");
  EXPECT_EQ(all[2].image.disk, "y.img");
  EXPECT_EQ(all[2].image.at.line, 5);
}
TEST(Matrix, EveryAxisIsRead) {
  // A plausible value for every field that may vary: none is refused, and each changes the name.
  for (const Axis& axis : matrix_axes()) {
    const ParamSpec& spec = axis.field->spec;
    if (axis.section->name == "image" && spec.name != "firmware" && spec.name != "target") continue;
    const std::string value = !spec.choices.empty()           ? std::string(spec.choices.front())
                              : spec.type == ParamType::flag  ? "true"
                              : spec.type == ParamType::count ? std::to_string(spec.within.low)
                                                              : "x";
    const std::string name(spec.name);
    EXPECT_EQ(names_of(instances_of("name: a\nimage: {disk: a.img}\nmatrix: {" + name + ": [" +
                                    value + "]}\n")),
              std::vector<std::string>{"a[" + name + "=" + value + "]"});
  }
}

TEST(MatrixMistakes, AreToldWithTheirPlaceOnce) {
  const std::string text = "matrix:\n  model: [pc, q35]\n  memory: [16M, 3000T]\n";
  const std::string told = complaint_after(text);
  EXPECT_NE(told.find("s.yaml:5:17: memory: '3000T' is not accepted"), std::string::npos) << told;
  EXPECT_EQ(told.find("3000T"), told.rfind("3000T")) << told;
}
TEST(MatrixMistakes, MistakesOutsideOfItAreToldOnceToo) {
  const std::string told = complaint_after("machine: {smp: 0}\nmatrix: {model: [pc, q35]}\n");
  EXPECT_EQ(told.find("smp"), told.rfind("smp: 0")) << told;
}
TEST(MatrixMistakes, NameTheNearestAxis) {
  const std::string told = complaint_after("matrix: {modle: [pc]}\n");
  EXPECT_TRUE(
      told.starts_with("s.yaml:3:10: 'modle' cannot be varied in matrix (did you mean 'model'?)"))
      << told;
  EXPECT_NE(complaint_after("matrix: {machine: [{modle: pc}]}\n").find("s.yaml:3:21:"),
            std::string::npos);
  EXPECT_NE(complaint_after("matrx: {model: [pc]}\n").find("did you mean 'matrix'?"),
            std::string::npos);
}
TEST(MatrixMistakes, FormsThatAreNoMatrix) {
  const std::pair<const char*, const char*> mistakes[] = {
      {"matrix:\n", "matrix holds nothing"},
      {"matrix: [model]\n", "matrix holds a list"},
      {"matrix: {}\n", "must hold keys"},
      {"matrix: {model: pc}\n", "s.yaml:3:17: 'model' in matrix holds a single value"},
      {"matrix: {model: []}\n", "an empty list"},
      {"matrix: {model: [[pc]]}\n", "must list single values"},
      {"matrix: {machine: [pc]}\n", "must list maps"},
      {"matrix: {image: [{build: [make]}]}\n", "'build' cannot be varied"},
      {"matrix: {name: [a, b]}\n", "'name' cannot be varied"},
      {"matrix: {model: [pc, pc]}\n", "s.yaml:3:22: 'model=pc' is in the matrix twice"},
  };
  for (const auto& [text, told] : mistakes) {
    EXPECT_NE(complaint_after(text).find(told), std::string::npos) << text << complaint_after(text);
  }
}
TEST(MatrixMistakes, AFieldIsSetInOnePlaceOnly) {
  EXPECT_NE(complaint_after("machine: {model: pc}\nmatrix: {model: [q35]}\n")
                .find("s.yaml:4:10: 'model' is set by the matrix and in line 3"),
            std::string::npos);
  EXPECT_NE(complaint_after("matrix: {model: [q35], machine: [{model: pc}]}\n").find("set by"),
            std::string::npos);
}
TEST(MatrixMistakes, RulesOverSeveralFieldsHoldForEachInstance) {
  EXPECT_NE(complaint_after("matrix: {accel: [tcg, kvm]}\n").find("s.yaml:3:23: accel: kvm"),
            std::string::npos)
      << complaint_after("matrix: {accel: [tcg, kvm]}\n");
  EXPECT_NE(
      complaint("name: a\nimage: {kernel: k}\nmatrix: {cdrom: [d.iso]}\n").find("exclude each"),
      std::string::npos);
}
TEST(MatrixMistakes, TooManyInstances) {
  std::string lists;
  for (const char* axis : {"memory", "smp", "model"}) {
    lists += std::string(lists.empty() ? "" : ", ") + axis + ": [";
    for (int i = 1; i <= 11; ++i)
      lists += (i > 1 ? "," : "") + std::to_string(i) + (*axis == 'm' ? "M" : "");
    lists += "]";
  }
  EXPECT_NE(complaint_after("matrix: {" + lists + "}\n").find("more than 1000 instances"),
            std::string::npos);
}
TEST(MatrixMistakes, OneScenarioIsWantedAndTheMatrixMakesTwo) {
  const std::string told = complaint_after("matrix: {model: [pc, q35]}\n");
  EXPECT_NE(told.find("makes 2 instances"), std::string::npos) << told;
  EXPECT_NE(told.find("-k 'a[model=pc]'"), std::string::npos) << told;
}

TEST(FolderName, IsSafeAndTellsInstancesApart) {
  EXPECT_EQ(folder_name("boot"), "boot");
  // A plan may name anything: one folder it is, and none of the suite's own files.
  EXPECT_EQ(folder_name(".."), ".._");
  EXPECT_EQ(folder_name("."), "._");
  EXPECT_EQ(folder_name(""), "_");
  EXPECT_EQ(folder_name("../../x"), ".._.._x");
  EXPECT_EQ(folder_name("/etc"), "_etc");
  EXPECT_EQ(folder_name("index.html"), "index.html_");
  EXPECT_EQ(folder_name("boot[model=q35,memory=64M]"), "boot-model=q35,memory=64M");
  std::set<std::string> folders;
  const std::string names[] = {"a[cpu=x/y]",
                               "a[cpu=x y]",
                               "a[cpu=x_y]",
                               "a[cpu=../..]",
                               "a[cpu=" + std::string(300, 'x') + "]",
                               "a[cpu=" + std::string(301, 'x') + "]"};
  for (const std::string& name : names) {
    const std::string folder = folder_name(name);
    EXPECT_TRUE(folders.insert(folder).second) << folder;
    EXPECT_LE(folder.size(), 140u);
    EXPECT_EQ(folder.find_first_of("/ []*?\"'\\$"), std::string::npos) << folder;
  }
}

}  // namespace
}  // namespace harness
