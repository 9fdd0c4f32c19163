#include "profile/plugin/call_tree.h"

namespace harness::plugin {
namespace {

constexpr std::uint32_t kRoot = 0;

// Frames below a call's slot belong to calls that never returned (longjmp, a switched stack); but
// what is further away than this is another stack.
constexpr std::uint64_t kSameStack = 1 << 20;

}  // namespace

CallTree::CallTree(std::byte* memory, std::uint64_t* taken)
    : header_(reinterpret_cast<Header*>(memory)),
      counters_(reinterpret_cast<std::uint64_t*>(memory + header_->functions_at)),
      nodes_(reinterpret_cast<Node*>(memory + header_->nodes_at)),
      taken_(taken) {
  nodes_[kRoot] = {kNoNode, kNoFunction, kNoNode, kNoNode, 0, 0};
  header_->node_count = 1;
  frames_[0] = {0, kRoot, kNoNode, Kind::bottom, true};
  publish();
}

void CallTree::publish() {
  header_->active_node = top().node;
  header_->active_parent = top().parent;
}

bool CallTree::runs(const Frame& frame, std::uint32_t function) const {
  return frame.node != kNoNode && nodes_[frame.node].function == function;
}

std::uint64_t CallTree::take_function(std::uint32_t function) {
  const std::uint64_t since = counters_[function] - taken_[function];
  taken_[function] = counters_[function];
  return since;
}

void CallTree::take() {
  ran_beside_ = kNoFunction;
  std::uint64_t left = header_->total - taken_total_;
  if (left == 0) return;
  taken_total_ = header_->total;
  if (top().node != kNoNode) {
    Node& node = nodes_[top().node];
    const std::uint64_t own = take_function(node.function);
    node.self += own;
    left -= own;
  }
  if (left != 0) take_others(left);
}

/// What was interrupted runs again, and the handler did not return: it has left by a jump. The
/// frame of `function` is the innermost from then on.
bool CallTree::escapes_to(std::uint32_t function) {
  std::size_t at = top_;
  while (frames_[at].kind == Kind::trap) --at;
  if (at == top_ || !runs(frames_[at], function)) return false;
  top_ = at;
  return true;
}

void CallTree::take_others(std::uint64_t left) {
  for (std::uint32_t function = 0; function < header_->function_count && left != 0; ++function) {
    const std::uint64_t own = take_function(function);
    if (own == 0) continue;
    nodes_[escapes_to(function) ? top().node : child(top().parent, function)].self += own;
    left -= own;
    ran_beside_ = function;
  }
}

/// Calls that never returned: another one has written to their place, or above it.
void CallTree::give_up_below(std::uint64_t slot) {
  while (top().kind == Kind::call && top().slot <= slot && slot - top().slot < kSameStack) --top_;
}

void CallTree::called_within(std::uint64_t slot) {
  take();
  give_up_below(slot);
  may_jump_ = false;
  if (top_ + 1 == kFrames) {
    ++header_->calls_left_out;
    ++unframed_;
    return;
  }
  const Frame& active = top();
  frames_[top_ + 1] = {slot, active.parent, active.node, Kind::call, active.entered};
  if (++top_ > header_->deepest) header_->deepest = static_cast<std::uint32_t>(top_);
  publish();
}

void CallTree::called(std::uint64_t slot, std::uint32_t function) {
  take();
  give_up_below(slot);
  push(slot, function, Kind::call);
  may_jump_ = false;
  publish();
}

void CallTree::push(std::uint64_t slot, std::uint32_t function, Kind kind) {
  if (top_ + 1 == kFrames) {
    ++header_->calls_left_out;
    ++unframed_;
    return;
  }
  const std::uint32_t caller = top().node != kNoNode ? top().node : top().parent;
  frames_[++top_] = {slot, caller, kNoNode, kind, false};
  if (top_ > header_->deepest) header_->deepest = static_cast<std::uint32_t>(top_);
  if (function != kNoFunction) become(function);
}

/// The innermost frame is `function`'s from now on.
void CallTree::become(std::uint32_t function) {
  top().node = child(top().parent, function);
  ++nodes_[top().node].calls;
}

void CallTree::returned(std::uint64_t slot) {
  take();
  may_jump_ = false;
  for (std::size_t at = top_; at > 0; --at) {
    if (frames_[at].kind != Kind::call || frames_[at].slot != slot) continue;
    top_ = at - 1;
    unframed_ = 0;
    publish();
    return;
  }
  if (unframed_ > 0) {
    --unframed_;
  } else {
    ++header_->returns_alone;
    may_jump(kNoFunction);  // a return to what was pushed by hand
  }
}

void CallTree::may_jump(std::uint32_t function, std::uint32_t ahead) {
  may_jump_ = true;
  may_jump_total_ = header_->total + ahead;
  may_jump_to_ = function;
}

void CallTree::entered(std::uint32_t function) {
  const bool jumped = jumps_now() && (may_jump_to_ == kNoFunction || may_jump_to_ == function);
  const bool loops = header_->total == may_loop_total_;
  may_jump_ = false;
  if (unframed_ > 0) return;
  // What a call has announced, or a loop to the first instruction.
  if (runs(top(), function) && (!top().entered || jumped || loops || only_ran(function))) {
    top().entered = true;
    return;
  }
  take();
  if (!top().entered || (top().kind == Kind::bottom && top().node == kNoNode) || jumped) {
    become(function);
  } else if (ran_beside_ == function) {  // it was jumped into before, and loops
    top().node = child(top().parent, function);
  } else {
    push(0, function, Kind::trap);
  }
  top().entered = true;
  publish();
}

void CallTree::trap_returns(std::uint32_t function, std::uint32_t ahead) {
  take();
  nodes_[runs(top(), function) ? top().node : child(top().parent, function)].self += ahead;
  taken_[function] += ahead;
  taken_total_ += ahead;
  for (std::size_t at = top_; at > 0; --at) {
    if (frames_[at].kind != Kind::trap) continue;
    top_ = at - 1;
    unframed_ = 0;
    publish();
    return;
  }
}

/// The node of `function` as called from `parent`.
std::uint32_t CallTree::child(std::uint32_t parent, std::uint32_t function) {
  std::uint32_t before = kNoNode;
  for (std::uint32_t at = nodes_[parent].first_child; at != kNoNode; at = nodes_[at].next_sibling) {
    if (nodes_[at].function == function) {
      if (before != kNoNode) {  // to the front: it will be asked for again
        nodes_[before].next_sibling = nodes_[at].next_sibling;
        nodes_[at].next_sibling = nodes_[parent].first_child;
        nodes_[parent].first_child = at;
      }
      return at;
    }
    before = at;
  }
  return new_child(parent, function);
}

std::uint32_t CallTree::new_child(std::uint32_t parent, std::uint32_t function) {
  // One node for each function below the root is kept back, so that none is ever without.
  const std::uint32_t kept_back = parent == kRoot ? 0 : header_->function_count;
  if (header_->node_count + kept_back >= header_->node_capacity) {
    ++header_->nodes_left_out;
    return child(kRoot, function);
  }
  const std::uint32_t node = header_->node_count++;
  nodes_[node] = {parent, function, kNoNode, nodes_[parent].first_child, 0, 0};
  nodes_[parent].first_child = node;
  return node;
}

}  // namespace harness::plugin
