#include <nlohmann/json.hpp>

#include "base/text.h"
#include "profile/render.h"

namespace harness::profile {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

// Source: https://github.com/jlfwong/speedscope, file-format-spec.ts (FileFormat.SampledProfile).
std::string render_speedscope(const CountedProfile& profile, const std::string& scenario) {
  const std::vector<Context>& contexts = profile.counts.contexts;
  Json frames = Json::array(), samples = Json::array(), weights = Json::array();
  for (std::uint32_t i = 0; i < profile.code.functions.size(); ++i) {
    frames.push_back({{"name", shown_name(profile, i)}});
  }
  for (std::uint32_t at = 1; at < contexts.size(); ++at) {
    if (contexts[at].self == 0) continue;
    std::vector<std::uint32_t> stack;
    for (std::uint32_t up = at; up != 0; up = contexts[up].parent) {
      stack.insert(stack.begin(), contexts[up].function);
    }
    samples.push_back(stack);
    weights.push_back(contexts[at].self);
  }
  Json json;
  json["$schema"] = "https://www.speedscope.app/file-format-schema.json";
  json["exporter"] = "uniharness " UNIHARNESS_VERSION;
  json["name"] = printable(scenario);
  json["shared"] = {{"frames", std::move(frames)}};
  json["profiles"] = Json::array({{{"type", "sampled"},
                                   {"name", printable(scenario) + " (instructions)"},
                                   {"unit", "none"},
                                   {"startValue", 0},
                                   {"endValue", profile.counts.total},
                                   {"samples", std::move(samples)},
                                   {"weights", std::move(weights)}}});
  return json.dump() + "\n";
}

}  // namespace harness::profile
