// A report folder on disk, as store.cpp writes it: one writer at a time, every file whole.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/pieces.h"

namespace harness {

/// Owns a descriptor of a file or folder.
class OpenFile {
 public:
  explicit OpenFile(int fd) : fd_(fd) {}
  ~OpenFile() { close(); }
  OpenFile(OpenFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  OpenFile& operator=(OpenFile&&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  /// 0, or -1 with errno: some file systems report only now that the disk was full.
  int close();

 private:
  int fd_;
};

/// "cannot WHAT FILE: REASON", with the usual ways out. Throws DiskFull where that is the reason,
/// else Error.
[[noreturn]] void cannot(const std::string& what, const std::filesystem::path& file, int error);

/// Writes all of `content`. Throws Error naming `name`.
void write_whole(const OpenFile& file, const std::filesystem::path& name, std::string_view content);

/// Opens a folder; makes it, and those above it, where they are missing. Throws Error.
OpenFile open_folder(const std::filesystem::path& folder);

enum class FolderUse { reading, writing };
/// Waits until no other process writes to the folder (nor reads it, where it is to be written), and
/// keeps it so until the descriptor is closed, which SIGKILL does too. Throws Error after half a
/// minute.
void lock_folder(const OpenFile& folder, const std::filesystem::path& name, FolderUse use);

/// Removes the temporaries of processes that were killed while they wrote. Only for who has locked
/// the folder. Throws Error.
void remove_stale_temporaries(const std::filesystem::path& folder);

/// A file of a folder in two steps: the constructor writes a temporary beside it, commit() puts it
/// in place. Not committed, it leaves nothing. A link in its place is replaced, never followed.
class PendingFile {
 public:
  /// `folder` must outlive this. Throws Error naming `file`.
  PendingFile(const OpenFile& folder, std::filesystem::path file, std::string_view content);
  /// The same, written as it is made. What `content` throws comes through.
  PendingFile(const OpenFile& folder, std::filesystem::path file, const WriteText& content);
  ~PendingFile() { discard(); }
  PendingFile(PendingFile&& other) noexcept
      : folder_(other.folder_),
        file_(std::move(other.file_)),
        temporary_(std::exchange(other.temporary_, {})) {}
  PendingFile& operator=(PendingFile&&) = delete;

  /// Puts it in place, whole at any time: a reader sees the old file or the new one. `durable`:
  /// after a loss of power, too; on ext4 that waits for the disk wherever there is an old file.
  void commit(bool durable);

 private:
  OpenFile create();
  template <class Write>
  void fill(Write write);
  void discard();

  const OpenFile* folder_;
  std::filesystem::path file_;
  std::string temporary_;
};

}  // namespace harness
