// Host tool of the build (kernel_lib/cmake/unikernel.cmake): writes the bootable forms of a linked
// kernel and a manifest that says where they are.
//
//   mkimage <parameters.json>
//
// Parameters: name, elf, boot_sector, folder, archive, app_objects, data (a file for the disk, or
// empty), compiler, wrong_signature, disk (whether there is to be one).
// Writes to the folder NAME.pvh.elf, NAME.bin, NAME.img and NAME.manifest.json.
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "image.h"

namespace mkimage {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Bytes read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error("cannot read '" + file.string() + "'");
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

/// Writes beside the file and renames, so that a QEMU that has the old image open keeps it.
/// `size`: at least this long; the rest is a hole that takes no room on the disk.
void write_file(const fs::path& file, const void* data, std::size_t bytes, std::size_t size = 0) {
  const fs::path fresh = file.string() + ".tmp";
  std::ofstream out(fresh, std::ios::binary);
  out.write(static_cast<const char*>(data), static_cast<std::streamsize>(bytes));
  out.close();
  if (!out) throw Error("cannot write '" + fresh.string() + "'");
  if (size > bytes) fs::resize_file(fresh, size);
  fs::rename(fresh, file);
}

Bytes whole_disk(const Json& parameters, const Bytes& flat) {
  Bytes disk = disk_start(read_file(parameters.at("boot_sector").get<std::string>()), flat);
  if (const std::string data = parameters.at("data"); !data.empty()) {
    disk = with_data(std::move(disk), read_file(data));
  }
  // For the image that the boot sector must refuse.
  if (parameters.at("wrong_signature")) disk.at(512 + 4) ^= 0xFF;
  return disk;
}

void make_image(const Json& parameters) {
  const std::string name = parameters.at("name");
  const std::string elf_path = parameters.at("elf");
  const fs::path folder = parameters.at("folder").get<std::string>();
  const Bytes elf = read_file(elf_path);
  const Bytes flat = flat_image(elf);
  const Bytes pvh = without_multiboot(elf);
  const fs::path pvh_path = folder / (name + ".pvh.elf"), flat_path = folder / (name + ".bin");
  write_file(pvh_path, pvh.data(), pvh.size());
  write_file(flat_path, flat.data(), flat.size());

  Json manifest = {{"name", name},
                   {"elf", elf_path},
                   {"pvh", pvh_path.string()},
                   {"flat", flat_path.string()},
                   {"archive", parameters.at("archive")},
                   {"app_objects", parameters.at("app_objects")},
                   {"compiler", parameters.at("compiler")},
                   {"loaded_bytes", flat.size()}};
  if (parameters.at("disk")) {
    const fs::path disk_path = folder / (name + ".img");
    const Bytes disk = whole_disk(parameters, flat);
    write_file(disk_path, disk.data(), disk.size(), kDiskBytes);
    manifest["disk"] = disk_path.string();
  }
  const std::string text = manifest.dump(2) + "\n";
  write_file(folder / (name + ".manifest.json"), text.data(), text.size());
}

}  // namespace
}  // namespace mkimage

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: mkimage <parameters.json>\n";
    return 2;
  }
  std::string name = argv[1];
  try {
    const mkimage::Bytes text = mkimage::read_file(name);
    const auto parameters = mkimage::Json::parse(text);
    name = parameters.at("name");
    mkimage::make_image(parameters);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "mkimage: " << name << ": " << error.what() << "\n";
    return 1;
  }
}
