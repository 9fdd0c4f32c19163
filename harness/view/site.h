// What `uniharness view` answers, without the network: a request in, a response out. Reads files
// below its root and writes nothing.
//
// Three kinds of addresses: "/" lists the runs, "/live" the status of those in progress, and
// "/run/ID/FILE" is a file of a report folder. An ID stands for a folder that was found below the
// root; no part of a path comes from the address, so none can lead out of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "view/record_rows.h"

namespace harness::view {

struct Request {
  std::string method, target, host;  // as they came
};

struct Response {
  unsigned status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
  std::string policy = "default-src 'none'";  // Content-Security-Policy
};

class Site {
 public:
  /// `port`: where it is served; the Host of a request must be 127.0.0.1 or localhost with it.
  /// Another means that a name of somebody else's was made to lead here (DNS rebinding).
  Site(std::filesystem::path root, std::uint16_t port) : root_(std::move(root)), port_(port) {}

  [[nodiscard]] Response answer(const Request& request) const;

 private:
  [[nodiscard]] bool is_ours(std::string_view host) const;
  [[nodiscard]] Response index() const;
  [[nodiscard]] Response live() const;
  [[nodiscard]] Response file(std::string_view id, std::string_view name) const;

  std::filesystem::path root_;
  std::uint16_t port_;
  mutable RecordRows records_;
};

}  // namespace harness::view
