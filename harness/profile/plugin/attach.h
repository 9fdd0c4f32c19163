// What connects the plugin with the harness: its arguments, the memory, and the socket on which it
// asks.
#pragma once

#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>

#include "profile/plugin/memory.h"

namespace harness::plugin {

/// The value of the argument NAME=VALUE, or nullptr.
inline const char* argument(int argc, char** argv, const char* name) {
  const std::size_t size = std::strlen(name);
  for (int i = 0; i < argc; ++i) {
    if (std::strncmp(argv[i], name, size) == 0 && argv[i][size] == '=') return argv[i] + size + 1;
  }
  return nullptr;
}

/// Maps the memory that the harness passed as descriptor `fd`. nullptr where it is none of ours.
inline std::byte* map_memory(int fd) {
  struct stat status = {};
  if (fstat(fd, &status) != 0 || status.st_size < static_cast<off_t>(sizeof(Header)))
    return nullptr;
  const auto size = static_cast<std::size_t>(status.st_size);
  void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (memory == MAP_FAILED) return nullptr;
  const auto* header = static_cast<const Header*>(memory);
  const bool ours = header->magic == kMagic && header->size == size;
  return ours ? static_cast<std::byte*>(memory) : nullptr;
}

inline constexpr int kAnswerMilliseconds = 30'000;

/// Asks over the socket, and waits for the answer. False where none comes.
inline bool answered(int socket) {
  char byte = '?';
  while (write(socket, &byte, 1) != 1) {
    if (errno != EINTR) return false;
  }
  pollfd answer = {socket, POLLIN, 0};
  int ready = 0;
  do {
    ready = poll(&answer, 1, kAnswerMilliseconds);
  } while (ready < 0 && errno == EINTR);
  return ready == 1 && read(socket, &byte, 1) == 1;
}

}  // namespace harness::plugin
