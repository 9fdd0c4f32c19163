// Independent work on all processors, for loops over many small files.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <system_error>
#include <thread>
#include <vector>

#include "base/processors.h"

namespace harness {

/// Calls work(i) once for each i below `count`, in any order, several at the same time, and returns
/// when all have returned. What work() throws is thrown here; of several, that of the smallest i.
template <class Work>
void parallel_for(std::size_t count, const Work& work) {
  std::vector<std::exception_ptr> thrown(count);
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        work(i);
      } catch (...) {
        thrown[i] = std::current_exception();
      }
    }
  };
  {
    // This thread takes part. Fewer than a handful of files are done before a thread has begun.
    constexpr std::size_t kWorthAThread = 4;
    std::size_t useful = std::min<std::size_t>(tasks_worth_running(), count / kWorthAThread);
    std::vector<std::jthread> others;
    while (others.size() + 1 < useful) {
      try {
        others.emplace_back(take);
      } catch (const std::system_error&) {
        useful = 0;  // no more threads to be had: these do it all
      }
    }
    take();
  }
  for (const std::exception_ptr& one : thrown) {
    if (one) std::rethrow_exception(one);
  }
}

}  // namespace harness
