// A traffic light and a lift as objects that replace one another; static tables of members.
#include "corpus.h"

namespace {

class Light {
 public:
  struct State {
    const char* name;
    int ticks;
    const State* (*next)(Light&);
  };
  explicit Light(int pedestrians) : pedestrians_(pedestrians), state_(&kRed) {}
  void tick() {
    if (--left_ > 0) return;
    state_ = state_->next(*this);
    left_ = state_->ticks;
    ++changes_;
  }
  const char* name() const { return state_->name; }
  int changes() const { return changes_; }

 private:
  static const State* after_red(Light& light) {
    return light.pedestrians_-- > 0 ? &kBlink : &kGreen;
  }
  static const State* after_green(Light&) { return &kYellow; }
  static const State* after_yellow(Light&) { return &kRed; }
  static const State kRed, kGreen, kYellow, kBlink;
  int pedestrians_;
  const State* state_;
  int left_ = 2, changes_ = 0;
};
const Light::State Light::kRed{"red", 4, after_red};
const Light::State Light::kGreen{"green", 3, after_green};
const Light::State Light::kYellow{"yellow", 1, after_yellow};
const Light::State Light::kBlink{"blink", 2, after_yellow};

}  // namespace

extern "C" int guest_main(int argument) {
  Light light(opaque(argument + 1));
  for (int i = 0; i < 40; ++i) {
    light.tick();
    mix(static_cast<uint8_t>(light.name()[0]) * 32u + static_cast<uint32_t>(light.changes()));
    guest_write(light.name(), 1);
  }
  print("\n");
  return finish();
}
