// The numbers of a profile that was written before (profile.json).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace harness::profile {

struct SavedFunction {
  std::string name;
  std::uint64_t self = 0, total = 0, calls = 0;  // instructions; entries
};
/// A function together with the calls that led to it, firmware left out.
struct SavedContext {
  std::size_t parent = 0;  // its place in the list, counted from 1, before this one's; 0: none
  std::string name;
  std::uint64_t self = 0, calls = 0;
};
struct SavedNumbers {
  std::string scenario, image_sha256;
  std::uint64_t guest = 0;                  // instructions of the guest's own
  std::vector<SavedFunction> functions;     // without firmware; most own instructions first
  std::vector<SavedContext> contexts = {};  // callers before what they called
  std::string of = {};  // what they stand beside, as whoever wrote them says; empty: nothing
};

/// `file`: what render_json() wrote, or the folder with profile.json. Any bytes. Throws Error
/// (invalid_data) naming the file that cannot be read or is no profile.
SavedNumbers read_saved_numbers(const std::filesystem::path& file);
/// The same of a text; `name` is used in the message.
SavedNumbers saved_numbers_from_json(std::string_view text, const std::string& name);

/// The functions alone, one a line, to be kept in a repository: read by the two above.
std::string saved_numbers_to_json(const SavedNumbers& numbers);

}  // namespace harness::profile
