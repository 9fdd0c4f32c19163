# Writes a C++ file that holds a binary file as a constant:
#   cmake -DINPUT=file -DNAMESPACE=harness::timeline -DNAME=kEmptyDisk -DOUTPUT=file.cpp -P embed.cmake
file(READ "${INPUT}" bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
file(WRITE "${OUTPUT}" "// Made by harness/embed_bytes.cmake.
#include <string_view>

namespace ${NAMESPACE} {

static constexpr unsigned char ${NAME}Bytes[] = {${bytes}};
extern const std::string_view ${NAME};
const std::string_view ${NAME}{reinterpret_cast<const char*>(${NAME}Bytes), sizeof ${NAME}Bytes};

}  // namespace ${NAMESPACE}
")
