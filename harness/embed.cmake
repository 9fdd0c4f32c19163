# Writes a C++ file that holds text files as the constants that HEADER declares:
#   cmake -DOUTPUT=assets.cpp -DHEADER=page/assets.h -DNAMESPACE=harness::html -P embed.cmake --
#         kPage=page.html kStyle=report.css ...
set(content "// Made by harness/embed.cmake.\n#include \"${HEADER}\"\n\n")
string(APPEND content "namespace ${NAMESPACE} {\n\n")
set(at 0)
while(NOT "${CMAKE_ARGV${at}}" STREQUAL "--")
  math(EXPR at "${at} + 1")
endwhile()
math(EXPR at "${at} + 1")
while(at LESS CMAKE_ARGC)
  string(REGEX MATCH "^([A-Za-z]+)=(.*)$" matched "${CMAKE_ARGV${at}}")
  set(name "${CMAKE_MATCH_1}")
  file(READ "${CMAKE_MATCH_2}" text)
  string(APPEND content "const std::string_view ${name} = R\"embedded(${text})embedded\";\n\n")
  math(EXPR at "${at} + 1")
endwhile()
string(APPEND content "}  // namespace ${NAMESPACE}\n")
file(WRITE "${OUTPUT}" "${content}")
