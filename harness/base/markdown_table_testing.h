// Reads a table out of a Markdown page. For tests that hold documents against the code.
#pragma once

#include <fstream>
#include <string>
#include <vector>

namespace harness {

/// The cells of the rows of the first table below the line `heading` ("## Endings"), but for its
/// header; blanks around them and backticks in them removed. Empty where there is no such table.
inline std::vector<std::vector<std::string>> markdown_table(const std::string& file,
                                                            const std::string& heading) {
  std::ifstream in(file);
  std::string line;
  while (std::getline(in, line) && line != heading) {
  }
  std::vector<std::vector<std::string>> rows;
  bool inside = false;
  while (std::getline(in, line) && !line.starts_with("## ")) {
    if (!line.starts_with("|")) {
      if (inside) break;
      continue;
    }
    inside = true;
    std::vector<std::string> cells = {""};
    for (const char c : line.substr(1)) {
      if (c == '|') {
        cells.emplace_back();
      } else if (c != '`' && (c != ' ' || !cells.back().empty())) {
        cells.back() += c;
      }
    }
    cells.pop_back();  // behind the last bar
    for (std::string& cell : cells) cell.erase(cell.find_last_not_of(' ') + 1);
    rows.push_back(std::move(cells));
  }
  if (rows.size() < 2) return {};
  rows.erase(rows.begin(), rows.begin() + 2);  // the header, and the line below it
  return rows;
}

/// The parts of a cell between commas.
inline std::vector<std::string> cell_words(const std::string& cell) {
  std::vector<std::string> words = {""};
  for (const char c : cell) {
    if (c == ',') {
      words.emplace_back();
    } else if (c != ' ' || !words.back().empty()) {
      words.back() += c;
    }
  }
  return words;
}

}  // namespace harness
