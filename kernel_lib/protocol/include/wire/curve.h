// How a guest tells numbers that come one after another, such as what each word of a text took: a
// [JSON] line with one object; lines of one name are one curve.
//
//   [JSON] {"curve":{"of":"instructions a word","unit":"instructions","values":[4711,815]}}
//   [JSON] {"curve":{"of":"instructions a word","marks":[{"at":1,"text":"f is machine code"}]}}
//
// Reports draw it. kernel/curve.h writes it, harness/report/curves.cpp reads it.
#pragma once

namespace wire::curve {

inline constexpr char kObject[] = "curve";   // the one key of the line's object
inline constexpr char kOf[] = "of";          // the curve's name
inline constexpr char kUnit[] = "unit";      // of its values; with its first line
inline constexpr char kValues[] = "values";  // from 0 to 2^64 - 1, behind those of the lines before
inline constexpr char kMarks[] = "marks";    // what happened,
inline constexpr char kAt[] = "at";          // before the value of this number, from 0 on
inline constexpr char kText[] = "text";

}  // namespace wire::curve
