// Standard input, output and errors, as a parent may have left them.
#pragma once

namespace harness::cli {

/// Fills those of the descriptors 0, 1 and 2 that are closed with one that gives nothing and takes
/// nothing. Otherwise the next file or pipe gets the number, and what is printed goes into it.
void fill_standard_descriptors();

/// Whether all that was printed to the standard output so far has arrived. A closed pipe or a full
/// disk must not look like a result that was delivered.
bool standard_output_arrived();

}  // namespace harness::cli
