#include <nlohmann/json.hpp>

#include "doctor/diagnosis.h"

namespace harness::doctor {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string render_json(const Facts& facts, const Diagnosis& diagnosis) {
  Json json;
  json["schema"] = "uniharness-doctor-1";
  json["healthy"] = diagnosis.healthy();
  json["fastest_accelerator"] = diagnosis.auto_accel;
  json["probes"] = Json::array();
  for (const Probe& probe : facts.probes) {
    Json walls = Json::array();
    for (const auto wall : probe.walls) walls.push_back(wall.count());
    json["probes"].push_back({{"arch", probe.arch},
                              {"accel", probe.accel},
                              {"clock", clock_name(probe.clock)},
                              {"works", probe.works},
                              {"why", probe.why},
                              {"qemu_version", probe.qemu_version},
                              {"identical", probe.identical},
                              {"wall_ns", walls}});
  }
  json["emulators"] = Json::array();
  for (const Emulator& one : facts.emulators) {
    json["emulators"].push_back({{"arch", one.arch}, {"version", one.version}, {"why", one.why}});
  }
  if (facts.plugin) {
    json["profiler"] = {{"works", facts.plugin->why.empty()},
                        {"file", facts.plugin->file},
                        {"why", facts.plugin->why}};
  }
  json["programs"] = Json::object();
  for (const auto& [name, path] : facts.programs) json["programs"][name] = path;
  json["missing_programs"] = facts.missing_programs;
  json["missing_firmware"] = facts.missing_firmware;
  json["remarks"] = Json::array();
  for (const Remark& one : diagnosis.remarks) {
    json["remarks"].push_back({{"level", level_name(one.level)},
                               {"about", one.about},
                               {"text", one.text},
                               {"remedy", one.remedy}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace harness::doctor
