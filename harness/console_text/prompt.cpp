// The prompts of shells, boot loaders, debuggers and logins.
#include <array>

#include "base/text.h"
#include "console_text/prefix.h"

namespace harness {
namespace {

constexpr std::size_t kMaxPrompt = 48;
constexpr auto kFixedPrompts =
    std::to_array<std::string_view>({"=> ", "$ ", "/ # ", "/ $ ", "~ # ", "~ $ ", "] "});
constexpr std::string_view kNobody = "(none)";  // a host without a name

/// The size of "root@host:~", "[root@host dir]", "U-Boot": what stands before the sign.
std::size_t prompt_name_size(std::string_view head) {
  bool in_brackets = false;
  std::size_t size = 0;
  while (size < head.size()) {
    const char c = head[size];
    if (head.substr(size).starts_with(kNobody)) {
      size += kNobody.size();
      continue;
    }
    if (c == '[' && size == 0) {
      in_brackets = true;
    } else if (c == ']') {
      in_brackets = false;
    } else if (!is_name_char(c) && !contains("@:~/.-", head.substr(size, 1)) &&
               !(c == ' ' && in_brackets)) {
      break;
    }
    ++size;
  }
  return size;
}

/// "host login: ". Before the colon of a message stands who logs in, or how that went.
std::size_t login_size(std::string_view line, std::size_t name_size) {
  constexpr std::string_view kLogin = "login: ", kBehindName = " login: ";
  constexpr auto kNoHosts = std::to_array<std::string_view>({"root", "Last", "Failed"});
  const std::string_view name = line.substr(0, name_size);
  if (name == "login:" && line.starts_with(kLogin)) return kLogin.size();
  if (name.empty() || !line.substr(name_size).starts_with(kBehindName)) return 0;
  for (const std::string_view no_host : kNoHosts) {
    if (name == no_host) return 0;
  }
  return name_size + kBehindName.size();
}

}  // namespace

std::size_t prompt_size(std::string_view line) {
  for (const std::string_view prompt : kFixedPrompts) {
    if (line.starts_with(prompt)) return prompt.size();
  }
  if (line.starts_with("msh ")) {  // "msh />", without a blank
    const std::size_t end = line.substr(0, kMaxPrompt).find('>');
    if (end != line.npos) return end + 1;
  }
  const std::string_view head = line.substr(0, kMaxPrompt);
  const std::size_t size = prompt_name_size(head);
  if (const std::size_t login = login_size(line, size); login > 0) return login;
  const std::string_view behind = head.substr(size);
  // "box:/ # " of Android and BusyBox
  const std::string_view name = head.substr(0, size);
  const bool of_folder = contains(name, ":/") || contains(name, ":~");
  if (of_folder && (behind.starts_with(" # ") || behind.starts_with(" $ "))) return size + 3;
  const bool mark =
      size > 1 && behind.size() > 1 && contains("#$>%", behind.substr(0, 1)) && behind[1] == ' ';
  return mark ? size + 2 : 0;
}

}  // namespace harness
