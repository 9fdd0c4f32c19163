// Requests that come by the timer's interrupt, at any instruction of whatever the guest is doing,
// and are answered there and then. Which version answers is one pointer: a store to it is the swap.
//
// A version that does not answer what it is asked, because of an exception or because it takes too
// long, is replaced by the one before it, which answers that request and all that follow.
#pragma once

#include "reload/version.h"

namespace jit::reload {

/// A request, and what was answered.
struct Answered {
  uint32_t question = 0;
  uint32_t answer = 0;
};

/// What the answer to a question must be; nullptr: nobody knows.
using Reference = uint32_t (*)(uint32_t question);

/// What is counted of all requests.
struct RequestCounts {
  uint64_t asked = 0, answered = 0;
  uint64_t checked = 0, wrong = 0;  // where it is known what the answer must be
  uint64_t longest_gap = 0;         // ticks, from one answer to the next
  uint32_t boundaries = 0;          // of instructions of the last swap; a request came at each
};

/// There is one, for interrupts have nobody to hand it to them.
class Requests {
 public:
  /// Answers that are kept for trials, the last ones.
  static constexpr uint32_t kRecorded = 64;

  /// `first` answers from here on, one request each `period` of the 1,193,182 a second that the
  /// 8254 counts. Takes the PC's interrupt controllers, and its 8254.
  void start(Version& first, Reference reference, uint16_t period);
  /// No more requests.
  void stop();

  /// `next`, which is none of the last two, answers from here on: one store. EFLAGS.TF is set
  /// across it, so that a request comes at each boundary of its instructions, too.
  void swap(Version& next, Reference reference);

  [[nodiscard]] const Version* current() const { return current_->version; }
  [[nodiscard]] Reference reference() const { return current_->reference; }
  /// The one that answers if the current one does not; nullptr: there is none.
  [[nodiscard]] const Version* previous() const {
    return current_->before != nullptr ? current_->before->version : nullptr;
  }
  /// When the current one gave its first answer, in ticks; 0: it has given none yet.
  [[nodiscard]] uint64_t first_answer() const { return current_->first_answer; }
  /// A current one did not answer, and was replaced by the one before it. The version that was
  /// replaced last, by which question, and what became of it; nullptr: none since the last swap().
  [[nodiscard]] const Version* replaced() const { return replaced_; }
  [[nodiscard]] uint32_t failed_on() const { return failed_on_; }
  [[nodiscard]] Outcome failed_by() const { return failed_by_; }

  /// The last answers of the current version; waits for them.
  void record(Answered (&answers)[kRecorded]) const;
  /// Waits until so many more requests were made.
  void wait_for(uint32_t count) const;
  /// Behind stop().
  [[nodiscard]] const RequestCounts& counts() const { return counts_; }

  // ---- for the interrupts
  void ask();
  void at_boundary();

 private:
  struct Side {
    Version* version = nullptr;
    Reference reference = nullptr;
    Side* before = nullptr;  // answers where this does not
    uint32_t answered = 0;
    uint64_t first_answer = 0;
    Answered last[kRecorded];
  };

  Side sides_[3];
  // These change behind the back of who waits.
  Side* volatile current_ = sides_;
  volatile uint32_t asked_ = 0;
  const Version* volatile replaced_ = nullptr;
  uint32_t failed_on_ = 0;
  Outcome failed_by_ = Outcome::returned;
  uint32_t random_ = 1;
  uint64_t last_answer_ = 0;
  bool stepping_ = false;
  RequestCounts counts_;
};

}  // namespace jit::reload
