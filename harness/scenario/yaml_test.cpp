#include "scenario/yaml.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

std::string told(std::string_view text) {
  try {
    parse_yaml(text, "s.yaml");
    return "";
  } catch (const UsageError& error) {
    return error.what();
  }
}

TEST(ParseYaml, KeepsPlacesOfKeysAndValues) {
  const Node root = parse_yaml("a: 1\nb:\n  - x\n  - {c: 2}\n", "s.yaml");
  ASSERT_EQ(root.kind, Node::Kind::map);
  ASSERT_EQ(root.items.size(), 2u);
  EXPECT_EQ(root.items[0].key, "a");
  EXPECT_EQ(root.items[0].key_at.text(), "s.yaml:1:1");
  EXPECT_EQ(root.items[0].at.text(), "s.yaml:1:4");
  const Node& list = root.items[1];
  ASSERT_EQ(list.kind, Node::Kind::list);
  EXPECT_EQ(list.items[0].text, "x");
  EXPECT_EQ(list.items[1].items[0].key_at.text(), "s.yaml:4:6");
}
TEST(ParseYaml, NothingIsNull) {
  EXPECT_EQ(parse_yaml("a:\n", "s").items[0].kind, Node::Kind::null);
  EXPECT_EQ(parse_yaml("a: ~\n", "s").items[0].kind, Node::Kind::null);
  EXPECT_EQ(parse_yaml("a: \"\"\n", "s").items[0].kind, Node::Kind::scalar);
}
TEST(ParseYaml, AnAliasIsACopyAtItsOwnPlace) {
  const Node root = parse_yaml("a: &x 1\nb: *x\n", "s.yaml");
  EXPECT_EQ(root.items[1].text, "1");
  EXPECT_EQ(root.items[1].key, "b");
  EXPECT_EQ(root.items[1].at.text(), "s.yaml:2:4");
}

TEST(YamlMistake, SyntaxErrorHasItsPlace) {
  EXPECT_EQ(told("name: a\nimage: {disk: a\nboots: 2\n").substr(0, 32),
            "s.yaml:3:6: not valid YAML: end ");
  EXPECT_EQ(told("\tname: a\n").substr(0, 9), "s.yaml:1:");
  EXPECT_EQ(told("a: *nowhere\n"),
            "s.yaml:1:4: not valid YAML: the referenced anchor is not defined");
}
TEST(YamlMistake, ABraceThatIsNotClosedIsNamedAsThat) {
  for (const char* text : {"image: {disk: a\nboots: 2\n", "checks: [a, b\nboots: 2\n"}) {
    try {
      parse_yaml(text, "s.yaml");
      FAIL() << text;
    } catch (const UsageError& error) {
      EXPECT_EQ(error.hint, "a { or a [ before that is not closed") << text;
    }
  }
}
TEST(YamlMistake, DuplicateKeysAreFoundAtAnyDepth) {
  EXPECT_EQ(told("a: 1\nb: {c: 1, d: 2, c: 3}\n"),
            "s.yaml:2:17: duplicate key 'c' (first in line 2)");
}
TEST(YamlMistake, KeysThatAreNoScalars) {
  EXPECT_EQ(told("[a, b]: 1\n"), "s.yaml:1:1: a key must be a single word, this is a list");
  EXPECT_EQ(told("? {a: 1}\n: 1\n"), "s.yaml:1:3: a key must be a single word, this is a map");
  EXPECT_EQ(told("~: 1\n"), "s.yaml:1:1: a key must be a single word, this is nothing");
  EXPECT_EQ(told("a: &x [1]\n*x : 2\n"), "s.yaml:2:1: a key must be a single word, this is a list");
}
TEST(YamlMistake, TagsAndMergeKeys) {
  EXPECT_EQ(told("a: !!int 5\n"), "s.yaml:1:4: tags ('tag:yaml.org,2002:int') are not used here");
  EXPECT_EQ(told("a: &x {b: 1}\nc:\n  <<: *x\n"),
            "s.yaml:3:3: merge keys ('<<') are not supported");
}
TEST(YamlMistake, EmptyFileAndSecondDocument) {
  EXPECT_EQ(told(""), "s.yaml: the file is empty");
  EXPECT_EQ(told("# only a comment\n"), "s.yaml: the file is empty");
  EXPECT_EQ(told("a: 1\n---\nb: 2\n"), "s.yaml:3:1: a second document starts here");
}
TEST(YamlMistake, NestingIsBounded) {
  EXPECT_EQ(told(std::string(16, '[') + std::string(16, ']')), "");
  EXPECT_EQ(told(std::string(17, '[') + std::string(17, ']')),
            "s.yaml:1:17: nested more than 16 deep");
  EXPECT_NE(told(std::string(500'000, '[')), "");
}
TEST(YamlMistake, AliasBombsAreRefusedBeforeTheyGrow) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int copy = 1; copy < 10; ++copy) bomb += ", " + before;
    bomb += "]\n";
  }
  EXPECT_EQ(told(bomb).substr(0, 9), "s.yaml:5:");
  EXPECT_NE(told(bomb).find("more than 20,000 values"), std::string::npos);
}
TEST(YamlMistake, AliasesCannotBuildWhatIsTooDeep) {
  std::string deep = "a0: &a0 [x]\n";
  for (int i = 1; i < 20; ++i) {
    deep += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) +
            "]\n";
  }
  EXPECT_EQ(told(deep), "s.yaml:16:12: nested more than 16 deep");
}
TEST(YamlMistake, AnAliasInsideOfItsOwnValue) {
  EXPECT_EQ(told("a: &x [*x]\n"), "s.yaml:1:8: this alias stands inside the value that it names");
}
TEST(YamlMistake, ManyPlainValuesAreRefused) {
  std::string many = "[";
  for (int i = 0; i < 20'001; ++i) many += "x, ";
  EXPECT_NE(told(many + "x]").find("more than 20,000 values"), std::string::npos);
}

TEST(YamlMistake, ATabInTheIndentationIsNamed) {
  try {
    parse_yaml("name: a\nimage:\n\tkernel: k\n", "s.yaml");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.hint, "a tab indents line 3, and YAML takes blanks only: expand -t 2 s.yaml");
  }
}
TEST(YamlMistake, ATabElsewhereIsNotBlamed) {
  try {
    parse_yaml("name: a\t\nimage: [\n", "s.yaml");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.hint.find("tab"), std::string::npos) << error.hint;
  }
}

}  // namespace
}  // namespace harness
