#!/bin/bash
# compare.sh UNIHARNESS LLAMA_MODEL PROGRAM.bc MODEL TOKENIZER: the program in bitcode, interpreted
# on this machine, must write what the engine compiled for it does, to the byte.
set -euo pipefail
uniharness=${1:?usage: compare.sh UNIHARNESS LLAMA_MODEL PROGRAM.bc MODEL TOKENIZER}
llama_model=${2:?} program=${3:?} model=${4:?} tokenizer=${5:?}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$llama_model" run "$model" "$tokenizer" >"$folder/native"
"$uniharness" bitcode run "$program" 0 >"$folder/interpreted"
cmp "$folder/native" "$folder/interpreted"
