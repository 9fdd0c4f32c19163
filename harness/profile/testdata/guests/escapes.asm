; A handler that never returns: five thousand times it goes back to where a frame was saved.
;= main self 3 calls 1
;= tries self 25005 calls 1
;= bad self 15000 calls 5000
;= leaf self 5000 calls 5000
%define OWN_SETUP
%include "frame.inc"
function setup
    gate 6, bad
    ret
function bad                      ; 3
    nop
    mov esp, [saved]
    jmp tries.again
function main
    call tries
    nop
    ret
function tries                    ; 2 + 5000 * 5 + 3
    mov [saved], esp
    mov ecx, 5001
.again:
    dec ecx
    jz .done
    call leaf
    nop
    ud2
.done:
    ret
function leaf
    ret
section .bss
saved: resd 1
section .text
