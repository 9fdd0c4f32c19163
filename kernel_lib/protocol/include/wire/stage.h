// How a guest tells what was made of what, such as a compiler that compiles itself: a [JSON] line
// with one object for each thing, makers and material before what is made.
//
//   [JSON] {"stage":{"name":"S0","what":"the compiler, built by clang","from":"bitcode"}}
//   [JSON] {"stage":{"name":"M1","by":"S0","ticks":249504333,"bytes":371020,"sha256":"7a3b..."}}
//
// Every member but the name may be missing. Reports draw it; what must be the same is for tests.
// kernel/stage.h writes it, harness/report/stages.cpp reads it.
#pragma once

namespace wire::stage {

inline constexpr char kObject[] = "stage";   // the one key of the line's object
inline constexpr char kName[] = "name";      // short: it stands in a box
inline constexpr char kWhat[] = "what";      // the same for who does not know the name
inline constexpr char kBy[] = "by";          // name of the stage that made it
inline constexpr char kFrom[] = "from";      // name of the stage that goes into it
inline constexpr char kTicks[] = "ticks";    // that making it took
inline constexpr char kBytes[] = "bytes";    // its size
inline constexpr char kSha256[] = "sha256";  // of it, 64 lower-case hexadecimal digits

}  // namespace wire::stage
