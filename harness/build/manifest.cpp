#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "build/image.h"

namespace harness {

Manifest read_manifest(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw Error("cannot read '" + file.string() + "'", "build the image first");
  const std::filesystem::path folder = file.parent_path();
  try {
    const nlohmann::json json = nlohmann::json::parse(in);
    Manifest manifest;
    manifest.elf = folder / json.at("elf").get<std::string>();
    if (json.contains("disk")) manifest.disk = folder / json["disk"].get<std::string>();
    manifest.archive = folder / json.at("archive").get<std::string>();
    for (const auto& object : json.at("app_objects")) {
      manifest.app_objects.push_back(folder / object.get<std::string>());
    }
    manifest.compiler = json.at("compiler").get<std::string>();
    return manifest;
  } catch (const nlohmann::json::exception& error) {
    throw Error("'" + file.string() + "' is not a manifest of add_unikernel: " + error.what(),
                "build the image again");
  }
}

}  // namespace harness
