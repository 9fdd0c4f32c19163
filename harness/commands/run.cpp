#include "commands/commands.h"
#include "scenario/load.h"

namespace harness {

ExitStatus run(const RunOptions& options) {
  return run_loaded(load_scenario(options.scenario), options);
}

}  // namespace harness
