// Solo5's bindings say how the guest left: "solo5_exit(0) called". Its own tests print SUCCESS on a
// line of its own before, others of its guests do not. QEMU ends with the same status whether the
// guest exited or aborted, so the text decides. A trap is among the crash signatures.
#include <optional>

#include "formats/results.h"

namespace harness {
namespace {

class Solo5Reader final : public FormatReader {
 public:
  void see(std::string_view line) override {
    std::string_view text = trimmed(line);
    std::uint64_t status = 0;
    speaks_ |= text.starts_with("Solo5: ");
    if (text == "SUCCESS") {
      success_ = true;
    } else if (take(text, "Solo5: solo5_exit(") && take_number(text, status) &&
               text.starts_with(')')) {
      status_ = status;
    } else if (text == "Solo5: solo5_abort() called") {
      status_ = kAborted;
    }
  }

  FormatResults finish() override {
    ResultList results{line_};
    if (success_ || status_) {
      const bool good = status_ ? *status_ == 0 : success_;
      results.add("solo5", good ? wire::Status::pass : wire::Status::fail,
                  status_ ? "solo5_exit(" + std::to_string(*status_) + ")" : "");
      if (speaks_ && !status_) results.add_fault("the status of solo5_exit() did not come");
    }
    return std::move(results).finish();
  }

 private:
  static constexpr std::uint64_t kAborted = 255;  // SOLO5_EXIT_ABORT
  bool success_ = false;
  bool speaks_ =
      false;  // the bindings do, so they tell the status as well: --solo5:quiet is not set
  std::optional<std::uint64_t> status_;
};

}  // namespace

std::unique_ptr<FormatReader> make_solo5() { return std::make_unique<Solo5Reader>(); }

}  // namespace harness
