// HTTP on the loopback interface, for one Site, until Ctrl-C. Boost.Beast speaks the protocol.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

namespace harness::view {

struct ServerOptions {
  std::filesystem::path root;
  std::uint16_t port = 0;  // 0: one that is free
  int stop = -1;           // a descriptor that is readable when the server must end
};

/// Serves on 127.0.0.1. `on_ready` gets the port. Requests are bounded: a header of 8 KiB, no body,
/// ten seconds, 64 connections at a time; of more, the new ones wait. Throws Error where the port
/// cannot be had.
void serve(const ServerOptions& options, const std::function<void(std::uint16_t)>& on_ready);

}  // namespace harness::view
