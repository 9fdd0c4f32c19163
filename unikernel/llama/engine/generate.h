// From a prompt to a text: the loop around the transformer.
#pragma once

#include <stdint.h>

#include "profile.h"
#include "sampler.h"
#include "tokenizer.h"

namespace llama {

struct Generated {
  uint32_t positions = 0;  // steps of the transformer
  uint32_t pieces = 0;     // tokens that came out as text
  bool ended = false;      // the model began another text, and so ended this one
};

/// Whether a terminal may get it: no single byte that is neither printable nor white space.
inline bool is_text(Piece piece) {
  if (piece.size != 1) return piece.size > 0;
  const auto byte = static_cast<unsigned char>(piece.text[0]);
  return byte >= ' ' ? byte != 0x7F : byte >= '\t' && byte <= '\r';
}

/// Runs at most `steps` positions, at least one. tokens[0 .. prompt) are given, and are written out
/// too, but for the first, which begins the text. `write(piece)` gets the text of each token as
/// soon as it is known, where is_text().
/// A position's last lap is Operator::text, or Operator::sampling where it ends the text;
/// `token_done()` follows.
template <class Model, class Sampler, class L, class Write, class Done>
Generated generate(Model& model, Tokenizer& tokenizer, Sampler& sampler, const uint32_t* tokens,
                   uint32_t prompt, uint32_t steps, L& timer, Write write, Done token_done) {
  Generated result;
  uint32_t token = tokens[0];
  while (result.positions < steps) {
    const bool given = result.positions + 1 < prompt;
    const float* logits = model.step(token, result.positions, !given, timer);
    uint32_t next = 0;
    if (given) {
      next = tokens[result.positions + 1];
    } else {
      next = sampler.next(logits);
      timer.lap(Operator::sampling);
    }
    ++result.positions;
    if (next == kBeginToken) {
      result.ended = true;
      token_done();
      break;
    }
    const Piece piece = tokenizer.decode(token, next);
    if (is_text(piece)) {
      write(piece);
      ++result.pieces;
    }
    timer.lap(Operator::text);
    token_done();
    token = next;
  }
  return result;
}

}  // namespace llama
