#include <nlohmann/json.hpp>

#include "base/text.h"
#include "profile/render.h"

namespace harness::profile {
namespace {

using Json = nlohmann::ordered_json;

Json function_json(const CountedProfile& profile, const FunctionTotals& one) {
  const Function& function = profile.code.functions[one.function];
  Json json;
  json["id"] = one.function;
  json["name"] = shown_name(profile, one.function);
  if (function.is_region) {
    json["region"] = true;
  } else {
    json["address"] = function.address;
    if (!function.tier.empty()) json["tier"] = printable(function.tier);
  }
  json["self"] = one.self;
  json["total"] = one.total;
  json["calls"] = one.calls;
  json["outermost_calls"] = one.outermost;
  return json;
}

Json check_json(const CrossCheck& check) {
  constexpr const char* kWords[] = {"agrees", "differs", "unchecked"};
  Json json;
  json["name"] = printable(check.name);
  json["status"] = kWords[static_cast<std::size_t>(check.agreement)];
  json["said"] = {{"calls", check.said_calls}, {"total", check.said_total}};
  json["counted"] = {{"calls", check.counted_calls}, {"total", check.counted_total}};
  json["overhead_per_call"] = check.overhead;
  json["reason"] = check.reason;
  return json;
}

}  // namespace

std::string render_json(const CountedProfile& profile, const std::string& scenario,
                        const std::string& image_sha256, const std::vector<CrossCheck>& checks) {
  Json json;
  json["schema"] = "uniharness-profile-1";
  json["scenario"] = printable(scenario);
  json["image_sha256"] = image_sha256;
  json["unit"] = "instructions";
  json["total"] = profile.counts.total;
  json["guest"] = guest_instructions(profile);
  if (const auto& qemu = profile.counts.qemu) {
    json["qemu"] = {{"instructions", qemu->instructions},
                    {"counted_then", qemu->ours},
                    {"halted", qemu->clock - qemu->instructions},
                    {"at_end", qemu->at_end}};
  }
  json["left_out"] = {{"calls", profile.counts.calls_left_out},
                      {"contexts", profile.counts.contexts_left_out},
                      {"blocks", profile.counts.blocks_left_out},
                      {"made_functions", profile.counts.made_left_out}};
  json["returns_alone"] = profile.counts.returns_alone;
  json["cross_check"] = Json::array();
  for (const CrossCheck& check : checks) json["cross_check"].push_back(check_json(check));
  json["functions"] = Json::array();
  for (const FunctionTotals& one : profile.functions) {
    json["functions"].push_back(function_json(profile, one));
  }
  json["edges"] = Json::array();
  for (const Edge& edge : profile.edges) {
    json["edges"].push_back({{"caller", edge.caller},
                             {"callee", edge.callee},
                             {"calls", edge.calls},
                             {"total", edge.total}});
  }
  json["contexts"] = Json::array();
  for (const Context& context : profile.counts.contexts) {
    if (&context == profile.counts.contexts.data()) continue;
    json["contexts"].push_back({{"parent", context.parent},
                                {"function", context.function},
                                {"calls", context.calls},
                                {"self", context.self}});
  }
  return json.dump(1) + "\n";
}

}  // namespace harness::profile
